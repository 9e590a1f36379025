/**
 * What gradient checkpointing saves and costs: a deep network of wide layers, its gradients once in a process that keeps all
 * inner values and once in one that computes every other layer's again. Prints peak memory, milliseconds a pass and the
 * largest difference of a gradient, and writes bench/results/training-checkpointing.json.
 *
 *     node bench/training-checkpointing.ts [--layers 24] [--rows 2048] [--width 256]
 */
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom } from '../src/core/index.ts';
import { graph as g } from '../src/training/index.ts';
import { machineFacts, median } from './training-machine.ts';

const { values } = parseArgs({
  options: {
    layers: { type: 'string' },
    rows: { type: 'string' },
    width: { type: 'string' },
    child: { type: 'string' },
  },
});
const [layers, rows, width] = [Number(values.layers ?? 24), Number(values.rows ?? 2048), Number(values.width ?? 256)];

interface Measured {
  readonly peakMegabytes: number;
  readonly milliseconds: number;
  /** Numbers of the first layer's gradient. */
  readonly gradient: readonly number[];
}

async function measure(wrap: boolean): Promise<Measured> {
  const graph = g.createGraph();
  const x = g.input(graph, 'x', 'f32', [rows, width]);
  const weights = Array.from({ length: 2 * layers }, (_, i) => g.input(graph, `w${i}`, 'f32', [width, width]));
  let h = x;
  for (let i = 0; i < layers; i++) {
    const [a, b] = [weights[2 * i]!, weights[2 * i + 1]!];
    const layer = (value: g.Tensor): g.Tensor => g.add(value, g.gemm(g.silu(g.gemm(value, a)), b));
    h = wrap ? g.checkpoint(layer, [h]) : layer(h);
  }
  const loss = g.scale(g.reshape(g.reduceSum(g.mul(h, h), [0, 1]), []), 1 / (rows * width));
  g.output('loss', loss);
  for (const [i, gradient] of g.gradients(loss, weights).entries()) g.output(`g${i}`, gradient);
  const random = createRandom('checkpointing');
  const numbers = (size: number, deviation: number): Float32Array =>
    Float32Array.from({ length: size }, () => deviation * random.normal());
  const feeds: Record<string, g.Feed> = { x: { data: numbers(rows * width, 1), shape: [rows, width] } };
  for (const { name } of weights)
    feeds[name] = { data: numbers(width * width, 0.5 / Math.sqrt(width)), shape: [width, width] };
  await using session = await g.createSession(graph);
  const times: number[] = [];
  let gradient: readonly number[] = [];
  for (let i = 0; i < 5; i++) {
    const before = performance.now();
    const results = await session.run(feeds);
    times.push(performance.now() - before);
    gradient = Array.from(results.g0!.slice(0, 1000), Number);
  }
  return {
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    milliseconds: Math.round(median(times)),
    gradient,
  };
}

function inChild(which: string): Promise<Measured> {
  const child = fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), '--child', which]);
  return new Promise((resolve, reject) => {
    child.on('message', (message) => resolve(message as Measured));
    child.on('exit', (code) => reject(new Error(`the child ended with ${code}`)));
  });
}

if (values.child !== undefined) {
  const measured = await measure(values.child === 'again');
  process.send!(measured, () => process.exit());
} else {
  const { gradient: kept, ...keeping } = await inChild('kept');
  const { gradient: again, ...recomputing } = await inChild('again');
  const largest = kept.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const difference = kept.reduce((most, value, i) => Math.max(most, Math.abs(value - again[i]!)), 0) / largest;
  const result = { layers, rows, width, keeping, recomputing, largestDifference: difference, machine: machineFacts() };
  mkdirSync(new URL('results', import.meta.url), { recursive: true });
  writeFileSync(
    new URL('results/training-checkpointing.json', import.meta.url),
    `${JSON.stringify(result, null, 2)}\n`,
  );
  console.log(JSON.stringify(result, null, 2));
}
