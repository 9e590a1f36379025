/** A finished model goes on in llama.cpp as it does here: same tokens, same likeliest continuation. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { llamaMissing, loadLlama } from '../bench/llama/load-llama.ts';
import {
  continueGreedily,
  createCharacterTokenizer,
  createWeights,
  exportGguf,
  type GgufPrecision,
  type GptSizes,
  gptConfig,
  learnBytePairs,
  loadModelFolder,
  type Model,
  type Tokenizer,
} from '../src/training/index.ts';

const skip = llamaMissing() ?? false;
const home = mkdtempSync(join(tmpdir(), 'llmagentos-gguf-'));
after(() => rmSync(home, { recursive: true }));

const special = ['<pad>', '<s>', '</s>', '<unk>'];
const characters = createCharacterTokenizer([...special, ...'春眠不觉晓处闻啼鸟夜来风雨声花落知多少，。 a\n']);
const text = "The night is long; it's 1923 and 春眠不觉晓，处处闻啼鸟。\n\n  The moon, 月光 — is  bright.";
const pairs = learnBytePairs([text, text], { vocabSize: 300, special });

/** Random, but strong enough that the next token depends on all the ones before; `</s>` is never the likeliest. */
function randomModel(tokenizer: Tokenizer, shape: Partial<GptSizes> = {}): Model {
  const config = gptConfig({
    vocab_size: tokenizer.vocabulary.length,
    hidden_size: 64,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    intermediate_size: 96,
    max_position_embeddings: 128,
    tie_word_embeddings: false,
    ...shape,
  });
  const weights = new Map(
    [...createWeights(config, 'gguf')].map(([name, w]) => [name, w.length > 256 ? w.map((x) => 8 * x) : w]),
  );
  (weights.get('lm_head.weight') ?? weights.get('transformer.wte.weight'))!.fill(
    0,
    0,
    special.length * config.hidden_size,
  );
  const summary = { en: 'A tiny random model.', zh: '很小的随机模型。' };
  return { config, tokenizer, weights, card: { name: 'tiny', licence: 'Apache-2.0', summary } };
}

async function compare(model: Model, precision: GgufPrecision, prompt: string, count: number): Promise<void> {
  const path = join(home, `${model.card.name}-${precision}.gguf`);
  await exportGguf(path, model, { precision });
  await using llama = await loadLlama(path, { threads: 1, context: model.config.max_position_embeddings, exact: true });
  const ids = model.tokenizer.encode(prompt);
  assert.deepEqual(llama.tokenize(prompt), ids, 'the same tokens');
  const ours = await continueGreedily(model, ids, count);
  assert.deepEqual(await llama.continue(ids, count), ours.slice(ids.length));
}

test('a model with a character vocabulary reads and writes in llama.cpp as here', { skip }, async () => {
  await compare(randomModel(characters), 'F32', '<s>春眠不觉晓，处处闻啼鸟。\na a', 40);
});

test('a model with byte pairs reads and writes in llama.cpp as here', { skip }, async () => {
  await compare(randomModel(pairs), 'F32', `<s>${text}`, 40);
});

test('queries that share keys, and the GPT-2 shape, go on in llama.cpp as here', { skip }, async () => {
  const prompt = '春眠不觉晓，处处闻啼鸟。';
  await compare(randomModel(characters, { num_key_value_heads: 1 }), 'F32', prompt, 30);
  const gpt2 = { model_type: 'gpt2', tie_word_embeddings: true, intermediate_size: 256, bias: false } as const;
  await compare(randomModel(characters, gpt2), 'F32', prompt, 20);
});

test('verse-zh writes the same verse in llama.cpp', { skip }, async () => {
  const verse = await loadModelFolder(join(import.meta.dirname, '../models/verse-zh'));
  await compare(verse, 'F32', '<s><五绝><title>静夜思<body>床前', 30);
});
