/** Folders of Hugging Face's kind and pipelines of diffusers' kind, added to a whole system and used; and one model through two runtimes. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createOs, type Os, SHIPPED_MODELS } from '../src/host/index.ts';
import type { TokenModel } from '../src/kernel/index.ts';
import { exportOnnx, loadModelFolder } from '../src/training/index.ts';

const root = mkdtempSync(join(tmpdir(), 'transformers-driver-'));
const DRIVERS = join(import.meta.dirname, '../src/drivers');
let os: Os;

before(async () => {
  os = await createOs({ home: join(root, 'home') });
});
after(async () => {
  await os[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

/** Whose processes can be found by their parent. */
const ON_LINUX = { skip: process.platform === 'linux' ? false : 'processes are found in /proc' };

/** The likeliest token, again and again. */
async function greedy(model: TokenModel, prompt: readonly number[], count: number): Promise<number[]> {
  await using batch = await model.open(prompt, 1);
  const written: number[] = [];
  for (let i = 0; i < count; i++) {
    const logits = batch.logits(0);
    written.push(logits.reduce((best, value, id) => (value > logits[best]! ? id : best), 0));
    await batch.extend([written.at(-1)!]);
  }
  return written;
}

test('folders are known by what they hold, and each can be used as what it is', async () => {
  const kinds = [
    ['transformers/fixtures/gpt2', 'transformers', ['token', 'chat']],
    ['transformers/fixtures/bert-gaps', 'transformers', ['gaps']],
    ['transformers/fixtures/bert-embed', 'transformers', ['embedder']],
    ['transformers/fixtures/clip', 'transformers', ['eye']],
    ['transformers/fixtures/enlarge', 'transformers', ['picture']],
    ['onnx/fixtures/diffusers', 'onnx', ['picture']],
  ] as const;
  for (const [folder, driver, roles] of kinds) {
    const { entry, memory } = await os.addModel({ source: join(DRIVERS, folder), licence: 'CC0-1.0' });
    assert.deepEqual([entry.driver, entry.roles, entry.card.licence], [driver, roles, 'CC0-1.0'], folder);
    assert.ok(memory! > 10 ** 8);
  }
  const model = await os.models.openPictureModel('diffusers');
  assert.equal((await model.make({ seed: 1, steps: 2 })).width, 32);
  const eye = await os.models.openPictureEye('clip');
  assert.deepEqual(eye.skills, ['match']);
  await assert.rejects(os.models.openTextEmbedder('clip'), { code: 'engine/cannot' });
  await assert.rejects(os.models.openChatModel('diffusers'), { code: 'host/wrong-role' });
});

test('a model of ours, exported for transformers.js, writes the same greedy text there as here', async () => {
  const folder = join(root, 'verse');
  const ours = await loadModelFolder(join(SHIPPED_MODELS, 'verse-zh'));
  await exportOnnx(folder, ours);
  await os.addModel({ source: folder, name: 'verse-there', driver: 'transformers' });
  const there = await os.models.openTokenModel('verse-there');
  const { createHouseTokenModel } = await import('../src/drivers/house/index.ts');
  await using here = await createHouseTokenModel(join(SHIPPED_MODELS, 'verse-zh'));
  assert.equal(there.contextLength, here.contextLength);
  assert.deepEqual(there.vocabulary, here.vocabulary);
  const prompt = here.encode('<title>春夜');
  assert.deepEqual(there.encode('<title>春夜'), prompt);
  assert.deepEqual(await greedy(there, prompt, 60), await greedy(here, prompt, 60));
});

test('an engine that is killed in the middle fails that call, and the next one begins anew', ON_LINUX, async () => {
  const model = await os.models.openChatModel('gpt2');
  const messages = [{ role: 'user', parts: [{ kind: 'text', text: 'moon' }] }] as const;
  let told = 0;
  const onText = (): void => {
    if (told++ === 0) process.kill(engineOf(), 'SIGKILL');
  };
  await assert.rejects(model.reply({ messages, seed: 1, temperature: 2, onText }), { code: 'engine/died' });
  assert.ok((await model.reply({ messages, temperature: 0, maxTokens: 4 })).usage.output > 0);
});

/** The newest child of ours that runs the engine. */
function engineOf(): number {
  const found = readdirSync('/proc').filter((pid) => {
    try {
      const own = readFileSync(`/proc/${pid}/status`, 'utf8').includes(`PPid:\t${process.pid}\n`);
      return own && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('drivers/transformers/engine/main.ts');
    } catch {
      return false;
    }
  });
  return Math.max(...found.map(Number));
}

test('a card that was tampered with is refused before anything is loaded', async () => {
  const { entry } = await os.addModel({ source: join(DRIVERS, 'transformers/fixtures/bert-embed'), name: 'tampered' });
  writeFileSync(join(entry.folder, 'card.json'), JSON.stringify({ ...entry.card, threads: 'many' }));
  await assert.rejects(os.models.openTextEmbedder('tampered'), { code: 'engine/broken-model', message: /threads/ });
});
