import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ModelCatalogue, ModelDriver, ModelIdentity, TokenModel } from '../../kernel/index.ts';
import { createModelCatalogue } from './catalogue.ts';

const root = mkdtempSync(join(tmpdir(), 'catalogue-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** Writes a model beside its place and moves it there, as publishing does. */
function put(name: string, weights: string): void {
  const draft = join(root, '.draft');
  mkdirSync(draft);
  writeFileSync(join(draft, 'card.json'), '{}');
  writeFileSync(join(draft, 'weights'), weights);
  rmSync(join(root, name), { recursive: true, force: true });
  renameSync(draft, join(root, name));
}

function fakeDriver() {
  const closed: string[] = [];
  const opened: string[] = [];
  const identityOf = (folder: string): ModelIdentity => {
    const digest = readFileSync(join(folder, 'weights'), 'utf8');
    return { name: 'm', digest, engine: 'fake', licence: 'CC0-1.0', reproducible: true };
  };
  const driver: ModelDriver = {
    identify: async (folder) => identityOf(folder),
    createTokenModel: async (folder) => {
      const identity = identityOf(folder);
      if (identity.digest === 'broken') throw new Error('broken');
      opened.push(identity.digest);
      const close = async (): Promise<void> => void closed.push(identity.digest);
      return { identity, [Symbol.asyncDispose]: close } as unknown as TokenModel;
    },
  };
  return { driver, opened, closed };
}

test('[HO13] a model is opened once, and anew when it was replaced; what was open before is closed at the end', async () => {
  const { driver, opened, closed } = fakeDriver();
  const catalogue = createModelCatalogue([root], { house: driver });
  const digestOf = async (): Promise<string> => (await catalogue.openTokenModel('m')).identity.digest;
  put('m', 'one');
  assert.deepEqual(await Promise.all([digestOf(), digestOf()]), ['one', 'one']);
  assert.equal((await catalogue.identify('m')).digest, 'one');
  put('m', 'two');
  assert.equal((await catalogue.identify('m')).digest, 'two');
  assert.deepEqual([await digestOf(), await digestOf()], ['two', 'two']);
  assert.deepEqual([opened, closed], [['one', 'two'], []], 'what a job still writes with is not closed under it');
  put('m', 'broken');
  await assert.rejects(digestOf(), { message: 'broken' });
  writeFileSync(join(root, 'm/weights'), 'mended');
  assert.equal(await digestOf(), 'mended');
  await catalogue[Symbol.asyncDispose]();
  assert.deepEqual(closed.sort(), ['mended', 'one', 'two']);
});

test('a model that is switched off is listed, and is not there for anybody; switched on again it is', async () => {
  put('small', 'x');
  const opened = (): ModelCatalogue => createModelCatalogue([root], { house: fakeDriver().driver }, join(root, 'off'));
  await using catalogue = opened();
  await catalogue.setEnabled('small', false);
  await using another = opened();
  assert.equal(await another.find('small'), undefined);
  assert.equal((await another.list()).find(({ name }) => name === 'small')?.enabled, false);
  await assert.rejects(another.get('small'), { code: 'host/model-off' });
  await another.setEnabled('small', true);
  assert.equal((await catalogue.find('small'))?.name, 'small');
  await assert.rejects(catalogue.setEnabled('large', true), { code: 'host/model-missing' });
});
