import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ggufOf } from '../export/gguf-model.ts';
import { gptConfig } from '../gpt/config.ts';
import { createWeights } from '../gpt/parameters.ts';
import { createGptRunner } from '../gpt/runner.ts';
import { createGraph, encodeOnnx, gemm, input, output } from '../graph/index.ts';
import { loadModelFolder, type Model } from '../model/model-folder.ts';
import { learnBytePairs } from '../tokenizer/byte-pair-tokenizer.ts';
import { createCharacterTokenizer } from '../tokenizer/character-tokenizer.ts';
import { importModel } from './import-model.ts';
import { createOnnxModel } from './onnx-model.ts';

const home = mkdtempSync(join(tmpdir(), 'llmagentos-import-'));
after(() => rmSync(home, { recursive: true }));
const fixtures = join(import.meta.dirname, 'fixtures');
const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as Record<
  'llama' | 'gpt2',
  { text: string; ids: number[]; scores: number[]; vocabSize: number }
>;

for (const name of ['llama', 'gpt2'] as const) {
  test(`a ${name} folder that transformers wrote gives the probabilities that transformers gives`, async () => {
    const { format, card } = await importModel(join(fixtures, name), join(home, name));
    assert.equal(format, 'safetensors');
    assert.equal(card.licence, 'unknown');
    const model = await loadModelFolder(join(home, name));
    const { text, ids, scores, vocabSize } = expected[name];
    assert.deepEqual(model.tokenizer.encode(text), ids);
    assert.equal(model.tokenizer.vocabulary.length, vocabSize, 'tokens that only fill up are named');
    await using runner = await createGptRunner(model.config, model.weights, { threads: 1 });
    const [found] = await runner.score([ids]);
    scores.forEach((score, i) => {
      assert.ok(Math.abs(found![i + 1]! - score) < 2e-4, `${i}: ${found![i + 1]} and ${score}`);
    });
  });
}

const special = ['<pad>', '<s>', '</s>', '<unk>'];
const characters = createCharacterTokenizer([...special, ...'春眠不觉晓é a']);
const pairs = learnBytePairs(['the moon, the sea, 春眠不觉晓'], { vocabSize: 270, special });

function tiny(tokenizer: Model['tokenizer'], shape: 'llama' | 'gpt2'): Model {
  const config = gptConfig({
    model_type: shape,
    vocab_size: tokenizer.vocabulary.length,
    hidden_size: 32,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    num_key_value_heads: shape === 'llama' ? 2 : 4,
    intermediate_size: 64,
    max_position_embeddings: 32,
    rms_norm_eps: 1e-5,
    tie_word_embeddings: shape === 'gpt2',
  });
  const card = { name: 'tiny', licence: 'CC0-1.0', summary: { en: 'x', zh: 'x' } };
  return { config, tokenizer, weights: createWeights(config, 'import'), card };
}

for (const [what, model] of [
  ['a Llama with characters', tiny(characters, 'llama')],
  ['a Llama with byte pairs', tiny(pairs, 'llama')],
  ['a GPT-2', tiny(characters, 'gpt2')],
] as const) {
  test(`${what} comes back from GGUF as it went, in 32 bits to the last bit`, async () => {
    const path = join(home, 'a file of any name');
    writeFileSync(path, ggufOf(model, 'F32'));
    const { card } = await importModel(path, join(home, 'back'), { name: 'back', licence: 'MIT' });
    const back = await loadModelFolder(join(home, 'back'));
    assert.deepEqual(back.config, model.config);
    assert.deepEqual(back.tokenizer.vocabulary, model.tokenizer.vocabulary);
    for (const [name, values] of model.weights) assert.deepEqual(back.weights.get(name), values, name);
    assert.equal(card.licence, 'MIT');
    assert.deepEqual(card.importedFrom, { format: 'gguf', source: 'a file of any name', claimedLicence: 'CC0-1.0' });
  });
}

test('8-bit GGUF comes in within half a step of each block', async () => {
  const model = tiny(characters, 'llama');
  writeFileSync(join(home, 'q8.gguf'), ggufOf(model, 'Q8_0'));
  await importModel(join(home, 'q8.gguf'), join(home, 'q8'));
  const back = await loadModelFolder(join(home, 'q8'));
  for (const [name, values] of model.weights) {
    const most = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const far = values.reduce((worst, x, i) => Math.max(worst, Math.abs(x - back.weights.get(name)![i]!)), 0);
    assert.ok(far <= (0.52 * most) / 127, `${name}: ${far} of ${most}`);
  }
});

const refuses = (path: string, why: RegExp, code = 'training/import-refused') =>
  assert.rejects(importModel(path, join(home, 'never')), (error: Error & { code?: string }) => {
    return error.code === code && why.test(error.message);
  });

test('pickles are refused for what they are, other strangers for what they are not', async () => {
  const file = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(home, name), bytes);
    return join(home, name);
  };
  await refuses(file('model.safetensors.pt', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0)), /pickle/);
  await refuses(file('old.gguf', Uint8Array.of(0x80, 2, 0x7d, 0x71, 0, 0, 0, 0, 0, 0, 0, 0)), /pickle/);
  await refuses(file('text', 'once upon a time there was'), /neither safetensors, GGUF nor ONNX/);
  await refuses(file('empty', ''), /neither/);
  await refuses(file('cut.gguf', 'GGUF\u0003\0\0\0'), /ends at/, 'training/bad-gguf');
  await refuses(join(home, 'nowhere'), /no such file/);
  mkdirSync(join(home, 'torch'));
  writeFileSync(join(home, 'torch/pytorch_model.bin'), Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0));
  await refuses(join(home, 'torch'), /pickle/);
  mkdirSync(join(home, 'bare'));
  writeFileSync(join(home, 'bare/model.safetensors'), '');
  await refuses(join(home, 'bare'), /no config\.json/);
});

test('any ONNX network runs by its manifest, and mistakes are said before it runs', async () => {
  const graph = createGraph();
  output('y', gemm(input(graph, 'a', 'f32', ['N', 2]), input(graph, 'b', 'f32', [2, 3])));
  const inner = graph.outputs[0]!.tensor.name;
  const source = join(home, 'product.onnx');
  writeFileSync(source, encodeOnnx(graph));
  const write = (inputs: object[], out = inner): void =>
    writeFileSync(`${source}.json`, JSON.stringify({ inputs, outputs: [{ name: out, type: 'f32', shape: ['N', 3] }] }));
  await refuses(source, /no manifest/);
  const a = { name: 'a', type: 'f32', shape: ['N', 2] };
  const b = { name: 'b', type: 'f32', shape: [2, 3] };
  write([a]);
  await refuses(source, /does not name the input 'b'/);
  write([a, b], 'z');
  await refuses(source, /no output 'z'/);
  write([a, b]);
  const { format, card } = await importModel(source, join(home, 'product'));
  assert.deepEqual([format, card.name, card.licence], ['onnx', 'product', 'unknown']);
  await using model = await createOnnxModel(join(home, 'product/model.onnx'));
  const feeds = {
    a: { data: Float32Array.of(1, 2), shape: [1, 2] },
    b: { data: Float32Array.of(1, 0, 0, 0, 1, 0), shape: [2, 3] },
  };
  assert.deepEqual(await model.run(feeds), { [inner]: { data: Float32Array.of(1, 2, 0), shape: [1, 3] } });
  const wrong = model.run({ ...feeds, a: { data: Float32Array.of(1, 2, 3), shape: [1, 3] } });
  await assert.rejects(wrong, /'a' does not fit/);
  await assert.rejects(model.run({ a: feeds.a }), /'b' was not given/);
});
