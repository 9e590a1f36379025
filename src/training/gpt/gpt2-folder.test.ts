import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRandomModelFolder, loadModelFolder } from '../model/model-folder.ts';
import { readSafetensors } from '../model/safetensors.ts';
import { gptConfig, parseConfig } from './config.ts';
import { createWeights } from './parameters.ts';
import { storeWeights, takeWeights } from './stored-weights.ts';

const root = mkdtempSync(join(tmpdir(), 'gpt2-'));
after(() => rmSync(root, { recursive: true }));
const vocabulary = ['<pad>', '<s>', '</s>', '<unk>', ...'abcdefgh'];

for (const bias of [true, false]) {
  test(`[TR35] a GPT-2 ${bias ? 'with' : 'without'} biases is written and read back, and transformers finds all names`, async () => {
    const folder = join(root, String(bias));
    await createRandomModelFolder(folder, { vocabulary, model_type: 'gpt2', bias, intermediate_size: 128 });
    const model = await loadModelFolder(folder);
    assert.deepEqual([model.config.model_type, model.config.bias], ['gpt2', bias]);
    const path = join(folder, 'model.safetensors');
    const stored = readSafetensors(readFileSync(path), path);
    assert.deepEqual(stored.get('transformer.h.1.attn.c_attn.bias')?.shape, [96]);
    assert.deepEqual(stored.get('transformer.h.0.mlp.c_fc.weight')?.shape, [32, 128]);
    assert.equal(model.weights.has('transformer.h.1.attn.c_attn.bias'), bias);
    const raw = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
    assert.deepEqual([raw.architectures, raw.n_embd, raw.n_inner], [['GPT2LMHeadModel'], 32, 128]);
  });
}

test('[TR36] GPT-2 weights stored without the language head are found too', () => {
  const config = gptConfig({ model_type: 'gpt2', vocab_size: 9, hidden_size: 8, num_attention_heads: 2 });
  const weights = createWeights(config, 1);
  const bare = new Map([...storeWeights(config, weights)].map(([name, t]) => [name.replace('transformer.', ''), t]));
  assert.deepEqual([...takeWeights(config, bare, 'file')], [...weights]);
  assert.throws(() => takeWeights(config, new Map(), 'file'), { code: 'training/weights-mismatch' });
});

test('[TR37] configurations of GPT-2 that we do not compute are refused', () => {
  const plain = { model_type: 'gpt2', n_embd: 8, n_layer: 1, n_head: 2, n_positions: 16, vocab_size: 9 };
  assert.equal(parseConfig(JSON.stringify(plain)).intermediate_size, 32);
  for (const odd of [
    { activation_function: 'relu' },
    { scale_attn_by_inverse_layer_idx: true },
    { n_embd: 9 },
    { model_type: 'gpt_neox' },
    { tie_word_embeddings: false },
  ]) {
    assert.throws(() => parseConfig(JSON.stringify({ ...plain, ...odd })), { code: 'training/bad-config' });
  }
});
