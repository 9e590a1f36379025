/** What every picture model owes the kernel, held against tiny ones of ours that have learned nothing. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  createParameters,
  diffusion,
  painterConfig,
  pictureParameters,
  savePictureModel,
  words,
} from '../../../training/index.ts';
import { createHousePictureModel, identifyPictureModel, isPictureFolder } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'house-pictures-'));
after(() => rmSync(root, { recursive: true }));

const CARD = { name: 'tiny', licence: 'CC0-1.0', summary: { en: 'Tiny.', zh: '极小。' }, trainedOn: [] };
const sketching = join(root, 'sketch');

const wording = join(root, 'words');

/** A tiny model that listens to words, its word vectors, and one picture it has seen. */
async function saveWording(folder: string): Promise<void> {
  const vocabulary = { words: ['cat', '猫'], counts: [5, 5], subwords: ['<ca'] };
  const vectors = { words: Float32Array.of(1, 0, 0, 0, 0.8, 0.6, 0, 0), subwords: new Float32Array(4).fill(0.5) };
  await words.saveWordFolder(join(root, 'vectors'), { vocabulary, vectors, card: CARD });
  const config = diffusion.diffusionConfig({
    picture: { channels: 3, height: 8, width: 8 },
    network: { kind: 'dit', patch: 4, width: 16, depth: 1, heads: 2, shared: true },
    process: { kind: 'flow' },
    prediction: 'flow',
    words: { dimensions: 4, styles: ['flat', 'icon'] },
  });
  const parameters = createParameters(
    diffusion
      .diffusionParameters(config)
      .map((one) => ({ ...one, start: { kind: 'normal', deviation: 0.2 } as const })),
    1,
  );
  await diffusion.saveDiffusionFolder(folder, { config, parameters, card: CARD, words: join(root, 'vectors') });
  const white = { width: 8, height: 8, data: new Float32Array(192).fill(1) };
  const small = diffusion.smallPicture(white);
  await diffusion.saveSeen(folder, { suspect: 0.1, names: ['snow'], sources: ['x'], small });
}

before(async () => {
  const config = painterConfig({ generator: [8, 8], discriminator: [8, 8], groups: 4 });
  await savePictureModel(sketching, { config, weights: createParameters(pictureParameters(config), 1), card: CARD });
  await saveWording(wording);
});

test('a painter of sketches says what it is, and paints any size alike each time', async () => {
  assert.equal(isPictureFolder(sketching), true);
  assert.equal(isPictureFolder(root), false);
  await using model = await createHousePictureModel(sketching, { threads: 1 });
  assert.deepEqual(await identifyPictureModel(sketching), model.identity);
  assert.deepEqual([model.source, model.channels, model.scale, model.labels.length], ['sketch', 1, 1, 0]);
  const data = Float32Array.from({ length: 30 * 20 }, (_, i) => (i % 7 === 0 ? -1 : 1));
  const from = { width: 30, height: 20, channels: 1, data };
  const made = await model.make({ seed: 1, from });
  assert.deepEqual([made.width, made.height, made.channels, made.data.length], [30, 20, 3, 3 * 600]);
  assert.ok(made.data.every((value) => value >= -1 && value <= 1));
  assert.deepEqual(await model.make({ seed: 1, from }), made);
});

test('a painter without a sketch says so, and stops on request', async () => {
  await using model = await createHousePictureModel(sketching, { threads: 1 });
  await assert.rejects(model.make({ seed: 1 }), { code: 'house/no-picture' });
  const from = { width: 8, height: 8, channels: 1, data: new Float32Array(64) };
  await assert.rejects(model.make({ seed: 1, from, signal: AbortSignal.abort() }), { code: 'core/cancelled' });
});

test('a model of words takes any, tells what it cannot know, and answers alike each time', async () => {
  await using model = await createHousePictureModel(wording, { threads: 1 });
  assert.deepEqual([model.source, model.open, model.size, model.styles], ['words', true, [8, 8], ['flat', 'icon']]);
  assert.deepEqual(model.strange!('cat cab 鸟'), { guessed: ['cab'], unknown: ['鸟'] });
  const cat = { seed: 1, steps: 3, labels: [{ label: 'cat', weight: 1 }] };
  const shares: number[] = [];
  const made = await model.make({ ...cat, onProgress: (done) => shares.push(done) });
  assert.deepEqual([made.width, made.height, made.data.length, shares.length], [8, 8, 192, 3]);
  assert.deepEqual((await model.make(cat)).data, made.data);
  const changes = [
    { seed: 2 },
    { style: 'icon' },
    { labels: [{ label: 'cat', weight: 1.5 }] },
    { without: [{ label: '猫', weight: 1 }] },
    { between: { labels: [{ label: '猫', weight: 1 }], share: 0.5 } },
  ];
  for (const change of changes) {
    assert.notDeepEqual((await model.make({ ...cat, ...change })).data, made.data, JSON.stringify(change));
  }
  assert.deepEqual(model.nearest!({ ...made, data: new Float32Array(192).fill(1) })!.distance, 0);
  await assert.rejects(model.make({ ...cat, style: 'oil' }), { code: 'training/unknown-style' });
});

test('a model of words begins from a picture of its size, and leaves what a mask keeps', async () => {
  await using model = await createHousePictureModel(wording, { threads: 1 });
  const from = { width: 8, height: 8, channels: 3, data: new Float32Array(192).fill(-0.5) };
  const keep = {
    width: 8,
    height: 8,
    channels: 1,
    data: Float32Array.from({ length: 64 }, (_, i) => (i < 32 ? 1 : -1)),
  };
  const cat = { seed: 1, steps: 4, labels: [{ label: 'cat', weight: 1 }], from };
  const kept = await model.make({ ...cat, keep });
  assert.ok(kept.data.every((value, i) => i % 64 >= 32 || value === -0.5));
  assert.ok(kept.data.some((value, i) => i % 64 >= 32 && Math.abs(value + 0.5) > 0.1));
  const little = await model.make({ ...cat, strength: 0.25 });
  const off = (data: Float32Array): number => data.reduce((sum, value) => sum + Math.abs(value + 0.5), 0);
  assert.ok(off(little.data) < off((await model.make({ ...cat, strength: 1 })).data));
  await assert.rejects(model.make({ ...cat, from: { ...from, width: 4, height: 16 } }), { code: 'house/picture-size' });
});
