/** LoRA adapters over a GGUF file: what llama.cpp computes with them is what the merged weights compute. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createOs, type Os } from '../src/host/index.ts';
import type { TokenModel } from '../src/kernel/index.ts';
import { exportGguf } from '../src/training/index.ts';
import { loraFile, merged, randomLora } from './llama-lora.ts';
import { tinyModel } from './llama-tiny.ts';

const root = mkdtempSync(join(tmpdir(), 'llama-lora-'));
const base = tinyModel(128);
const lora = randomLora(base);
const at = (name: string): string => join(root, `${name}.gguf`);
let os: Os;

before(async () => {
  await exportGguf(at('base'), base, { precision: 'F32' });
  await exportGguf(at('merged'), merged(base, lora), { precision: 'F32' });
  await exportGguf(at('half'), merged(base, lora, 0.5), { precision: 'F32' });
  writeFileSync(at('lora'), loraFile(lora));
  os = await createOs({ home: join(root, 'home') });
});
after(async () => {
  await os[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

const add = (name: string, file: string, adapters?: object[]) =>
  os.addModel({
    ...{ source: at(file), name, licence: 'CC0-1.0' },
    ...(adapters && { fields: { adapters: adapters as never } }),
  });

/** The most likely tokens one after another, and the logits before the first. */
async function greedy(name: string): Promise<{ readonly ids: number[]; readonly logits: Float32Array }> {
  const model: TokenModel = await os.models.openTokenModel(name);
  await using batch = await model.open(model.encode('The night is'), 1);
  const logits = Float32Array.from(batch.logits(0));
  const ids: number[] = [];
  while (ids.length < 32) {
    ids.push(batch.logits(0).reduce((best, value, id, all) => (value > all[best]! ? id : best), 0));
    await batch.extend([ids.at(-1)!]);
  }
  return { ids, logits };
}

const farthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

test('[LO1] greedy text through an adapter is that of the merged weights, and not that of the base', async () => {
  await add('base', 'base');
  await add('merged', 'merged');
  await add('adapted', 'base', [{ file: at('lora'), strength: 1 }]);
  const [plain, whole, adapted] = [await greedy('base'), await greedy('merged'), await greedy('adapted')];
  assert.deepEqual(adapted.ids, whole.ids);
  assert.notDeepEqual(adapted.ids, plain.ids);
  const moved = farthest(whole.logits, plain.logits);
  const off = farthest(adapted.logits, whole.logits);
  assert.ok(moved > 0.01 && off < moved / 1000, `${off} of ${moved}`);
});

test('[LO2] strength scales it; at none the base speaks, and each strength is a model of its own', async () => {
  await add('half-adapted', 'base', [{ file: at('lora'), strength: 0.5 }]);
  await add('half-merged', 'half');
  await add('unmoved', 'base', [{ file: at('lora'), strength: 0 }]);
  assert.deepEqual((await greedy('half-adapted')).ids, (await greedy('half-merged')).ids);
  assert.deepEqual((await greedy('unmoved')).ids, (await greedy('base')).ids);
  const digests = await Promise.all(
    ['base', 'adapted', 'half-adapted', 'unmoved'].map(async (name) => (await os.models.identify(name)).digest),
  );
  assert.equal(new Set(digests).size, 4);
});

test('[LO3] an adapter is no model: adding it alone is refused, and how it is used is said in both languages', async () => {
  const thrown = await add('alone', 'lora').then(
    () => assert.fail('it was added'),
    (error: { code: string; message: string; zh: { message: string } }) => error,
  );
  assert.equal(thrown.code, 'engine/cannot');
  assert.match(thrown.message, /--set 'adapters=/);
  assert.match(thrown.zh.message, /适配器.*--set 'adapters=/);
});

test('[LO4] what is no adapter, is for another kind of model, or is broken is refused before the runtime sees it', async () => {
  writeFileSync(at('other'), loraFile(lora, 'gpt2'));
  writeFileSync(at('cut'), readFileSync(at('lora')).subarray(0, 300));
  const cases = [
    ['base', /is no LoRA adapter/],
    ['other', /for models of the kind gpt2, this one is llama/],
    ['cut', /cut\.gguf|ends|bytes/],
    ['gone', /gone\.gguf/],
  ] as const;
  for (const [file, message] of cases) {
    await add(`with-${file}`, 'base', [{ file: at(file), strength: 1 }]);
    await assert.rejects(os.models.openTokenModel(`with-${file}`), { code: 'engine/broken-model', message }, file);
  }
});

test('[LO5] one whose matrices do not fit fails as a model, and nothing else falls', async () => {
  const { pairs, ...rest } = lora;
  const wide = pairs.map((pair) => ({ ...pair, columns: 32, a: new Float32Array(rest.rank * 32) }));
  writeFileSync(at('wide'), loraFile({ ...rest, pairs: wide }));
  await add('ill-fitting', 'base', [{ file: at('wide'), strength: 1 }]);
  await assert.rejects(greedy('ill-fitting'), (error: { code: string }) => {
    assert.match(error.code, /^engine\/(?:broken-model|died)$/);
    return true;
  });
  assert.equal((await greedy('base')).ids.length, 32);
});
