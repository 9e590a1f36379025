import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Made, ModelEntry, WorkshopHooks } from '../../../kernel/index.ts';
import { chooseBase } from './choose-base.ts';
import type { Surroundings } from './surroundings.ts';

const hooks: WorkshopHooks = {
  signal: new AbortController().signal,
  onProgress: () => assert.fail('nothing is measured'),
  onFacts: () => assert.fail('nothing is told'),
};
const corpus: Made = { digest: 'none' };

function among(entries: readonly Pick<ModelEntry, 'name' | 'card' | 'fault'>[]): Surroundings {
  const unexpected = new Proxy({}, { get: (_, name) => assert.fail(`unexpected ${String(name)}`) });
  const listModels = async () =>
    entries.map((entry) => ({ folder: '', enabled: true, driver: 'house', roles: [], ...entry }));
  return {
    home: '',
    fetch: () => assert.fail(),
    shelf: unexpected as Surroundings['shelf'],
    listModels,
    folderOfModel: () => assert.fail(),
  };
}

const own = { writes: 'prose', trainedOn: [{ name: "the artist's own work", dataset: 'd', base: 'prose' }] };
const prose = { writes: 'prose', trainedOn: [{ name: 'Old novels', licence: 'public domain' }] };

test('[MO44] a base writes prose, and was not made from own work, whose held-out chapters it may have read', async () => {
  const verse = { name: 'verse', card: {} };
  const broken = { name: 'broken', card: prose, fault: 'card.json: bad' };
  const found = await chooseBase(
    among([verse, broken, { name: 'my-voice', card: own }, { name: 'prose', card: prose }]),
    corpus,
    hooks,
  );
  assert.equal(found, 'prose');
  const none = chooseBase(among([verse, broken, { name: 'my-voice', card: own }]), corpus, hooks);
  await assert.rejects(none, { code: 'house/no-base', kind: 'unavailable' });
});
