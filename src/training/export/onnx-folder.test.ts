import '../../core/no-telemetry.ts';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { AutoModelForCausalLM, AutoTokenizer, env, Tensor } from '@huggingface/transformers';
import { gptConfig } from '../gpt/config.ts';
import { outputTable } from '../gpt/forward.ts';
import type { Arithmetic } from '../gpt/inference-graph.ts';
import { createWeights } from '../gpt/parameters.ts';
import { createGptRunner } from '../gpt/runner.ts';
import { loadModelFolder, type Model } from '../model/model-folder.ts';
import { createCharacterTokenizer } from '../tokenizer/character-tokenizer.ts';
import { continueGreedily } from './greedy.ts';
import { exportOnnx } from './onnx-folder.ts';

const home = mkdtempSync(join(tmpdir(), 'llmagentos-onnx-'));
after(() => rmSync(home, { recursive: true }));
env.allowRemoteModels = false;
env.localModelPath = home;

const vocabulary = ['<pad>', '<s>', '</s>', '<unk>', ...'春眠不觉晓处闻啼鸟夜来风雨声花落知多少月光'];
const tokenizer = createCharacterTokenizer(vocabulary);
const config = gptConfig({
  vocab_size: vocabulary.length,
  hidden_size: 64,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 96,
  max_position_embeddings: 64,
  tie_word_embeddings: false,
});
/** Weights strong enough that the next token depends on all the ones before; `</s>` is never the likeliest. */
const weights = new Map(
  [...createWeights(config, 'export')].map(([name, w]) => [name, w.length > 64 ? w.map((x) => 8 * x) : w]),
);
weights.get('lm_head.weight')!.fill(0, 0, 3 * config.hidden_size);
const summary = { en: 'A tiny random model.', zh: '很小的随机模型。' };
const tiny: Model = { config, tokenizer, weights, card: { name: 'tiny', licence: 'Apache-2.0', summary } };

/** What transformers.js writes after a text. */
async function theirs(name: string, dtype: 'fp32' | 'q8' | 'q4', text: string, count: number) {
  const [reader, model] = [
    await AutoTokenizer.from_pretrained(name),
    await AutoModelForCausalLM.from_pretrained(name, { dtype }),
  ];
  const inputs = reader(text, { add_special_tokens: false });
  const made = (await model.generate({
    ...inputs,
    max_new_tokens: count,
    do_sample: false,
  })) as Tensor;
  await model.dispose();
  const ids = Array.from(made.data as BigInt64Array, Number);
  return { prompt: Array.from(inputs.input_ids.data as BigInt64Array, Number), ids };
}

for (const [dtype, arithmetic] of [
  ['fp32', 'F32'],
  ['q8', 'I8'],
  ['q4', 'I4'],
] as const) {
  test(`an exported folder continues a text in transformers.js (${dtype}) as we do`, async () => {
    await exportOnnx(join(home, 'tiny'), tiny, { arithmetics: [arithmetic] });
    const { prompt, ids } = await theirs('tiny', dtype, '<s>春眠不觉晓', 40);
    assert.deepEqual(prompt, tokenizer.encode('<s>春眠不觉晓'));
    assert.deepEqual(ids, await ours(tiny, prompt, 40, arithmetic));
    assert.ok(new Set(ids.slice(prompt.length)).size > 5, 'the continuation varies');
  });
}

for (const [what, sizes] of [
  ['queries that share keys', { num_key_value_heads: 2 }],
  ['the GPT-2 shape', { model_type: 'gpt2' as const, tie_word_embeddings: true, intermediate_size: 256 }],
] as const) {
  test(`a model with ${what} continues a text in transformers.js as we do`, async () => {
    const config = gptConfig({ ...tiny.config, bias: 'model_type' in sizes, ...sizes });
    const strong = [...createWeights(config, 'other')].map(
      ([name, w]) => [name, w.length > 256 ? w.map((x) => 8 * x) : w] as const,
    );
    const model: Model = { ...tiny, config, weights: new Map(strong) };
    model.weights.get(outputTable(config))!.fill(0, 0, 3 * config.hidden_size);
    await exportOnnx(join(home, 'other'), model);
    const { prompt, ids } = await theirs('other', 'fp32', '春眠不觉晓', 40);
    assert.deepEqual(ids, await ours(model, prompt, 40));
    assert.ok(new Set(ids.slice(prompt.length)).size > 3, 'the continuation varies');
  });
}

