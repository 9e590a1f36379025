/**
 * Kills a training run again and again and compares what is left at the end with an unbroken run: the final weights, the log
 * and the plot must be the same bytes. The run is a tiny GPT (dropout off, AdamW or Muon) in a child process; each kill is a
 * SIGKILL after a random number of steps, at a random moment within the step. Writes bench/results/training-resume.json.
 *
 *     node bench/training-resume.ts [--kills 20] [--steps 120] [--seed 1] [--optimiser muon]
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createRandom } from '../src/core/index.ts';
import { writeTinyDataset } from '../src/training/data/tiny-dataset.ts';
import { trainInChild } from '../src/training/index.ts';
import { machineFacts } from './training-machine.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    steps: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
    optimiser: { type: 'string', default: 'adamw' },
  },
});
const [kills, steps] = [Number(values.kills), Number(values.steps)];
const random = createRandom(`kills ${values.seed}`);
const root = mkdtempSync(join(tmpdir(), 'resume-'));
const dataset = join(root, 'data');
writeTinyDataset(dataset);

const recipe = (out: string) => ({
  kind: 'gpt',
  dataset,
  out: join(root, out),
  model: { hidden_size: 32, num_hidden_layers: 2, num_attention_heads: 2, intermediate_size: 64 },
  steps,
  batchRows: 4,
  learningRate: 0.01,
  optimiser: values.optimiser,
  schedule: { warmupSteps: 5 },
  validateEvery: 25,
  saveEvery: 4,
  threads: 1,
});

/** Trains until `after` more steps are told, waits a moment, kills. Returns the step it reached, or that it ended first. */
async function trainAndKill(after: number, milliseconds: number): Promise<number | 'ended'> {
  let pid = 0;
  let reached = 0;
  let told = 0;
  try {
    await trainInChild(recipe('killed'), {
      onSpawn: (id) => {
        pid = id;
      },
      onEvent: async (event) => {
        if (event.type !== 'training-step') return;
        reached = event.step;
        told++;
        if (told !== after) return;
        await pause(milliseconds);
        process.kill(pid, 'SIGKILL');
      },
    });
  } catch (error) {
    if ((error as { code?: string }).code !== 'training/child-died') throw error;
    return reached;
  }
  return 'ended';
}

const digest = (out: string, file: string): string =>
  createHash('sha256')
    .update(readFileSync(join(root, out, file)))
    .digest('hex');

await trainInChild(recipe('whole'));
const reached: number[] = [];
while (reached.length < kills) {
  // On average the kills are spread over the run; each must get at least as far as the next checkpoint now and then.
  const at = await trainAndKill(1 + random.integer(Math.max(1, Math.floor((2 * steps) / kills))), random.next() * 30);
  if (at === 'ended') throw new Error(`the run ended after ${reached.length} kills: give it more steps`);
  reached.push(at);
  console.log(`kill ${reached.length} at step ${at}`);
}
await trainInChild(recipe('killed'));
const files = ['model/model.safetensors', 'train.jsonl', 'loss.svg'];
const same = Object.fromEntries(files.map((file) => [file, digest('whole', file) === digest('killed', file)]));
const result = {
  kills,
  steps,
  optimiser: values.optimiser,
  killedAtSteps: reached,
  same,
  sha256: digest('whole', files[0]!),
  machine: machineFacts(),
};
rmSync(root, { recursive: true });
writeFileSync(new URL('results/training-resume.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
if (Object.values(same).includes(false)) process.exitCode = 1;
