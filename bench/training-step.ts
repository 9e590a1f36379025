/**
 * Speed of a whole training step (forward, backward, clipping, AdamW) of a GPT, fp32: 12 million parameters, context 256,
 * 2 threads, unless other sizes are given (bench/training.ts gives several).
 *
 *   node bench/training-step.ts [--steps 12] [--rows 16] [--vocab 4096] [--hidden 384] [--layers 6] [--heads 6] [--inner 1024]
 *   LLMAGENTOS_BENCH_PYTHON=/path/to/python node bench/training-step.ts     beside PyTorch, in interleaved pairs
 *
 * Always measures the raw matrix product of the engine too: the ceiling. Writes bench/results/training-step.json, or with
 * `--print` only prints.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createBatch } from '../src/training/gpt/batch.ts';
import { gptConfig } from '../src/training/gpt/config.ts';
import { gptFeeds, gptObjective } from '../src/training/gpt/objective.ts';
import { createWeights, parameterCount } from '../src/training/gpt/parameters.ts';
import { createGraph, createSession, gemm, input, output } from '../src/training/graph/index.ts';
import { createLearner, freshLearnerState } from '../src/training/learn/index.ts';
import { machineFacts, median } from './training-machine.ts';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '12' },
    rows: { type: 'string', default: '16' },
    vocab: { type: 'string', default: '4096' },
    threads: { type: 'string', default: '2' },
    hidden: { type: 'string', default: '384' },
    layers: { type: 'string', default: '6' },
    heads: { type: 'string', default: '6' },
    inner: { type: 'string', default: '1024' },
    print: { type: 'boolean', default: false },
  },
});
const { print, ...sizes } = values;
const { steps, rows, vocab, threads, hidden, layers, heads, inner } = Object.fromEntries(
  Object.entries(sizes).map(([name, value]) => [name, Number(value)]),
) as Record<keyof typeof sizes, number>;
const length = 256;
const config = gptConfig({
  vocab_size: vocab,
  max_position_embeddings: length,
  hidden_size: hidden,
  num_hidden_layers: layers,
  num_attention_heads: heads,
  intermediate_size: inner,
});
const tokens = rows * length;
/** Multiplications and additions: 6 per weight and token, and attention (causal half not discounted). */
const perStep =
  6 * tokens * parameterCount(config) + 12 * tokens * length * config.hidden_size * config.num_hidden_layers;

const machine = machineFacts();
const ours = await createOurs();
const torch = await createTorch();
const times = { ours: [] as number[], torch: [] as number[] };
for (let i = -2; i < steps; i++) {
  const own = await ours();
  const other = await torch?.step();
  if (i < 0) continue; // the first two warm up
  times.ours.push(own);
  if (other !== undefined) times.torch.push(other);
}
torch?.stop();

const speed = (seconds: readonly number[]) => ({
  median: Math.round(tokens / median(seconds)),
  best: Math.round(tokens / Math.min(...seconds)),
});
const result = {
  machine,
  model: { parameters: parameterCount(config), vocab, rows, length, threads, steps },
  tokensPerSecond: speed(times.ours),
  gigaflops: Math.round(perStep / median(times.ours) / 1e9),
  /** Of this process, the ceiling's session not yet among it. */
  peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
  gemmCeilingGigaflops: await gemmCeiling(),
  ...(torch
    ? {
        torch: { version: torch.version, tokensPerSecond: speed(times.torch) },
        ratioToTorch: {
          median: Number((median(times.torch) / median(times.ours)).toFixed(3)),
          medianOfPairs: Number(median(times.ours.map((own, i) => times.torch[i]! / own)).toFixed(3)),
        },
      }
    : { torch: 'not measured: set LLMAGENTOS_BENCH_PYTHON to a Python with torch' }),
};
if (!print) {
  mkdirSync(new URL('results/', import.meta.url), { recursive: true });
  writeFileSync(new URL('results/training-step.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);

/** One step of ours, in seconds. */
async function createOurs(): Promise<() => Promise<number>> {
  const objective = gptObjective(config, { rows, length });
  const start = freshLearnerState(objective, createWeights(config, 1));
  const optimiser = { kind: 'adamw', weightDecay: 0.1 } as const;
  const learner = await createLearner(objective, start, { optimiser, clip: 1, threads });
  const noise = Uint16Array.from({ length: tokens }, (_, i) => (Math.imul(i, 2654435761) >>> 8) % vocab);
  const ones = new Uint8Array(tokens).fill(1);
  const batch = createBatch(
    { rows, length, tokens: noise, segments: ones, predict: ones },
    Array.from({ length: rows }, (_, i) => i),
  );
  return async () => {
    const began = performance.now();
    await learner.step(gptFeeds([batch]), 1e-3);
    return (performance.now() - began) / 1000;
  };
}

interface Torch {
  readonly version: string;
  step(): Promise<number>;
  stop(): void;
}

/** PyTorch in a process of its own: a line in, one step, its seconds out. */
async function createTorch(): Promise<Torch | undefined> {
  const python = process.env.LLMAGENTOS_BENCH_PYTHON;
  if (!python) return undefined;
  const script = new URL('training-step-torch.py', import.meta.url).pathname;
  const child = spawn(python, [script, ...[rows, length, vocab, threads, hidden, layers, heads, inner].map(String)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done) throw new Error('the PyTorch side ended');
    return line.value;
  };
  const version = await next();
  return {
    version,
    step: async () => {
      child.stdin.write('step\n');
      return Number(await next());
    },
    stop: () => child.stdin.end(),
  };
}

/** The best of the products that a step is made of, in GFLOP/s. */
async function gemmCeiling(): Promise<number> {
  let best = 0;
  for (const [m, k, n] of [
    [tokens, 384, 1024],
    [tokens, 384, vocab],
    [1024, 1024, 1024],
  ] as const) {
    const graph = createGraph();
    output('y', gemm(input(graph, 'a', 'f32', [m, k]), input(graph, 'b', 'f32', [n, k]), { transB: true }));
    await using session = await createSession(graph, { threads });
    const feeds = {
      a: { data: new Float32Array(m * k).fill(0.5), shape: [m, k] },
      b: { data: new Float32Array(n * k).fill(0.25), shape: [n, k] },
    };
    for (let i = 0; i < 8; i++) {
      const began = performance.now();
      await session.run(feeds);
      best = Math.max(best, (2 * m * k * n) / (performance.now() - began) / 1e6);
    }
  }
  return Math.round(best);
}
