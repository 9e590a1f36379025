/**
 * Pictures per second of a whole training step (forward, backward, clipping, AdamW), fp32: a convolutional U-Net of 5 million
 * parameters on 32×32 pictures, the autoencoder of recipes/vae-emoji on 64×64, and one step of each network of the GAN of
 * recipes/gan-tiles.
 *
 *   node bench/training-step-vision.ts [--steps 12] [--batch 16] [--threads 2]
 *   LLMAGENTOS_BENCH_PYTHON=/path/to/python node bench/training-step-vision.ts     the U-Net beside PyTorch, interleaved
 *
 * Beside the clock it reads processor time, which other work on the machine disturbs less: with `--threads 1` the ratio of
 * processor times is worth something even on a busy machine. Writes bench/results/training-step-vision.json, or with
 * `--print` only prints.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { diffusionConfig, diffusionParameterCount } from '../src/training/diffusion/index.ts';
import { diffusionObjective } from '../src/training/diffusion/network.ts';
import { discriminatorObjective, generatorObjective } from '../src/training/gan/gan-objectives.ts';
import { ganConfig } from '../src/training/gan/index.ts';
import { createLearner, createParameters, freshLearnerState, type Objective } from '../src/training/learn/index.ts';
import { vaeConfig, vaeObjective, vaeParameterCount } from '../src/training/vae/index.ts';
import { machineFacts, median } from './training-machine.ts';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '12' },
    batch: { type: 'string', default: '16' },
    threads: { type: 'string', default: '2' },
    print: { type: 'boolean', default: false },
  },
});
const [steps, batch, threads] = [values.steps, values.batch, values.threads].map(Number) as [number, number, number];

/** Seconds by the clock and of processor time. */
type Times = readonly [clock: number, processor: number];

const network = {
  kind: 'unet',
  width: 64,
  multipliers: [1, 2, 3],
  blocks: 1,
  attention: [2],
  heads: 4,
  groups: 8,
} as const;
const unet = diffusionConfig({
  picture: { channels: 3, height: 32, width: 32 },
  network: { ...network, multipliers: [...network.multipliers], attention: [...network.attention] },
  process: { kind: 'cosine', steps: 1000 },
  prediction: 'epsilon',
});
const vae = vaeConfig({
  ...readRecipe<Parameters<typeof vaeConfig>[0]>('vae-emoji').model,
  picture: { channels: 3, height: 64, width: 64 },
});

const duelists = ganConfig(readRecipe<Parameters<typeof ganConfig>[0]>('gan-tiles').model);
const duel = [
  discriminatorObjective(duelists, { batch, penalty: 0 }),
  generatorObjective(duelists, { batch }),
] as const;

const machine = machineFacts();
const result = {
  machine,
  batch,
  threads,
  steps,
  unet: { parameters: diffusionParameterCount(unet), ...(await compare()) },
  vae: { parameters: vaeParameterCount(vae), picturesPerSecond: speed(await measure(vaeObjective(vae, batch))) },
  gan: { parameters: countOf(...duel), picturesPerSecond: speed(await measureDuel()) },
  peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
};
if (!values.print) {
  mkdirSync(new URL('results/', import.meta.url), { recursive: true });
  writeFileSync(new URL('results/training-step-vision.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);

/** A step of the discriminator and one of the generator, R1 left out as in most steps of the recipe. */
async function measureDuel(): Promise<Times[]> {
  const [discriminator, generator] = [await measure(duel[0]), await measure(duel[1])];
  return discriminator.map(([clock, processor], i) => [clock + generator[i]![0], processor + generator[i]![1]]);
}

function countOf(...objectives: readonly Objective[]): number {
  const shapes = objectives.flatMap(({ parameters }) => parameters.map(({ shape }) => shape));
  return shapes.reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
}

async function compare() {
  const torch = await createTorch();
  const other: Times[] = [];
  const own = await measure(diffusionObjective(unet, batch), async (counts) => {
    const times = await torch?.step();
    if (times && counts) other.push(times);
  });
  torch?.stop();
  if (!torch) return { picturesPerSecond: speed(own), torch: 'not measured: set LLMAGENTOS_BENCH_PYTHON' };
  const ratio = (which: 0 | 1): number =>
    Number((median(other.map((times) => times[which])) / median(own.map((times) => times[which]))).toFixed(3));
  return {
    picturesPerSecond: speed(own),
    torch: { version: torch.version, picturesPerSecond: speed(other) },
    ratioToTorch: { clock: ratio(0), processor: ratio(1) },
  };
}

/** Steps of an objective after two to warm up; `between` runs after each. */
async function measure(objective: Objective, between?: (counts: boolean) => Promise<void>): Promise<Times[]> {
  const optimiser = { kind: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.01 } as const;
  const start = freshLearnerState(objective, createParameters(objective.parameters, 1));
  await using learner = await createLearner(objective, start, { optimiser, clip: 1, threads });
  const feeds = Object.fromEntries(
    objective.inputs.map(({ name, shape }) => {
      const size = shape.reduce((total: number, dim) => total * Number(dim), 1);
      return [
        name,
        { data: Float32Array.from({ length: size }, (_, i) => Math.sin(1.7 * i)), shape: shape.map(Number) },
      ];
    }),
  );
  const frozen = createParameters(objective.frozen ?? [], 2);
  const times: Times[] = [];
  for (let i = -2; i < steps; i++) {
    const [began, used] = [performance.now(), process.cpuUsage()];
    await learner.step(feeds, 1e-4, frozen);
    const { user, system } = process.cpuUsage(used);
    if (i >= 0) times.push([(performance.now() - began) / 1000, (user + system) / 1e6]);
    await between?.(i >= 0);
  }
  return times;
}

function speed(times: readonly Times[]) {
  const clock = times.map(([seconds]) => seconds);
  const processor = times.map(([, seconds]) => seconds);
  const rate = (seconds: number): number => Number((batch / seconds).toFixed(1));
  return { median: rate(median(clock)), best: rate(Math.min(...clock)), perProcessorSecond: rate(median(processor)) };
}

function readRecipe<Model>(name: string): { readonly model: Model } {
  return JSON.parse(readFileSync(new URL(`../recipes/${name}/recipe.json`, import.meta.url), 'utf8'));
}

/** PyTorch in a process of its own: a line in, one step, its times out. */
async function createTorch() {
  const python = process.env.LLMAGENTOS_BENCH_PYTHON;
  if (!python) return undefined;
  const script = new URL('training-step-vision-torch.py', import.meta.url).pathname;
  const child = spawn(python, [script, String(batch), String(threads), JSON.stringify(network)], {
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
    step: async (): Promise<Times> => {
      child.stdin.write('step\n');
      const [clock, processor] = (await next()).split(' ').map(Number);
      return [clock!, processor!];
    },
    stop: () => child.stdin.end(),
  };
}
