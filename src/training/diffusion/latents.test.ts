/** Diffusion in a VAE's latent space, from pictures to pictures. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import { createParameters } from '../learn/index.ts';
import { runCourse } from '../loop/run-course.ts';
import { createPictureSet } from '../pictures/index.ts';
import { createVaeRunner, saveVaeFolder, vaeConfig, vaeParameters } from '../vae/index.ts';
import { pictureCollection } from './collection.ts';
import { diffusionCourse } from './course.ts';
import { diffusionCourseOptions } from './course-options.ts';
import { loadLatents } from './latents.ts';
import { createDiffusionModel } from './model-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'latents-'));
after(() => rmSync(folder, { recursive: true }));

const random = createRandom(4);
const label = (i: number) => ({ name: `${i}`, tags: ['猫', 'cat'], category: '', source: `${i}`, key: `${i}` });
const set = createPictureSet(
  Array.from({ length: 12 }, (_, i) => ({
    label: label(i),
    bytes: Uint8Array.from({ length: 192 }, () => random.integer(256)),
  })),
  { width: 8, height: 8, channels: 3 },
);
const config = vaeConfig({
  picture: { channels: 3, height: 8, width: 8 },
  width: 8,
  multipliers: [1, 1],
  groups: 4,
  latent: 2,
  bottleneck: { kind: 'kl' },
});
const vae = {
  config,
  parameters: createParameters(vaeParameters(config), 'vae'),
  card: { name: 'vae', licence: 'CC0-1.0', summary: { en: 'A VAE.', zh: '自编码器。' } },
};
await saveVaeFolder(join(folder, 'vae'), vae, { precision: 'F32' });

const options = diffusionCourseOptions({
  name: 'latent',
  out: join(folder, 'run'),
  pictures: { from: 'folder', folder, width: 8 },
  vae: join(folder, 'vae'),
  labels: 'tags',
  validationShare: 0.3,
  batch: 4,
  steps: 3,
  threads: 1,
  network: { kind: 'dit', patch: 1, width: 16, depth: 1, heads: 2 },
  process: { kind: 'flow' },
  prediction: 'flow',
  samples: { count: 2, columns: 2, steps: 2 },
});

test('latents are the encoder’s means, mirrored ones for half of the draws', async () => {
  const pixels = pictureCollection(set, options);
  const latents = await loadLatents(pixels, join(folder, 'vae'), options);
  assert.deepEqual(latents.picture, { channels: 2, height: 4, width: 4 });
  assert.deepEqual(latents.labels, ['cat', '猫']);
  await using runner = createVaeRunner(config, () => vae.parameters, { threads: 1 });
  const still = { ...createRandom(0), next: () => 0.9 };
  const [plain, turned] = [still, { ...still, next: () => 0.1 }].map((draw) => latents.train.batch([1], draw));
  const near = (found: Float32Array, wanted: Float32Array): void =>
    found.forEach((value, i) => {
      assert.ok(Math.abs(value - wanted[i]!) < 1e-4, `${value} for ${wanted[i]}`);
    });
  near(plain!, await runner.encode(pixels.train.batch([1], still)));
  near(turned!, await runner.encode(pixels.train.batch([1], { ...still, next: () => 0.1 })));
  assert.notDeepEqual(plain, turned);
});

test('a latent model’s folder holds its decoder, and makes pictures', async () => {
  const latents = await loadLatents(pictureCollection(set, options), join(folder, 'vae'), options);
  await using course = await diffusionCourse(options, latents);
  const { model: finished } = await runCourse(course, { out: options.out, steps: 3, sampleEvery: 3, identity: {} });
  await using model = await createDiffusionModel(finished, { threads: 1 });
  let previews = 0;
  const onPreview = (preview: { pictures: { width: number; data: Float32Array } }): void => {
    assert.deepEqual([preview.pictures.width, preview.pictures.data.length], [8, 3 * 192]);
    previews += 1;
  };
  const made = await model.sample({ count: 3, seed: 1, steps: 4, labels: [['猫']], onPreview });
  assert.equal(previews, 4);
  assert.deepEqual([made.width, made.height, made.channels, made.data.length], [8, 8, 3, 3 * 192]);
  assert.ok(made.data.every((value) => Math.abs(value) <= 1));
});

test('a latent model begins from pictures: they are encoded, and the less of the way is gone the more of them is left', async () => {
  await using model = await createDiffusionModel(join(options.out, 'model'), { threads: 1 });
  await using runner = createVaeRunner(config, () => vae.parameters, { threads: 1 });
  const data = set.batch([0]);
  const back = await runner.decode(await runner.encode(data));
  const off = async (strength: number): Promise<number> => {
    const made = await model.sample({ count: 1, seed: 1, steps: 20, start: { data, strength } });
    return made.data.reduce((sum, value, i) => sum + Math.abs(value - back[i]!), 0) / back.length;
  };
  const [little, all] = [await off(0.05), await off(1)];
  assert.ok(little < 0.5 * all, `${little} of ${all}`);
  const keep = new Float32Array(64).fill(1);
  const kept = await model.sample({ count: 1, seed: 1, steps: 4, start: { data, strength: 1 }, keep });
  kept.data.forEach((value, i) => {
    assert.ok(Math.abs(value - back[i]!) < 1e-2, `${value} for ${back[i]}`);
  });
});
