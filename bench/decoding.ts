/**
 * Speed of writing token by token after a prompt of 40, beside llama.cpp (node-llama-cpp) on the same weights:
 *
 *   node bench/decoding.ts [--model models/verse-zh] [--steps 128] [--rounds 8] [--held-out DATASET [--rows 60]]
 *
 *   weights ─┬─ ours       F32, I8, I4     × 1, 2 threads, one row, and 8 rows that share the prompt
 *            └─ llama.cpp  F32, Q8_0         × 1, 2 threads, one row
 *
 * Without a model folder a random Llama of 13.8 M with context 256 is measured. Every round runs every side once, so that
 * a busy moment hits all; a side is as fast as the median of its rounds. Both choose the likeliest token. With a dataset
 * (`recipes/verse-zh/prepare.ts`) the perplexity of each arithmetic is measured too. Writes bench/results/decoding.json.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Arithmetic,
  createCharacterTokenizer,
  createGptRunner,
  createWeights,
  exportGguf,
  type GgufPrecision,
  gptConfig,
  loadDataset,
  loadModelFolder,
  type Model,
} from '../src/training/index.ts';
import { llamaMissing, loadLlama } from './llama/load-llama.ts';
import { machineFacts, median } from './training-machine.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    steps: { type: 'string', default: '128' },
    rounds: { type: 'string', default: '8' },
    'held-out': { type: 'string' },
    rows: { type: 'string', default: '60' },
  },
});
const [steps, rounds] = [Number(values.steps), Number(values.rounds)];
const machine = machineFacts();
const model = values.model ? await loadModelFolder(values.model) : randomModel();
const prompt = Array.from({ length: 40 }, (_, i) => (i * 131 + 7) % model.config.vocab_size);
const home = mkdtempSync(join(tmpdir(), 'llmagentos-decoding-'));

/** One way of writing: `run` writes `steps` tokens in each row and returns milliseconds per step. */
interface Side extends AsyncDisposable {
  readonly name: string;
  readonly threads: number;
  readonly width: number;
  readonly run: () => Promise<number[]>;
}

const missing = llamaMissing();
const sides: Side[] = [];
const times = new Map<Side, number[]>();
for (const threads of [1, 2]) {
  for (const arithmetic of ['F32', 'I8', 'I4'] as const) sides.push(...(await ourSides(arithmetic, threads)));
  if (missing) continue;
  for (const precision of ['F32', 'Q8_0'] as const) sides.push(await llamaSide(precision, threads));
}
for (let round = -1; round < rounds; round++) {
  for (const side of sides) {
    const taken = await side.run();
    if (round >= 0) times.set(side, [...(times.get(side) ?? []), median(taken)]);
  }
}
for (const side of sides) await side[Symbol.asyncDispose]();
rmSync(home, { recursive: true });
await report();

function randomModel(): Model {
  const config = gptConfig({ vocab_size: 8192, max_position_embeddings: 256 });
  const special = ['<pad>', '<s>', '</s>', '<unk>'];
  const letters = Array.from({ length: 8192 - special.length }, (_, i) => String.fromCodePoint(0x4e00 + i));
  const summary = { en: 'Random numbers.', zh: '随机数。' };
  const card = { name: 'random', licence: 'Apache-2.0', summary };
  return {
    config,
    weights: createWeights(config, 1),
    tokenizer: createCharacterTokenizer([...special, ...letters]),
    card,
  };
}

/** One row, and 8 rows that share the prompt; both use one loaded model. */
async function ourSides(arithmetic: Arithmetic, threads: number): Promise<Side[]> {
  const runner = await createGptRunner(model.config, model.weights, { threads, arithmetic });
  return [1, 8].map((width) => ({
    name: arithmetic,
    threads,
    width,
    run: async () => {
      await using batch = await runner.open(prompt, width);
      const taken: number[] = [];
      for (let step = 0; step < steps; step++) {
        const before = performance.now();
        await batch.extend(Array.from({ length: width }, (_, row) => (likeliest(batch.logits(row)) + 17 * row) % 4096));
        taken.push(performance.now() - before);
      }
      return taken;
    },
    [Symbol.asyncDispose]: async () => {
      if (width === 8) await runner[Symbol.asyncDispose]();
    },
  }));
}

async function llamaSide(precision: GgufPrecision, threads: number): Promise<Side> {
  const path = join(home, `${precision}.gguf`);
  await exportGguf(path, model, { precision });
  const llama = await loadLlama(path, { threads, context: model.config.max_position_embeddings });
  return {
    name: `llama.cpp ${precision}`,
    threads,
    width: 1,
    run: async () => {
      const taken: number[] = [];
      let before = 0;
      await llama.continue(prompt, steps, () => {
        if (before > 0) taken.push(performance.now() - before); // the first token comes with the prompt
        before = performance.now();
      });
      return taken;
    },
    [Symbol.asyncDispose]: () => llama[Symbol.asyncDispose](),
  };
}

function likeliest(logits: Float32Array): number {
  let best = 0;
  for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
  return best;
}

/** exp of the mean −ln P over held-out rows, by arithmetic. */
async function perplexities(folder: string) {
  const test = await (await loadDataset(folder)).loadSplit('test');
  const rows = Array.from({ length: Math.min(test.rows, Number(values.rows)) }, (_, row) => {
    const cells = Array.from({ length: test.length }, (_, t) => row * test.length + t);
    return cells.filter((cell) => test.segments[cell] !== 0).map((cell) => test.tokens[cell]!); // 0 is padding
  });
  const found: Record<string, number> = {};
  for (const arithmetic of ['F32', 'I8', 'I4'] as const) {
    await using runner = await createGptRunner(model.config, model.weights, { threads: 2, arithmetic });
    const scores = (await runner.score(rows)).map((row) => row.subarray(1));
    const count = scores.reduce((sum, row) => sum + row.length, 0);
    const sum = scores.reduce((all, row) => row.reduce((a, b) => a + b, all), 0);
    found[arithmetic] = Number(Math.exp(-sum / count).toFixed(3));
  }
  return { rows: rows.length, ...found };
}

async function report(): Promise<void> {
  const speed = (side: Side): number => (1000 * side.width) / median(times.get(side)!);
  const best = (name: string, width = 1): number =>
    Math.max(...sides.filter((side) => side.name === name && side.width === width).map(speed));
  const ratio = (a: number, b: number): number => Number((a / b).toFixed(2));
  const result = {
    machine,
    model: values.model ?? 'random Llama, 13.8 M, context 256',
    steps,
    rounds,
    tokensPerSecond: sides.map((side) => ({
      side: side.name,
      threads: side.threads,
      rows: side.width,
      median: Math.round(speed(side)),
      best: Math.round((1000 * side.width) / Math.min(...times.get(side)!)),
    })),
    /** Best number of threads of each; asked for: at least 1.2 each. */
    besideLlama: missing ?? {
      'F32 / F32': ratio(best('F32'), best('llama.cpp F32')),
      'I8 / Q8_0': ratio(best('I8'), best('llama.cpp Q8_0')),
      'I4 / Q8_0': ratio(best('I4'), best('llama.cpp Q8_0')),
    },
    /** What 8 rows cost, in steps of one row; asked for: under 3. */
    costOf8: Object.fromEntries(['F32', 'I8', 'I4'].map((name) => [name, ratio(8 * best(name), best(name, 8))])),
    ...(values['held-out'] ? { perplexity: await perplexities(values['held-out']) } : {}),
  };
  mkdirSync(new URL('results/', import.meta.url), { recursive: true });
  writeFileSync(new URL('results/decoding.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}
