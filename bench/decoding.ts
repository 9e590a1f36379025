/**
 * Speed of writing token by token after a prompt of 40: one row, and 8 rows that share the prompt.
 *
 *   node bench/decoding.ts [--model models/verse-zh] [--steps 64] [--threads 2] [--rounds 4]
 *
 * Without a model folder a random one of the size of verse-zh is measured. Measures 32-bit
 * floats and 8-bit weights; rounds of both and of both widths alternate. Writes
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
const kinds = ['F32', 'I8'] as const;
const runners = await Promise.all(
  kinds.map(async (arithmetic) => {
    const start = performance.now();
    const runner = await createGptRunner(model.config, model.weights, { threads, arithmetic });
    const timings = { session: performance.now() - start, open: [] as number[], select: [] as number[] };
    return { arithmetic, runner, timings, steps: new Map<number, number[]>([1, 8].map((width) => [width, []])) };
  }),
);
const vocab = model.config.vocab_size;
const prompt = Array.from({ length: 40 }, (_, i) => (i * 131 + 7) % vocab);

for (let round = -1; round < rounds; round++) {
  for (const one of runners) for (const width of [1, 8]) await measure(one, width, round >= 0);
}

/** One round: opens a batch, writes, and mixes its rows once; the first round warms up. */
async function measure(one: (typeof runners)[number], width: number, counts: boolean): Promise<void> {
  const clock = (into: number[], since: number): void => void (counts && into.push(performance.now() - since));
  const start = performance.now();
  await using batch = await one.runner.open(prompt, width);
  clock(one.timings.open, start);
  for (let step = 0; step < steps; step++) {
    const before = performance.now();
    await batch.extend(Array.from({ length: width }, (_, row) => (step * 31 + row * 17) % vocab));
    clock(one.steps.get(width)!, before);
  }
  if (width === 1) return;
  const before = performance.now();
  batch.select([1, 1, 0, 2, 4, 4, 7, 6]);
  clock(one.timings.select, before);
}

function report({ steps: taken, timings }: (typeof runners)[number]) {
  const ms = (width: number): number => median(taken.get(width)!);
  const speed = (width: number) => ({
    millisecondsPerStep: Number(ms(width).toFixed(2)),
    tokensPerSecond: Math.round((1000 * width) / ms(width)),
  });
  return {
    sessionMilliseconds: Math.round(timings.session),
    openMilliseconds: Number(median(timings.open).toFixed(1)),
    batch1: speed(1),
    batch8: speed(8),
    /** What 8 rows cost, in steps of one row; to be under 3. */
    costOf8: Number((ms(8) / ms(1)).toFixed(2)),
    selectMilliseconds: Number(median(timings.select).toFixed(2)),
  };
}

const result = {
  machine,
  model: values.model ?? 'random, of the size of verse-zh',
  threads,
  ...(config ? {} : { readMilliseconds: Math.round(read - began) }),
  ...Object.fromEntries(runners.map((one) => [one.arithmetic, report(one)])),
};
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
writeFileSync(new URL('results/decoding.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