test('verse-zh continues a text in transformers.js as we do', async () => {
  const verse = await loadModelFolder(join(dirname(import.meta.dirname), '../../models/verse-zh'));
  await exportOnnx(join(home, 'verse-zh'), verse);
  const { prompt, ids } = await theirs('verse-zh', 'fp32', '<s><五绝><title>静夜思<body>床前', 40);
  const expected = await ours(verse, prompt, 40);
  const end = expected.indexOf(tokenizer.find('</s>')!, prompt.length);
  assert.ok(end > prompt.length + 10, 'a verse, then its end');
  assert.deepEqual(ids, expected.slice(0, end + 1));
});

test('rows of different lengths, padded on the left, see only their own text', async () => {
  await exportOnnx(join(home, 'padded'), tiny);
  const model = await AutoModelForCausalLM.from_pretrained('padded', { dtype: 'fp32' });
  const big = (rows: number[][]): Tensor =>
    new Tensor('int64', BigInt64Array.from(rows.flat(), BigInt), [rows.length, rows[0]!.length]);
  const [long, short] = [
    [1, 4, 5, 6, 7],
    [9, 8, 7],
  ];
  const mask = big([
    [1, 1, 1, 1, 1],
    [0, 0, 1, 1, 1],
  ]);
  const both = await model({ input_ids: big([long, [0, 0, ...short]]), attention_mask: mask });
  const alone = await model({ input_ids: big([short]), attention_mask: big([[1, 1, 1]]) });
  const v = config.vocab_size;
  const [a, b] = [both.logits.data.slice(9 * v, 10 * v), alone.logits.data.slice(2 * v, 3 * v)] as Float32Array[];
  for (let i = 0; i < v; i++) assert.ok(Math.abs(a![i]! - b![i]!) < 1e-4, `${i}: ${a![i]} and ${b![i]}`);
  await model.dispose();
});

function ours(model: Model, prompt: readonly number[], count: number, arithmetic: Arithmetic = 'F32') {
  return continueGreedily(model, prompt, count, arithmetic);
}

test('the browser runtime (onnxruntime-web) takes each export and gives the same logits, from an empty past on', async () => {
  const web = await import('onnxruntime-web');
  web.env.wasm.numThreads = 1;
  const arithmetics = ['F32', 'I8', 'I4'] as const;
  const paths = await exportOnnx(join(home, 'web'), tiny, { arithmetics });
  const prompt = tokenizer.encode('<s>春眠不觉晓');
  for (const [i, path] of paths.entries()) {
    const session = await web.InferenceSession.create(readFileSync(path), { executionProviders: ['wasm'] });
    const long = (values: number[]) => new web.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
    const past = session.inputNames
      .filter((name) => name.startsWith('past_key_values.'))
      .map((name) => [name, new web.Tensor('float32', new Float32Array(0), [1, 4, 0, 16])]);
    const { logits } = await session.run({
      input_ids: long(prompt),
      attention_mask: long(prompt.map(() => 1)),
      position_ids: long(prompt.map((_, at) => at)),
      ...Object.fromEntries(past),
    });
    await using runner = await createGptRunner(config, weights, { threads: 1, arithmetic: arithmetics[i]! });
    await using batch = await runner.open(prompt, 1);
    const [a, b] = [(logits!.data as Float32Array).slice(-config.vocab_size), batch.logits(0)];
    const far = a.reduce((most, x, j) => Math.max(most, Math.abs(x - b[j]!)), 0);
    // With fewer bits the two round activations differently.
    assert.ok(far < (i === 0 ? 1e-4 : 0.1) * Math.max(...b), `${arithmetics[i]}: ${far} apart of ${Math.max(...b)}`);
    await session.release();
  }
});
