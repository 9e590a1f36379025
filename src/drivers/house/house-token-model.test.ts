import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRandomModelFolder } from '../../training/index.ts';
import { createHouseTokenModel, identifyHouseModel } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'house-'));
after(() => rmSync(folder, { recursive: true }));

test('[HO1] a model folder is served through the port: identity, vocabulary, writing and scoring', async () => {
  const vocabulary = ['<unk>', '<s>', ...'春眠不觉晓处闻啼鸟'];
  await createRandomModelFolder(folder, { vocabulary, max_position_embeddings: 24 });
  await using model = await createHouseTokenModel(folder);
  assert.deepEqual([...model.vocabulary], vocabulary);
  assert.equal(model.contextLength, 24);
  assert.match(model.identity.digest, /^[0-9a-f]{64}$/);
  assert.deepEqual(
    [model.identity.name, model.identity.licence, model.identity.reproducible],
    ['random', 'Apache-2.0', true],
  );
  await using batch = await model.open([1, 2], 2);
  await batch.extend([3, 4]);
  batch.select([1, 1]);
  batch.rewind(2);
  assert.deepEqual([batch.width, batch.length, batch.logits(1).length], [2, 2, vocabulary.length]);
  const [scores] = await model.score([[1, 2, 3]]);
  assert.equal(scores!.length, 3);
  assert.deepEqual(await identifyHouseModel(folder), model.identity);
  assert.notEqual((await identifyHouseModel(folder, { arithmetic: 'I8' })).engine, model.identity.engine);
  writeFileSync(join(folder, 'novelty.bin'), 'abc');
  assert.equal(model.companion('novelty.bin')?.length, 3);
  assert.equal(model.companion('absent.bin'), undefined);
  assert.equal(model.companion('../house/novelty.bin'), undefined);
  await assert.rejects(createHouseTokenModel(join(folder, 'nowhere')), { code: 'training/model-missing' });
});
