import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRandomModelFolder } from '../training/index.ts';
import { runTyped } from './fixture.ts';

const root = mkdtempSync(join(tmpdir(), 'keep-models-'));
after(() => rmSync(root, { recursive: true, force: true }));
const env = { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: join(root, 'home') };
const typed = (...argv: string[]): ReturnType<typeof runTyped> => runTyped(argv, { env });

test('[CL90] a model of your own is added, listed, shown, preferred and removed', async () => {
  const folder = join(root, 'theirs');
  const vocabulary = ['<pad>', '<s>', '</s>', '<unk>', ...'春眠不觉晓'];
  await createRandomModelFolder(folder, { vocabulary, max_position_embeddings: 32 });
  const added = await typed(
    'models',
    'add',
    folder,
    '--name',
    'mine',
    '--licence',
    'CC0-1.0',
    '--set',
    'year=2026',
    '--default',
    '--json',
  );
  assert.equal(added.exitCode, 0, added.err + added.out);
  const { name, driver, roles, card } = JSON.parse(added.out).added;
  assert.deepEqual([name, driver, roles, card.licence, card.year], ['mine', 'house', ['token'], 'CC0-1.0', 2026]);
  const listed = JSON.parse((await typed('models', 'list', '--json')).out).models;
  assert.equal(listed.find((one: { name: string }) => one.name === 'mine').usable, true);
  const shown = JSON.parse((await typed('models', 'show', 'mine', '--json')).out).model;
  assert.deepEqual([shown.defaultFor, shown.reproducible], [['token'], true]);
  assert.match((await typed('models', 'show', 'mine', '--lang', 'zh')).out, /同种子同结果\s+是/);
  assert.deepEqual(JSON.parse((await typed('models', 'default', 'token', '--none', '--json')).out), { defaults: {} });
  assert.match((await typed('models', 'default')).out, /No wish was noted/);
  const removed = await typed('models', 'remove', 'mine');
  assert.match(removed.out, /mine was removed/);
  assert.equal((await typed('models', 'show', 'mine')).exitCode, 69);
});

test('[CL91] what cannot be a model is refused with its reason, in both languages', async () => {
  const pickle = join(root, 'model.gguf');
  writeFileSync(pickle, Uint8Array.of(0x80, 4, 0x95, 1, 0, 0, 0, 0, 0, 0));
  const refused = await typed('models', 'add', pickle);
  assert.equal(refused.exitCode, 77);
  assert.match(refused.err, /Python pickle/);
  assert.match((await typed('models', 'add', pickle, '--lang', 'zh')).err, /会运行其中的任意代码/);
  assert.equal((await typed('models', 'add', pickle, '--set', 'nothing')).exitCode, 64);
});
