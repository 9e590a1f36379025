/** What every picture model owes the kernel, held against tiny ones of ours that have learned nothing. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createParameters, painterConfig, pictureParameters, savePictureModel } from '../../../training/index.ts';
import { createHousePictureModel, identifyPictureModel, isPictureFolder } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'house-pictures-'));
after(() => rmSync(root, { recursive: true }));

const CARD = { name: 'tiny', licence: 'CC0-1.0', summary: { en: 'Tiny.', zh: '极小。' }, trainedOn: [] };
const sketching = join(root, 'sketch');

before(async () => {
  const config = painterConfig({ generator: [8, 8], discriminator: [8, 8], groups: 4 });
  await savePictureModel(sketching, { config, weights: createParameters(pictureParameters(config), 1), card: CARD });
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
