/**
 * Speed of writing token by token after a prompt of 40: one row, and 8 rows that share the prompt.
 *
 *   node bench/decoding.ts [--model models/verse-zh] [--steps 64] [--threads 2]
 *
 * Without a model folder a random one of the size of verse-zh is measured. Rounds of both widths alternate. Writes
 * bench/results/decoding.json.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createGptRunner, createWeights, gptConfig, loadModelFolder } from '../src/training/index.ts';
import { machineFacts, median } from './training-machine.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    steps: { type: 'string', default: '64' },
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '4' },
  },
});
const [steps, threads, rounds] = [values.steps, values.threads, values.rounds].map(Number) as [number, number, number];
const machine = machineFacts();
const config = values.model ? undefined : gptConfig({ vocab_size: 5600 });
const began = performance.now();
const model = config ? { config, weights: createWeights(config, 1) } : await loadModelFolder(values.model!);
const read = performance.now();
await using runner = await createGptRunner(model.config, model.weights, { threads });
const ready = performance.now();
const vocab = model.config.vocab_size;
const prompt = Array.from({ length: 40 }, (_, i) => (i * 131 + 7) % vocab);

const times = new Map<number, number[]>([1, 8].map((width) => [width, []]));
const opening: number[] = [];
const selecting: number[] = [];
for (let round = -1; round < rounds; round++) {
  for (const [width, steps_] of times) {
    const start = performance.now();
    await using batch = await runner.open(prompt, width);
    if (round >= 0) opening.push(performance.now() - start);
    for (let step = 0; step < steps; step++) {
      const before = performance.now();
      await batch.extend(Array.from({ length: width }, (_, row) => (step * 31 + row * 17) % vocab));
      if (round >= 0) steps_.push(performance.now() - before);
    }
    if (width === 1 || round < 0) continue;
    const before = performance.now();
    batch.select([1, 1, 0, 2, 4, 4, 7, 6]);
    selecting.push(performance.now() - before);
  }
}
const ms = (width: number): number => median(times.get(width)!);
const result = {
  machine,
  model: values.model ?? 'random, of the size of verse-zh',
  threads,
  ...(config ? {} : { readMilliseconds: Math.round(read - began) }),
  sessionMilliseconds: Math.round(ready - read),
  openMilliseconds: Number(median(opening).toFixed(1)),
  batch1: { millisecondsPerStep: Number(ms(1).toFixed(2)), tokensPerSecond: Math.round(1000 / ms(1)) },
  batch8: { millisecondsPerStep: Number(ms(8).toFixed(2)), tokensPerSecond: Math.round(8000 / ms(8)) },
  /** What 8 rows cost, in steps of one row; to be under 3. */
  costOf8: Number((ms(8) / ms(1)).toFixed(2)),
  selectMilliseconds: Number(median(selecting).toFixed(2)),
};
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
writeFileSync(new URL('results/decoding.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
