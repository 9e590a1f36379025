/** A model that this machine has no room for: said before it is loaded, with the largest that fits, wherever a person meets it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createClient } from '../sdk/src/index.ts';
import { runTyped } from '../src/cli/fixture.ts';
import { createOs, type Os } from '../src/host/index.ts';
import { serveHttp } from '../src/server/http/index.ts';
import { exportGguf } from '../src/training/index.ts';
import { tinyModel } from './llama-tiny.ts';

const root = mkdtempSync(join(tmpdir(), 'too-large-'));
const home = join(root, 'home');
const env = { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home };
const typed = (...argv: string[]): ReturnType<typeof runTyped> => runTyped(argv, { env });
let os: Os;

/** The same file with a head that speaks of sixteen million layers: two tebibytes of keys and values. */
function giant(bytes: Buffer): Buffer {
  const key = Buffer.from('llama.block_count');
  const at = bytes.indexOf(key) + key.length;
  assert.equal(bytes.readUInt32LE(at), 4, 'an unsigned number of 32 bits');
  const grown = Buffer.from(bytes);
  grown.writeUInt32LE(2 ** 24, at + 4);
  return grown;
}

before(async () => {
  for (const [name, context] of [
    ['small', 256],
    ['middle', 4096],
  ] as const) {
    await exportGguf(join(root, `${name}.gguf`), tinyModel(context), { precision: 'F16' });
  }
  writeFileSync(join(root, 'giant.gguf'), giant(readFileSync(join(root, 'small.gguf'))));
  os = await createOs({ home, modelFolders: [join(home, 'models')] });
  for (const name of ['small', 'middle', 'giant']) {
    await os.addModel({ source: join(root, `${name}.gguf`), name, licence: 'CC0-1.0' });
  }
});
after(async () => {
  await os[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

test('[TL1] the refusal names the largest of the same role that fits and its need in MiB, in both languages', async () => {
  const need = Math.ceil((await os.fit('middle'))!.need / 2 ** 20);
  const model = await os.models.openChatModel('giant');
  const said = (thrown: unknown) => thrown as { code: string; hint: string; zh: { hint: string } };
  const thrown = await model.reply({ messages: [] }).then(() => assert.fail('it fitted'), said);
  assert.equal(thrown.code, 'engine/out-of-memory');
  assert.match(thrown.hint, new RegExp(`fits is 'middle' \\(about ${need} MiB\\)`));
  assert.match(thrown.zh.hint, new RegExp(`最大的是“middle”（约需 ${need} MiB）`));
  assert.deepEqual(os.residents(), [], 'nothing was loaded for it');
});

test('[TL2] a model that is off, or of another role, is not named; where none fits, none is', async () => {
  await os.models.setEnabled('middle', false);
  assert.equal((await os.fit('giant'))!.instead?.model, 'small');
  await os.models.setEnabled('small', false);
  assert.equal((await os.fit('giant'))!.instead, undefined);
  for (const name of ['middle', 'small']) await os.models.setEnabled(name, true);
  assert.deepEqual((await os.fit('small'))!.fits, true);
  assert.equal(await os.fit('nobody'), undefined);
});

test('[TL3] models show and models add say it, in both languages', async () => {
  const english = await typed('models', 'show', 'giant');
  assert.match(english.out, /too large for this machine now/);
  assert.match(english.out, /The largest that fits and can do the same: middle \(about \d+ MiB\)/);
  assert.match(
    (await typed('models', 'show', 'giant', '--lang', 'zh')).out,
    /本机目前装不下.*\n.*最大的是 middle（约需 \d+ MiB）/,
  );
  const added = await typed('models', 'add', join(root, 'giant.gguf'), '--name', 'again', '--licence', 'CC0-1.0');
  assert.match(added.out, /too large for this machine now/);
  const { fit } = JSON.parse((await typed('models', 'show', 'small', '--json')).out).model;
  assert.deepEqual([fit.fits, fit.need > 2 ** 20], [true, true]);
});

test('[TL4] over HTTP a model tells its need, and one that does not fit the largest that does', async () => {
  const server = await serveHttp(os, { port: 0, version: '0.0.0' });
  try {
    const { models } = await createClient({ baseUrl: server.url, key: server.key }).models();
    const [giant, small] = ['giant', 'small'].map((name) => models.find((one) => one.name === name)!.fit!);
    assert.deepEqual([giant!.fits, giant!.instead!.model, small!.fits], [false, 'middle', true]);
    assert.equal(giant!.instead!.bytes, (await os.fit('middle'))!.need);
  } finally {
    await server[Symbol.asyncDispose]();
  }
});
