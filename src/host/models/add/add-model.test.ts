import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { zipSync } from 'fflate';
import type { ModelDriver } from '../../../kernel/index.ts';
import { createOs, type Os, SHIPPED_MODELS } from '../../index.ts';

const root = mkdtempSync(join(tmpdir(), 'add-model-'));
after(() => rmSync(root, { recursive: true, force: true }));

const open = (config: Parameters<typeof createOs>[0] = {}): Promise<Os> =>
  createOs({ home: mkdtempSync(join(root, 'home-')), ...config });

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(mkdtempSync(join(root, 'files-')), name);
  writeFileSync(path, bytes);
  return path;
}

/** Knows files that begin with `FAKE`, and says what is wrong with those that go on with `!`. */
const fakeDriver: ModelDriver = {
  identify: async () => ({ name: 'x', digest: 'x', engine: 'fake', licence: 'CC0-1.0', reproducible: true }),
  roles: () => ['token'],
  recognise: async (source) => {
    if (source.kind !== 'file' || !Buffer.from(source.head).toString('latin1').startsWith('FAKE')) return undefined;
    return { card: { licence: 'MIT', width: 8 }, memory: 1234 };
  },
};

test('[MO1] a model is known by its content; what is large stays where it is, and the card says where', async () => {
  await using os = await open({ driver: fakeDriver });
  const path = file('My Model (v2).bin', 'FAKE weights of a model');
  const { entry, memory } = await os.addModel({ source: path });
  assert.deepEqual([entry.name, entry.driver, entry.roles, memory], ['my-model-v2-.bin', 'house', ['token'], 1234]);
  assert.equal(entry.card.file, path);
  assert.equal(entry.card.licence, 'MIT');
  assert.match(String(entry.card.sha256), /^[0-9a-f]{64}$/);
  await assert.rejects(os.addModel({ source: path }), { code: 'host/model-name-taken' });
  const copied = await os.addModel({
    source: path,
    name: 'kept',
    copy: true,
    licence: 'CC-BY-4.0',
    fields: { width: 9 },
  });
  assert.deepEqual([copied.entry.card.licence, copied.entry.card.width], ['CC-BY-4.0', 9]);
  assert.equal(
    readFileSync(join(copied.entry.folder, String(copied.entry.card.file)), 'utf8'),
    'FAKE weights of a model',
  );
});

test('[MO2] what runs code, or is no model at all, is refused with the reason', async () => {
  await using os = await open({ driver: fakeDriver });
  const refuse = (bytes: Uint8Array | string, code: string, message: RegExp): Promise<void> =>
    assert.rejects(os.addModel({ source: file('model.gguf', bytes), name: 'm' }), (error: Error & { code: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
  await refuse(Uint8Array.of(0x80, 4, 0x95, 1, 0, 0, 0, 0, 0, 0, 0), 'host/pickle-refused', /runs whatever code/);
  await refuse(zipSync({ 'archive/data.pkl': Uint8Array.of(0x80, 2, 0x7d, 0x2e) }), 'host/pickle-refused', /pickle/);
  await refuse('version https://git-lfs.github.com/spec/v1\noid sha256:00\n', 'host/not-a-model', /pointer of Git LFS/);
  await refuse('<!DOCTYPE html><html>404</html>', 'host/not-a-model', /web page/);
  await refuse('', 'host/not-a-model', /empty/);
  await refuse('something else that is long enough', 'host/not-a-model', /no engine/);
  await assert.rejects(os.addModel({ source: join(root, 'nowhere') }), { code: 'host/model-source-missing' });
  await assert.rejects(os.addModel({ source: file('x', 'FAKE 12345678'), name: '../x' }), {
    code: 'host/bad-model-name',
  });
  assert.equal(
    (await os.models.list()).some(({ folder }) => folder.startsWith(os.home)),
    false,
    'nothing is left behind',
  );
});

test('[MO3] one of our own models is added from its folder, preferred, and removed; those that ship stay', async () => {
  await using os = await open();
  const { entry } = await os.addModel({ source: join(SHIPPED_MODELS, 'verse-zh'), name: 'my-verse' });
  assert.deepEqual([entry.driver, entry.roles, entry.card.name], ['house', ['token'], 'my-verse']);
  assert.equal((await os.models.identify('my-verse')).licence, 'Apache-2.0');
  assert.deepEqual(await os.setDefault('token', 'my-verse'), { token: 'my-verse' });
  await assert.rejects(os.setDefault('sound', 'my-verse'), { code: 'host/wrong-role' });
  await assert.rejects(os.setDefault('token', 'none'), { code: 'host/model-missing' });
  assert.deepEqual(await os.defaults(), { token: 'my-verse' });
  assert.deepEqual(await os.setDefault('token', undefined), {});
  const { kept } = await os.removeModel('my-verse');
  assert.equal(existsSync(entry.folder), false);
  assert.ok(existsSync(join(kept, 'model.safetensors')), 'laid aside, not destroyed');
  await assert.rejects(os.removeModel('my-verse'), { code: 'host/model-missing' });
  await assert.rejects(os.removeModel('verse-zh'), { code: 'host/model-ships' });
});

test('[MO4] files that a card only names stay when the model is removed', async () => {
  await using os = await open({ driver: fakeDriver });
  const path = file('weights', 'FAKE weights');
  await os.addModel({ source: path, name: 'mine' });
  await os.removeModel('mine');
  assert.ok(existsSync(path));
  mkdirSync(join(os.home, 'models'), { recursive: true });
  assert.deepEqual(
    (await os.models.list()).filter(({ folder }) => folder.startsWith(os.home)),
    [],
  );
});

test('[MO5] every model that ships can be used, word vectors too', async () => {
  await using os = await open();
  const shipped = (await os.models.list()).filter(({ folder }) => folder.startsWith(SHIPPED_MODELS));
  assert.ok(shipped.length >= 6);
  for (const { name, roles } of shipped) {
    assert.match((await os.models.identify(name)).digest, /^[0-9a-f]{64}$/, name);
    assert.equal(roles.length, name === 'words' ? 0 : 1, name);
  }
});
