/**
 * Whether training grows: 10,000 steps of a tiny GPT in the process that trains for every command, with its resident
 * memory read every 100 steps (Linux). Prints the growth from step 200 to the end, as the difference of the medians of the first and the last
 * tenth, and writes bench/results/training-memory.json.
 *
 *     node bench/training-memory.ts [--steps 10000]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeTinyDataset } from '../src/training/data/tiny-dataset.ts';
import { trainInChild } from '../src/training/index.ts';
import { machineFacts, median } from './training-machine.ts';

const { values } = parseArgs({ options: { steps: { type: 'string', default: '10000' } } });
const steps = Number(values.steps);
const root = mkdtempSync(join(tmpdir(), 'memory-'));
writeTinyDataset(join(root, 'data'));
const every = Math.max(1, Math.floor(steps / 100));
const readings: { step: number; megabytes: number }[] = [];
let child = 0;
await trainInChild(
  {
    kind: 'gpt',
    dataset: join(root, 'data'),
    out: join(root, 'run'),
    model: { hidden_size: 64, num_hidden_layers: 2, num_attention_heads: 2, intermediate_size: 128 },
    steps,
    batchRows: 8,
    learningRate: 0.003,
    // Everything that a run ever opens (validation, checkpoints) is open before the first reading.
    validateEvery: 100,
    saveEvery: 100,
    threads: 1,
  },
  {
    onSpawn: (pid) => {
      child = pid;
    },
    onEvent: (event) => {
      if (event.type !== 'training-step' || event.step < 200 || event.step % every !== 0) return;
      readings.push({ step: event.step, megabytes: residentKilobytes(child) / 2 ** 10 });
    },
  },
);
rmSync(root, { recursive: true });
const tenth = Math.max(1, Math.floor(readings.length / 10));
const [first, last] = [readings.slice(0, tenth), readings.slice(-tenth)].map((part) =>
  median(part.map((one) => one.megabytes)),
);
const growth = (last! - first!) / first!;
const result = {
  steps,
  megabytesAfter200: Number(first!.toFixed(1)),
  megabytesAtEnd: Number(last!.toFixed(1)),
  growthPercent: Number((100 * growth).toFixed(2)),
  readings: readings.map(({ step, megabytes }) => [step, Number(megabytes.toFixed(1))]),
  machine: machineFacts(),
};
writeFileSync(new URL('results/training-memory.json', import.meta.url), `${JSON.stringify(result)}\n`);
console.log(JSON.stringify({ ...result, readings: undefined }, null, 2));

/** Resident memory of a process in KiB, as the kernel counts it. */
function residentKilobytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
}
