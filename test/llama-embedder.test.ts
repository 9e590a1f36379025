/** GGUF files that turn texts into vectors: a BERT points where PyTorch says, and others by the pooling that their card asks for. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createOs, type Os } from '../src/host/index.ts';
import { textEmbedderContract } from '../src/kernel/contracts/text-models-contract.ts';
import type { TextEmbedder } from '../src/kernel/index.ts';
import { exportGguf } from '../src/training/index.ts';
import { tinyModel } from './llama-tiny.ts';

const FIXTURES = join(import.meta.dirname, '../src/drivers/llama/fixtures');
const BERT = join(FIXTURES, 'bert.gguf');
const root = mkdtempSync(join(tmpdir(), 'llama-embedder-'));
const tiny = join(root, 'tiny.gguf');
let os: Os;

before(async () => {
  await exportGguf(tiny, tinyModel(), { precision: 'F32' });
  os = await createOs({ home: join(root, 'home') });
});
after(async () => {
  await os[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

interface Reference {
  readonly texts: readonly string[];
  readonly mean: readonly (readonly number[])[];
  readonly cls: readonly (readonly number[])[];
  readonly last: readonly (readonly number[])[];
}
const reference = JSON.parse(readFileSync(join(FIXTURES, 'bert-reference.json'), 'utf8')) as Reference;

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
const add = async (name: string, source: string, card: object = {}): Promise<void> => {
  await os.addModel({ source, name, licence: 'CC0-1.0' });
  const file = join(root, 'home/models', name, 'card.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...card }));
};

test('a file made to embed is known as that, and its vectors are those of PyTorch, however it pools', async () => {
  await add('bert', BERT);
  const entry = await os.models.get('bert');
  assert.deepEqual([entry.roles, entry.card.contextLength], [['embedder'], 64]);
  const model = await os.models.openTextEmbedder('bert');
  assert.equal(model.dimensions, 32);
  const found = await model.embed(reference.texts);
  for (const [i, vector] of found.entries()) {
    assert.ok(
      cosine(vector, reference.mean[i]!) > 0.9999,
      `${reference.texts[i]}: ${cosine(vector, reference.mean[i]!)}`,
    );
  }
  for (const pooling of ['cls', 'last'] as const) {
    await add(`bert-${pooling}`, BERT, { pooling });
    const [first] = await (await os.models.openTextEmbedder(`bert-${pooling}`)).embed(reference.texts);
    assert.ok(cosine(first!, reference[pooling][0]!) > 0.9999, pooling);
  }
});

test('what stands before texts and before questions is what the card says', async () => {
  await add('asks', BERT, { prefix: 'a red ', queryPrefix: 'the ' });
  const [plain, asks] = [await os.models.openTextEmbedder('bert'), await os.models.openTextEmbedder('asks')];
  const close = (a: readonly Float32Array[], b: readonly Float32Array[]): void =>
    assert.ok(cosine(a[0]!, b[0]!) > 0.9999);
  close(await asks.embed(['boat']), await plain.embed(['a red boat']));
  close(await asks.embed(['moon'], { query: true }), await plain.embed(['the moon']));
});

test('a language model embeds when its card asks for a pooling: the mean over its tokens', async () => {
  await add('writer', tiny);
  await assert.rejects(os.models.openTextEmbedder('writer'), { code: 'engine/cannot', message: /pooling/ });
  await add('means', tiny, { pooling: 'mean' });
  assert.deepEqual((await os.models.get('means')).roles, ['chat', 'token', 'embedder']);
  const [mean] = await (await os.models.openTextEmbedder('means')).embed(['night is']);
  // A token of a causal model knows only what stands before it, so the last ones of all beginnings are those of the whole.
  const { getLlama } = await import('node-llama-cpp');
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 1 });
  const file = await llama.loadModel({ modelPath: tiny, gpuLayers: 0 });
  const context = await file.createEmbeddingContext({ contextSize: 64, threads: 1 });
  const begun = file.tokens.shouldPrependBosToken ? [file.tokens.bos!] : [];
  const tokens = [...begun, ...file.tokenize('night is')];
  const sum = new Float64Array(64);
  for (const [i] of tokens.entries()) {
    const { vector } = await context.getEmbeddingFor(tokens.slice(0, i + 1));
    for (const [j, value] of vector.entries()) sum[j]! += value;
  }
  await llama.dispose();
  const agree = cosine(mean!, sum) / Math.hypot(...sum);
  assert.ok(tokens.length > 1 && agree > 0.9999, `${tokens.length} tokens: ${agree}`);
});

const openAlone = (name: string, source: string, card: object) => async (): Promise<TextEmbedder> => {
  const home = mkdtempSync(join(root, 'contract-'));
  const own = await createOs({ home });
  await own.addModel({ source, name, licence: 'CC0-1.0' });
  const file = join(home, 'models', name, 'card.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...card }));
  const opened = await own.models.openTextEmbedder(name);
  return { ...opened, [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() };
};
textEmbedderContract('llama (bert)', { open: openAlone('bert', BERT, {}) });
textEmbedderContract('llama (a language model by mean pooling)', {
  open: openAlone('means', tiny, { pooling: 'mean' }),
});
