/** An enlarger as a picture model, held against a tiny one of ours that has learned nothing. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createParameters, enlargerConfig, enlargerParameters, saveEnlarger } from '../../../training/index.ts';
import { createHousePictureModel, identifyPictureModel, isPictureFolder } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'house-enlarger-'));
after(() => rmSync(folder, { recursive: true }));

before(async () => {
  const config = enlargerConfig({ width: 4, blocks: 1 });
  const card = { name: 'tiny', licence: 'CC0-1.0', summary: { en: 'Tiny.', zh: '极小。' }, trainedOn: [] };
  await saveEnlarger(folder, { config, parameters: createParameters(enlargerParameters(config), 1), card });
});

test('an enlarger says what it is, and makes any picture twice as large, alike each time', async () => {
  assert.equal(isPictureFolder(folder), true);
  await using model = await createHousePictureModel(folder, { threads: 1 });
  assert.deepEqual(await identifyPictureModel(folder), model.identity);
  assert.deepEqual([model.source, model.channels, model.scale, model.labels.length], ['small', 3, 2, 0]);
  const data = Float32Array.from({ length: 3 * 20 * 11 }, (_, i) => Math.sin(i));
  const from = { width: 20, height: 11, channels: 3, data };
  const told: number[] = [];
  const made = await model.make({ seed: 1, from, onProgress: (done) => told.push(done) });
  assert.deepEqual([made.width, made.height, made.channels, made.data.length], [40, 22, 3, 12 * 220]);
  assert.ok(made.data.every((value) => value >= -1 && value <= 1));
  assert.deepEqual(await model.make({ seed: 2, from }), made);
  assert.deepEqual(told, [1]);
});

test('without a picture it says so, and it stops on request', async () => {
  await using model = await createHousePictureModel(folder, { threads: 1 });
  await assert.rejects(model.make({ seed: 1 }), { code: 'house/no-picture' });
  const from = { width: 8, height: 8, channels: 3, data: new Float32Array(192) };
  await assert.rejects(model.make({ seed: 1, from, signal: AbortSignal.abort() }), { code: 'core/cancelled' });
});
