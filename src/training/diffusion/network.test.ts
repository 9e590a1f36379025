/** All networks against PyTorch's recorded numbers, and their gradients against finite differences. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createGraph, createSession, type Feed, gradients, input, output, type Tensor } from '../graph/index.ts';
import { createEvaluation, createLearner, createParameters, freshLearnerState, lossOf } from '../learn/index.ts';
import { diffusionConfig, pictureSize } from './config.ts';
import { diffusionComputation, diffusionObjective, diffusionParameters } from './network.ts';

const RECORDED = JSON.parse(readFileSync(new URL('./reference-networks.json', import.meta.url), 'utf8'));
const KINDS = ['unet', 'loop', 'dit', 'words'] as const;

const wave = (size: number, k: number, factor = 1): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => factor * Math.sin(1.7 * i + 0.3 * k + 0.001 * i * i));

function recorded(kind: (typeof KINDS)[number]) {
  const wanted = RECORDED[kind];
  const config = diffusionConfig({ ...wanted.config, process: { kind: 'flow' }, prediction: 'flow' });
  const { channels, height, width } = config.picture;
  const shape = [2, channels, height, width];
  const size = 2 * pictureSize(config.picture);
  const feeds: Record<string, Feed> = {
    noisy: { data: wave(size, 50), shape },
    target: { data: wave(size, 51), shape },
    time: { data: Float32Array.from(RECORDED.times), shape: [2] },
    weight: { data: Float32Array.from(RECORDED.weights), shape: [2] },
    condition: { data: Float32Array.from(RECORDED.condition.flat()), shape: [2, 4] },
  };
  const sorted = diffusionParameters(config).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const parameters = new Map(
    sorted.map(({ name, shape: own }, k) => [
      name,
      wave(
        own.reduce((a, b) => a * b, 1),
        k,
        0.25,
      ),
    ]),
  );
  return { config, wanted, feeds, parameters };
}

const near = (found: number, wanted: number, within: number, where: string): void => {
  assert.ok(Math.abs(found - wanted) <= within * Math.max(1, Math.abs(wanted)), `${where}: ${found} for ${wanted}`);
};

for (const kind of KINDS) {
  test(`${kind}: parameters have the names and shapes of the PyTorch twin`, () => {
    const { config, wanted } = recorded(kind);
    const own = Object.fromEntries(diffusionParameters(config).map(({ name, shape }) => [name, shape]));
    assert.deepEqual(own, wanted.parameters);
  });

  test(`${kind}: answer, loss and gradients are PyTorch’s`, async () => {
    const { config, wanted, feeds, parameters } = recorded(kind);
    const { target: _, weight: __, ...asked } = feeds;
    await using network = await createEvaluation(diffusionComputation(config, 2), { threads: 1 });
    const { answer } = await network.run(parameters, asked);
    wanted.answer.forEach((value: number, i: number) => {
      near(answer![i] as number, value, 1e-5, `answer ${i}`);
    });
    const { loss, gradient } = await differentiate(kind);
    near(loss, wanted.loss, 1e-5, 'loss');
    for (const [name, { head, length }] of Object.entries<{ head: number[]; length: number }>(wanted.gradients)) {
      const found = gradient.get(name)!;
      near(Math.hypot(...found), length, 1e-4, `length of ${name}`);
      head.forEach((value, i) => {
        near(found[i]!, value, 1e-5, `${name} ${i}`);
      });
    }
  });

  test(`${kind}: gradients agree with finite differences`, async () => {
    const { config, feeds, parameters } = recorded(kind);
    const { gradient } = await differentiate(kind);
    await using evaluation = await createEvaluation(lossOf(diffusionObjective(config, 2)), { threads: 1 });
    const lossAt = async (changed: Map<string, Float32Array>): Promise<number> =>
      (await evaluation.run(changed, feeds)).loss![0] as number;
    for (const [name, values] of parameters) {
      const slope = gradient.get(name)!;
      const length = Math.hypot(...slope);
      const along = (by: number): Map<string, Float32Array> =>
        new Map([...parameters, [name, values.map((value, i) => value + (by * slope[i]!) / length)]]);
      const step = 5e-3;
      const found = ((await lossAt(along(step))) - (await lossAt(along(-step)))) / (2 * step);
      near(found, length, 3e-3, name);
    }
  });

  test(`${kind}: learns four pictures by heart`, async () => {
    const { config: whole } = recorded(kind);
    const network = whole.network.kind === 'unet' ? { ...whole.network, blocks: 1, attention: [] } : whole.network;
    const config = diffusionConfig({ ...whole, network });
    const objective = diffusionObjective(config, 4);
    const start = freshLearnerState(objective, createParameters(objective.parameters, 1));
    const optimiser = { kind: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 } as const;
    await using learner = await createLearner(objective, start, { optimiser, threads: 1 });
    const size = pictureSize(config.picture);
    const { channels, height, width } = config.picture;
    const feeds = {
      noisy: { data: wave(4 * size, 3), shape: [4, channels, height, width] },
      target: { data: wave(4 * size, 9), shape: [4, channels, height, width] },
      time: { data: Float32Array.of(10, 200, 500, 900), shape: [4] },
      weight: { data: new Float32Array(4).fill(1), shape: [4] },
      condition: { data: Float32Array.from({ length: 16 }, (_, i) => Number(i % 5 === 0)), shape: [4, 4] },
    };
    const losses: number[] = [];
    for (let step = 0; step < 80; step++) losses.push((await learner.step(feeds, 8e-3)).loss);
    // all answers are 0 at the start, so the first loss is the mean square of the targets
    const power = feeds.target.data.reduce((sum, value) => sum + value * value, 0) / feeds.target.data.length;
    near(losses[0]!, power, 1e-5, 'first loss');
    assert.ok(losses.at(-1)! < 0.01, `${losses.at(-1)}`);
  });
}

const differentiated = new Map<string, ReturnType<typeof gradientsOf>>();
function differentiate(kind: (typeof KINDS)[number]): ReturnType<typeof gradientsOf> {
  const known = differentiated.get(kind) ?? gradientsOf(kind);
  differentiated.set(kind, known);
  return known;
}

async function gradientsOf(kind: (typeof KINDS)[number]) {
  const { config, feeds, parameters } = recorded(kind);
  const objective = diffusionObjective(config, 2);
  const graph = createGraph();
  const tensors = new Map<string, Tensor>(
    [...objective.inputs, ...objective.parameters.map((one) => ({ ...one, type: 'f32' as const }))].map((one) => [
      one.name,
      input(graph, one.name, one.type, one.shape),
    ]),
  );
  const find = (name: string): Tensor => tensors.get(name)!;
  const { loss } = objective.build({ input: find, weight: find });
  const names = objective.parameters.map(({ name }) => name);
  gradients(loss, names.map(find)).forEach((gradient, i) => {
    output(`gradient:${names[i]}`, gradient);
  });
  output('loss', loss);
  await using session = await createSession(graph, { threads: 1 });
  const weights = objective.parameters.map(({ name, shape }) => [name, { data: parameters.get(name)!, shape }]);
  const found = await session.run({ ...feeds, ...Object.fromEntries(weights) });
  const gradient = new Map(names.map((name) => [name, found[`gradient:${name}`] as Float32Array]));
  return { loss: found.loss![0] as number, gradient };
}

test('configurations that cannot be built are refused with the reason', () => {
  const base = {
    picture: { channels: 3, height: 12, width: 12 },
    process: { kind: 'flow' },
    prediction: 'flow',
  } as const;
  const unet = { kind: 'unet', width: 8, multipliers: [1, 2], blocks: 1, attention: [], heads: 2, groups: 4 } as const;
  const dit = { kind: 'dit', patch: 4, width: 16, depth: 1, heads: 2 } as const;
  const refuses = (change: object, reason: RegExp): void =>
    assert.throws(() => diffusionConfig({ ...base, network: unet, ...change } as never), {
      code: 'training/bad-diffusion-config',
      message: reason,
    });
  refuses({ network: { ...unet, multipliers: [1, 1, 1, 1] } }, /whole number of 8/);
  refuses({ network: { ...unet, groups: 3 } }, /groups/);
  refuses({ network: { ...unet, heads: 3 } }, /heads/);
  refuses({ network: { ...unet, attention: [4] } }, /level/);
  refuses({ network: { ...dit, patch: 5 } }, /patches/);
  refuses({ network: { ...dit, width: 20 } }, /multiple/);
  refuses({ labels: ['x', 'x'] }, /twice/);
  refuses({ prediction: 'guess' }, /prediction/);
});

test('a network that wraps makes whatever goes round go round, at any width', async () => {
  const { config, parameters } = recorded('loop');
  const width = 24;
  const wide = diffusionConfig({ ...config, picture: { ...config.picture, width } });
  await using network = await createEvaluation(diffusionComputation(wide, 1), { threads: 1 });
  const picture = wave(8 * width, 7);
  const by = 8; // whole patches at the smallest level
  const turn = (values: ArrayLike<number>): Float32Array =>
    Float32Array.from({ length: 8 * width }, (_, i) => values[i - (i % width) + ((i + by) % width)]!);
  const ask = async (noisy: Float32Array): Promise<ArrayLike<number>> => {
    const condition = { data: Float32Array.of(0, 1, 0, 0), shape: [1, 4] };
    const time = { data: Float32Array.of(300), shape: [1] };
    const { answer } = await network.run(parameters, {
      noisy: { data: noisy, shape: [1, 1, 8, width] },
      time,
      condition,
    });
    return answer as Float32Array;
  };
  const wanted = turn(await ask(picture));
  const found = await ask(turn(picture));
  wanted.forEach((value, i) => {
    near(found[i]!, value, 1e-4, `${i}`);
  });
});
