/** The painter against PyTorch's recorded answers, on any size, and on pictures small enough to be learned by heart. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLearner, createParameters, freshLearnerState } from '../learn/index.ts';
import { ganConfig, painterConfig } from './config.ts';
import { createDuel } from './duel.ts';
import { generatorParameters } from './generator.ts';
import { painterParameters } from './painter.ts';
import { painterObjective, patchObjective } from './painter-objectives.ts';
import { patchBuffers, patchParameters } from './patch-discriminator.ts';
import { createPictureGenerator } from './picture-generator.ts';
import { loadPictureModel, savePictureModel } from './picture-model.ts';
import { readReference, wave, waveBuffers, waveParameters } from './reference.ts';
import { drawSketch } from './sketch.ts';
import { createBrush, createSketchPainter } from './sketch-painter.ts';

const TINY = painterConfig({ generator: [4, 6, 8], discriminator: [4, 6], groups: 2 });
const CARD = { name: 'tiny', licence: 'Apache-2.0', summary: { en: 'Tiny.', zh: '很小。' } };

function assertClose(what: string, found: ArrayLike<number>, expected: readonly number[], tolerance = 1e-5): void {
  assert.equal(found.length, expected.length, what);
  const size = Math.max(...expected.map(Math.abs), 1e-3);
  expected.forEach((value, i) => {
    const off = Math.abs(found[i]! - value) / size;
    assert.ok(off < tolerance, `${what}[${i}]: ${found[i]} instead of ${value}`);
  });
}

const coded = (code: string) => (error: unknown) => (error as { code: string }).code === code;

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'llmagentos-painter-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('[TR1] a painting and a step of the painter are PyTorch’s', async () => {
  const recorded = readReference().painter;
  const weights = waveParameters(painterParameters(TINY), 100);
  await using brush = createBrush(TINY, { threads: 1 });
  const sketches = { data: wave([2, 1, 8, 12], 1).data, width: 12, height: 8, channels: 1 };
  const { data } = await brush.paint(weights, sketches);
  assertClose('painting', data.subarray(0, 288), recorded.painting);

  const objective = painterObjective(TINY, { batch: 2, size: 8 });
  const optimiser = { kind: 'adamw', beta1: 0.5, beta2: 0.99, epsilon: 0.01 } as const;
  const frozen = new Map([...waveParameters(patchParameters(TINY), 200), ...waveBuffers(patchBuffers(TINY), 300)]);
  await using learner = await createLearner(objective, freshLearnerState(objective, weights), {
    optimiser,
    threads: 1,
  });
  const pair = { sketch: wave([2, 1, 8, 8], 1), picture: wave([2, 3, 8, 8], 2) };
  const { loss, reports } = await learner.step(pair, 0.02, frozen);
  const { pixels, features } = recorded;
  assertClose('loss', [loss, reports.pixels!, reports.features!], [recorded.loss, pixels, features]);
  for (const [name, values] of Object.entries(recorded.after)) {
    assertClose(name, learner.parameters().get(`generator.${name}`)!, values, 2e-5);
  }
});

test('[TR1] a painter learns two pairs by heart, and keeps what it learned in its folder', async () => {
  const config = painterConfig({ generator: [8, 16], discriminator: [8, 8], groups: 4 });
  const options = { batch: 2, size: 8 };
  await using duel = await createDuel({
    generator: painterObjective(config, options),
    discriminator: patchObjective(config, options),
    seed: 1,
    learner: { optimiser: { kind: 'adamw', beta1: 0.5, beta2: 0.99 }, threads: 1 },
    average: 0.9,
  });
  const disc = (radius: number): boolean[] =>
    Array.from({ length: 64 }, (_, i) => Math.hypot((i % 8) - 3.5, (i >> 3) - 3.5) < radius);
  const pictures = [disc(3.2).map((x) => [x ? 1 : -1, -0.8, -0.8]), disc(1.6).map((x) => [-0.8, x ? 1 : -1, 0.8])];
  const planes = Float32Array.from(pictures.flatMap((one) => [0, 1, 2].flatMap((c) => one.map((pixel) => pixel[c]!))));
  const size = { width: 8, height: 8, channels: 3 };
  const lines = [0, 1].flatMap((i) => [
    ...drawSketch(planes.subarray(192 * i, 192 * (i + 1)), { ...size, wobble: 0, gaps: 0 }),
  ]);
  const pair = {
    sketch: { data: Float32Array.from(lines), shape: [2, 1, 8, 8] },
    picture: { data: planes, shape: [2, 3, 8, 8] },
  };
  for (let step = 0; step < 150; step++) await duel.step(step, pair, pair, { generator: 0.01, discriminator: 0.002 });
  await inFolder(async (folder) => {
    await savePictureModel(folder, { config, weights: duel.average(), card: CARD });
    await using painter = await createSketchPainter(folder, { threads: 1 });
    const painted = await painter.paint({ width: 8, height: 8, channels: 1, data: Float32Array.from(lines) });
    const off = painted.data.reduce((sum, value, i) => sum + Math.abs(value - planes[i]!), 0) / planes.length;
    assert.ok(off < 0.12, `${off} off`);
  });
});

test('sketches of any size are painted at their size; what does not fit is refused', async () => {
  const weights = createParameters(painterParameters(TINY), 0);
  await using brush = createBrush(TINY, { threads: 1 });
  for (const [width, height] of [
    [5, 9],
    [16, 4],
    [1, 1],
    [13, 13],
    [5, 9],
  ] as const) {
    const painted = await brush.paint(weights, {
      width,
      height,
      channels: 1,
      data: new Float32Array(2 * width * height),
    });
    assert.deepEqual([painted.width, painted.height, painted.data.length], [width, height, 6 * width * height]);
    assert.ok(painted.data.every((value) => Math.abs(value) <= 1));
  }
  const colour = { width: 4, height: 4, channels: 3, data: new Float32Array(48) };
  await assert.rejects(brush.paint(weights, colour), coded('training/bad-sketch'));
  const torn = { width: 4, height: 4, channels: 1, data: new Float32Array(17) };
  await assert.rejects(brush.paint(weights, torn), coded('training/bad-sketch'));
});

test('a model folder comes back as it was; the same seed makes the same pictures; broken folders are refused', async () => {
  const config = ganConfig({ latent: 4, generator: [8, 8], discriminator: [8], groups: 2 });
  const weights = createParameters(generatorParameters(config), 5);
  await inFolder(async (folder) => {
    await assert.rejects(createPictureGenerator(folder), coded('training/model-missing'));
    await savePictureModel(folder, { config, weights, card: CARD });
    const loaded = await loadPictureModel(folder);
    assert.deepEqual(loaded.config, config);
    assert.deepEqual(loaded.weights, weights);
    assert.equal(
      loaded.card.parameters,
      [...weights.values()].reduce((sum, one) => sum + one.length, 0),
    );
    await using generator = await createPictureGenerator(folder, { threads: 1 });
    const [three, ten] = [
      await generator.sample({ seed: 7, count: 3 }),
      await generator.sample({ seed: 7, count: 10 }),
    ];
    assert.deepEqual(ten.data.subarray(0, three.data.length), three.data);
    assert.notDeepEqual((await generator.sample({ seed: 8, count: 3 })).data, three.data);
    assert.deepEqual([ten.width, ten.height, ten.data.length], [8, 8, 10 * 192]);
    await assert.rejects(createSketchPainter(folder), coded('training/bad-picture-model'));
    const path = join(folder, 'config.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"latent": 4', '"latent": 5'));
    await assert.rejects(loadPictureModel(folder), coded('training/weights-mismatch'));
    await writeFile(path, '{"kind": "horse"}');
    await assert.rejects(loadPictureModel(folder), coded('training/bad-picture-model'));
  });
});

test('a sketch has dark lines where colours change, white paper elsewhere, and follows from its seed', () => {
  const size = { width: 32, height: 32, channels: 3 };
  const picture = Float32Array.from({ length: 3 * 1024 }, (_, i) => (i % 32 < 16 ? 0.9 : i < 1024 ? 0.9 : -0.9));
  const plain = drawSketch(picture, { ...size, wobble: 0, gaps: 0 });
  for (let y = 0; y < 32; y++) {
    const row = plain.subarray(32 * y, 32 * y + 32);
    assert.ok(Math.min(...row.subarray(14, 18)) < -0.5 && Math.min(...row.subarray(0, 12)) > 0.95, `row ${y}: ${row}`);
  }
  const drawn = drawSketch(picture, { ...size, seed: 1 });
  assert.deepEqual(drawSketch(picture, { ...size, seed: 1 }), drawn);
  assert.notDeepEqual(drawSketch(picture, { ...size, seed: 2 }), drawn);
  assert.ok(drawn.every((value) => value >= -1 && value <= 1));
});
