/** The enlarger against PyTorch's recorded answers; pieces without seams; learning on pictures that are easy to learn. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import sharp from 'sharp';
import {
  createEvaluation,
  createLearner,
  createParameters,
  freshLearnerState,
  type Parameter,
} from '../learn/index.ts';
import { planCourse, runRecipe } from '../loop/courses.ts';
import type { Pictures } from '../pictures/index.ts';
import { enlargeBicubic } from './bicubic.ts';
import { quantiseBlocks } from './block-noise.ts';
import { enlargerConfig } from './config.ts';
import { createEnlarger, createGlass } from './enlarger.ts';
import { loadEnlarger, saveEnlarger } from './model-folder.ts';
import { enlargerDetail, enlargerParameters } from './network.ts';
import { enlargerObjective } from './objective.ts';
import { cutPairs } from './pieces.ts';
import reference from './reference.json' with { type: 'json' };
import { SHRINKERS, shrink } from './shrink.ts';

const root = mkdtempSync(join(tmpdir(), 'llmagentos-enlarger-'));
after(() => rmSync(root, { recursive: true }));

const TINY = enlargerConfig({ width: 6, blocks: 2 });
const CARD = { name: 'tiny', licence: 'Apache-2.0', summary: { en: 'Tiny.', zh: '很小。' } };

function wave(shape: readonly number[], k: number, size = 1) {
  const count = shape.reduce((a, b) => a * b, 1);
  const data = Float32Array.from({ length: count }, (_, i) => size * Math.sin(1.7 * i + 0.9 * k + 0.001 * i * i));
  return { data, shape };
}

const waves = (list: readonly Parameter[]): Map<string, Float32Array> =>
  new Map(list.map(({ name, shape }, k) => [name, wave(shape, 100 + k, 0.2).data]));

function assertClose(what: string, found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 2e-5): void {
  assert.equal(found.length, expected.length, what);
  for (let i = 0; i < expected.length; i++) {
    assert.ok(Math.abs(found[i]! - expected[i]!) < tolerance, `${what}[${i}]: ${found[i]} instead of ${expected[i]}`);
  }
}

test('[TR1] what the network adds, and a step of its learning, are PyTorch’s', async () => {
  const parameters = enlargerParameters(TINY);
  const small = wave([2, 3, 12, 12], 1);
  await using run = await createEvaluation(
    {
      name: 'enlarger',
      parameters,
      inputs: [{ name: 'small', type: 'f32', shape: [2, 3, 12, 12] }],
      build: ({ weight, input }) => ({ detail: enlargerDetail(TINY, weight, input('small')) }),
    },
    { threads: 1 },
  );
  const { detail } = (await run.run(waves(parameters), { small })) as { detail: Float32Array };
  const rows = [0, 1, 2].flatMap((c) => [...detail.subarray((c * 24 + 3) * 24, (c * 24 + 7) * 24)]);
  assertClose('detail', rows, reference.detail);
  const objective = enlargerObjective(TINY, { batch: 2, size: 12 });
  const optimiser = { kind: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 0.01, weightDecay: 0 } as const;
  const start = freshLearnerState(objective, waves(parameters));
  await using learner = await createLearner(objective, start, { optimiser, threads: 1 });
  const { loss } = await learner.step({ small, detail: wave([2, 3, 24, 24], 2) }, 0.01);
  assertClose('loss', [loss], [reference.loss]);
  for (const [name, values] of Object.entries(reference.after)) {
    assertClose(name, learner.parameters().get(name)!, values);
  }
});

function scene(width: number, height: number): Pictures {
  const data = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const [c, y, x] = [Math.floor(i / (width * height)), Math.floor(i / width) % height, i % width];
    return 0.8 * Math.sin(0.11 * x + 0.7 * c) * Math.cos(0.07 * y - c);
  });
  return { data, width, height, channels: 3 };
}

test('a picture made in pieces is the picture made at once: no seam, any size', async () => {
  const weights = waves(enlargerParameters(TINY));
  await using glass = createGlass(TINY, { threads: 1 });
  const wide = scene(150, 9);
  const whole = await glass.enlarge(weights, wide);
  assert.deepEqual([whole.width, whole.height, whole.data.length], [300, 18, 3 * 5400]);
  // The same pixels seen from a picture that begins further right must come out the same where nothing else is near.
  const from = 100;
  const cut = { ...wide, width: 50, data: new Float32Array(3 * 50 * 9) };
  for (let row = 0; row < 27; row++) {
    cut.data.set(wide.data.subarray(row * 150 + from, row * 150 + 150), row * 50);
  }
  const part = await glass.enlarge(weights, cut);
  for (let row = 0; row < 54; row++) {
    const [a, b] = [
      whole.data.subarray(row * 300 + 232, row * 300 + 300),
      part.data.subarray(row * 100 + 32, row * 100 + 100),
    ];
    assertClose(`row ${row}`, a, b, 1e-5);
  }
  const one = await glass.enlarge(weights, scene(1, 1));
  assert.deepEqual([one.width, one.height], [2, 2]);
});

test('it stops on request, and tells how far it is', async () => {
  await using glass = createGlass(TINY, { threads: 1 });
  const weights = waves(enlargerParameters(TINY));
  await assert.rejects(glass.enlarge(weights, scene(8, 8), { signal: AbortSignal.abort() }), {
    code: 'core/cancelled',
  });
  const told: number[] = [];
  await glass.enlarge(weights, scene(150, 8), { onProgress: (done) => told.push(done) });
  assert.deepEqual(told, [0.5, 1]);
});

test('cubic interpolation keeps parabolas, shrinking keeps the mean, and one undoes the other on smooth pictures', () => {
  const parabola = Float32Array.from({ length: 3 * 64 }, (_, i) => ((i % 8) / 8) ** 2);
  const twice = enlargeBicubic({ data: parabola, width: 8, height: 8, channels: 3 }, 2);
  for (let x = 4; x < 12; x++) assert.ok(Math.abs(twice.data[16 * 5 + x]! - ((x + 0.5) / 2 - 0.5) ** 2 / 64) < 1e-6);
  const smooth = scene(48, 36);
  for (const kernel of [SHRINKERS.box(2), SHRINKERS.cubic(2), SHRINKERS.lanczos(2), SHRINKERS.blur(2, 0.4)]) {
    assert.ok(Math.abs(kernel.reduce((a, b) => a + b, 0) - 1) < 1e-12);
    const small = shrink(smooth, 2, { kernel, blocks: 0 });
    assert.deepEqual([small.width, small.height], [24, 18]);
    const back = enlargeBicubic(small, 2);
    let worst = 0;
    for (let y = 8; y < 28; y++) {
      for (let x = 8; x < 40; x++) worst = Math.max(worst, Math.abs(back.data[48 * y + x]! - smooth.data[48 * y + x]!));
    }
    assert.ok(worst < 0.02, `${kernel.length} taps: ${worst}`);
  }
  assert.equal(SHRINKERS.box(3).length % 2, 1);
});

test('blocks are seen where they are coarse, and leave flat pictures alone', () => {
  const picture = scene(20, 17);
  const far = (coarseness: number): number => {
    const { data } = quantiseBlocks(picture, coarseness);
    return data.reduce((sum, value, i) => sum + Math.abs(value - picture.data[i]!), 0) / data.length;
  };
  assert.ok(far(0.1) < far(1) && far(1) < 0.05, `${far(0.1)} ${far(1)}`);
  const white = { ...picture, data: new Float32Array(picture.data.length).fill(1) };
  assert.ok(quantiseBlocks(white, 1).data.every((value) => value > 0.98));
});

test('pieces and their small pictures follow from the seed; the detail is what interpolation leaves out', () => {
  const pictures = scene(40, 40);
  const options = { scale: 2, piece: 12, seed: 'a' };
  const pairs = cutPairs(pictures, options);
  assert.deepEqual(cutPairs(pictures, options), pairs);
  assert.notDeepEqual(cutPairs(pictures, { ...options, seed: 'b' }).small.data, pairs.small.data);
  const rough = enlargeBicubic(pairs.small, 2).data;
  const known = new Set([...pictures.data].map((value) => value.toFixed(3)));
  const back = pairs.detail.map((value, i) => value + rough[i]!);
  assert.ok(
    [...back].every(
      (value) =>
        known.has(value.toFixed(3)) || known.has((value + 1e-4).toFixed(3)) || known.has((value - 1e-4).toFixed(3)),
    ),
  );
});

test('[TR2] a course learns edges better than interpolation, and its folder enlarges', async () => {
  const pictures = join(root, 'pictures');
  mkdirSync(pictures);
  for (let i = 0; i < 6; i++) {
    const disc = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><rect width="32" height="32" fill="#fff"/><circle cx="${10 + 2 * i}" cy="${20 - i}" r="${6 + i}" fill="#000"/></svg>`;
    await sharp(Buffer.from(disc))
      .png()
      .toFile(join(pictures, `${i}.png`));
  }
  const out = join(root, 'run');
  const recipe = {
    kind: 'enlarger',
    name: 'discs',
    out,
    pictures: { from: 'folder', folder: pictures, width: 32 },
    validationShare: 0.4,
    model: { width: 8, blocks: 1 },
    steps: 120,
    batch: 4,
    piece: 12,
    learningRate: 0.01,
    warmupSteps: 5,
    average: 0.9,
    saveEvery: 60,
    threads: 1,
  };
  const result = await runRecipe(recipe);
  const { psnr, psnrBicubic } = result.validation!;
  assert.ok(psnr! > psnrBicubic! + 1, `${psnr} dB beside ${psnrBicubic}`);
  const { config, card } = await loadEnlarger(result.model!);
  assert.deepEqual([config.scale, card.name], [2, 'discs']);
  await using enlarger = await createEnlarger(result.model!, { threads: 1 });
  const made = await enlarger.enlarge(scene(10, 7));
  assert.deepEqual([made.width, made.height], [20, 14]);
  assert.ok(made.data.every((value) => value >= -1 && value <= 1));
  await assert.rejects(planCourse({ ...recipe, piece: 20 }), { code: 'training/bad-options' });
});

test('a configuration that makes no sense is refused, and a folder comes back as it was', async () => {
  assert.throws(() => enlargerConfig({ blocks: 0 }), { code: 'training/bad-enlarger-config' });
  assert.throws(() => enlargerConfig({ kind: 'horse' }), { code: 'training/bad-enlarger-config' });
  const folder = join(root, 'folder');
  mkdirSync(folder);
  const parameters = createParameters(enlargerParameters(TINY), 1);
  await saveEnlarger(folder, { config: TINY, parameters, card: CARD }, { precision: 'F32' });
  const loaded = await loadEnlarger(folder);
  assert.deepEqual(loaded.config, TINY);
  assert.deepEqual(loaded.parameters, parameters);
});
