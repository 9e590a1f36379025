/**
 * What gradient checkpointing saves and costs a GPT (`"training": { "checkpointing": true }`): the same steps once in a process
 * that keeps all inner values and once in one that computes every layer again. Prints peak memory, milliseconds a step and
 * the largest difference of a loss, and writes bench/results/training-checkpointing.json.
 *
 *     node bench/training-checkpointing.ts [--layers 12] [--rows 8] [--width 256] [--length 256] [--steps 4] [--print]
 */
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createBatch } from '../src/training/gpt/batch.ts';
import {
  createLearner,
  createWeights,
  freshLearnerState,
  gptConfig,
  gptFeeds,
  gptObjective,
  parameterCount,
} from '../src/training/index.ts';
import { machineFacts, median } from './training-machine.ts';

const { values } = parseArgs({
  options: {
    layers: { type: 'string', default: '12' },
    rows: { type: 'string', default: '8' },
    width: { type: 'string', default: '256' },
    length: { type: 'string', default: '256' },
    steps: { type: 'string', default: '4' },
    print: { type: 'boolean', default: false },
    child: { type: 'string' },
  },
});
const [layers, rows, width, length, steps] = [
  values.layers,
  values.rows,
  values.width,
  values.length,
  values.steps,
].map(Number) as [number, number, number, number, number];
const vocab = 4096;
const config = gptConfig({
  vocab_size: vocab,
  max_position_embeddings: length,
  hidden_size: width,
  num_hidden_layers: layers,
  num_attention_heads: Math.max(1, width / 64),
  intermediate_size: Math.round((8 * width) / 3),
});

interface Measured {
  readonly peakMebibytes: number;
  readonly millisecondsPerStep: number;
  readonly losses: readonly number[];
}

async function measure(checkpointing: boolean): Promise<Measured> {
  const objective = gptObjective(config, { rows, length }, { checkpointing });
  const optimiser = { kind: 'adamw' } as const;
  const start = freshLearnerState(objective, createWeights(config, 1));
  await using learner = await createLearner(objective, start, { optimiser, clip: 1, threads: 2 });
  const cells = rows * length;
  const tokens = Uint16Array.from({ length: cells }, (_, i) => (Math.imul(i, 2654435761) >>> 8) % vocab);
  const ones = new Uint8Array(cells).fill(1);
  const batch = createBatch({ rows, length, tokens, segments: ones, predict: ones }, [...Array(rows).keys()]);
  const times: number[] = [];
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) {
    const before = performance.now();
    losses.push((await learner.step(gptFeeds([batch]), 1e-3)).loss);
    times.push(performance.now() - before);
  }
  return {
    peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
    millisecondsPerStep: Math.round(median(times)),
    losses,
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
  const { losses: kept, ...keeping } = await inChild('kept');
  const { losses: again, ...recomputing } = await inChild('again');
  const largestDifference = kept.reduce((most, loss, i) => Math.max(most, Math.abs(loss - again[i]!)), 0);
  const model = { parameters: parameterCount(config), layers, width, rows, length, steps };
  const result = { model, keeping, recomputing, losses: again, largestDifference, machine: machineFacts() };
  console.log(JSON.stringify(result, null, 2));
  if (values.print) process.exit();
  mkdirSync(new URL('results', import.meta.url), { recursive: true });
  writeFileSync(
    new URL('results/training-checkpointing.json', import.meta.url),
    `${JSON.stringify(result, null, 2)}\n`,
  );
}
