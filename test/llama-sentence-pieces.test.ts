/** A GGUF file with SentencePiece's vocabulary: cut and written as SentencePiece and llama.cpp do, token by token. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { getLlama, type LlamaModel } from 'node-llama-cpp';
import { createOs, type Os } from '../src/host/index.ts';
import type { TokenModel } from '../src/kernel/index.ts';
import { formatGguf, type GgufValue, readGguf } from '../src/training/export/gguf.ts';
import { ggufOf } from '../src/training/export/gguf-model.ts';
import { createCharacterTokenizer, createWeights, gptConfig } from '../src/training/index.ts';

interface Pieces {
  readonly tokens: readonly string[];
  readonly scores: readonly number[];
  readonly types: readonly number[];
  readonly texts: readonly { readonly text: string; readonly ids: readonly number[]; readonly decoded: string }[];
}
const PIECES = join(import.meta.dirname, '../src/drivers/llama/fixtures/sentence-pieces.json');
const pieces = JSON.parse(readFileSync(PIECES, 'utf8')) as Pieces;
const root = mkdtempSync(join(tmpdir(), 'llama-pieces-'));
const path = join(root, 'pieces.gguf');
let os: Os;
let ours: TokenModel;
let theirs: LlamaModel;

/** Random weights; its characters are stand-ins that give way to the pieces. */
function writeFile(): void {
  const size = pieces.tokens.length;
  const special = ['<pad>', '<s>', '</s>', '<unk>'];
  const others = Array.from({ length: size - special.length }, (_, i) => String.fromCodePoint(0x4e00 + i));
  const config = gptConfig({
    vocab_size: size,
    hidden_size: 64,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    intermediate_size: 96,
    max_position_embeddings: 128,
    tie_word_embeddings: false,
  });
  const card = { name: 'pieces', licence: 'CC0-1.0', summary: { en: 'Tiny.', zh: '很小。' } };
  const tokenizer = createCharacterTokenizer([...special, ...others]);
  const made = readGguf(ggufOf({ config, tokenizer, weights: createWeights(config, 'pieces'), card }, 'F32'), path);
  const facts = new Map([...made.metadata].filter(([key]) => !key.startsWith('tokenizer.')));
  const say = (key: string, value: GgufValue): void => void facts.set(`tokenizer.ggml.${key}`, value);
  say('model', { type: 'string', value: 'llama' });
  say('pre', { type: 'string', value: 'default' });
  say('tokens', { type: 'array', of: 'string', value: pieces.tokens });
  say('scores', { type: 'array', of: 'f32', value: pieces.scores });
  say('token_type', { type: 'array', of: 'i32', value: pieces.types });
  for (const [i, name] of ['unknown', 'bos', 'eos'].entries()) say(`${name}_token_id`, { type: 'u32', value: i });
  writeFileSync(path, formatGguf({ metadata: facts, tensors: made.tensors }));
}

before(async () => {
  writeFile();
  os = await createOs({ home: join(root, 'home') });
  await os.addModel({ source: path, name: 'pieces', licence: 'CC0-1.0' });
  ours = await os.models.openTokenModel('pieces');
  const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 1 });
  theirs = await llama.loadModel({ modelPath: path, gpuLayers: 0, vocabOnly: true });
});
after(async () => {
  await os[Symbol.asyncDispose]();
  await theirs.dispose();
  rmSync(root, { recursive: true, force: true });
});

test('texts are cut as SentencePiece cuts them, and as llama.cpp does', () => {
  for (const { text, ids } of pieces.texts) {
    assert.deepEqual(ours.encode(text), ids, JSON.stringify(text));
    assert.deepEqual(ours.encode(text), [...theirs.tokenize(text)], JSON.stringify(text));
  }
});

test('a beginning of text is written as it was said: the blank before it is not part of it', () => {
  for (const { text, ids, decoded } of pieces.texts) {
    assert.equal(decoded, text, 'SentencePiece itself gives it back');
    assert.equal(ours.decode([1, ...ids]), `<s>${text}`);
    // Without a beginning, tokens go on from something, and their blank was said.
    assert.equal(ours.decode(ids), text === '' ? '' : ` ${text}`);
    assert.equal(theirs.detokenize(ids as never[]), text);
  }
  assert.deepEqual(ours.encode('<s>The moon</s>'), [...theirs.tokenize('<s>The moon</s>', true)]);
});

test('every token writes the bytes that llama.cpp writes for it; bytes that no piece writes make characters together', () => {
  const moon = theirs.tokenize('x').at(-1)!;
  for (const [id, type] of pieces.types.entries()) {
    if (type !== 1) continue;
    // After another token nothing is taken off.
    const pair = theirs.detokenize([moon, id] as never[]);
    assert.equal(`x${Buffer.from(ours.bytes(id)).toString('utf8')}`, pair.trimStart(), pieces.tokens[id]);
  }
  const byte = pieces.tokens.indexOf('<0xE4>');
  assert.deepEqual([...ours.bytes(byte)], [0xe4]);
  assert.deepEqual([...ours.bytes(1)], [], 'a special token writes nothing');
  const rare = ours.encode('龘');
  assert.ok(rare.length >= 3);
  assert.equal(Buffer.concat(rare.map((id) => Buffer.from(ours.bytes(id)))).toString('utf8'), ' 龘');
  assert.equal(ours.vocabulary.length, pieces.tokens.length);
});

test('it writes token by token, and scores what it wrote', async () => {
  assert.deepEqual((await os.models.get('pieces')).roles, ['chat', 'token']);
  const prompt = [1, ...ours.encode('The moon')];
  await using batch = await ours.open(prompt, 1);
  const ids: number[] = [];
  while (ids.length < 6) {
    const logits = batch.logits(0);
    assert.equal(logits.length, pieces.tokens.length);
    ids.push(logits.reduce((best, value, id) => (value > logits[best]! ? id : best), 0));
    await batch.extend([ids.at(-1)!]);
  }
  const [scores] = await ours.score([[...prompt, ...ids]]);
  const [chance] = await ours.score([[...prompt, ...ids.map((id) => (id + 1) % pieces.tokens.length)]]);
  const sum = (all: Float32Array): number => all.subarray(prompt.length).reduce((a, b) => a + b, 0);
  assert.ok(sum(scores!) > sum(chance!));
});
