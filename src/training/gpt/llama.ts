/**
 * The Llama shape, with the names and layout of Hugging Face's LlamaForCausalLM, matrices (out, in):
 *
 *   ids ─▶ embedding ─▶ [ norm ─▶ q, k, v ─▶ rotary ─▶ attend ─▶ o ─(+)─▶ norm ─▶ swiglu ─▶ down ─(+) ] × layers ─▶ norm
 */
import { add, gather, rmsNorm, rotary, swiglu, type Tensor } from '../graph/index.ts';
import type { Parameter } from '../learn/index.ts';
import { type GptConfig, keyWidth } from './config.ts';
import { dropAt, type ForwardParts, type GptShape } from './network-parts.ts';

const EMBEDDING = 'model.embed_tokens.weight';

export const LLAMA: GptShape = {
  turnedInFiles: false,
  targets: ['q_proj', 'v_proj', 'k_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'],
  parameters,
  embed: (parts) => dropAt(parts, gather(parts.weight(EMBEDDING), parts.ids), 'embedding'),
  layer: (parts, x, layer) => {
    const attended = add(x, dropAt(parts, attentionBlock(parts, x, layer), `attended.${layer}`));
    return add(attended, dropAt(parts, feedForward(parts, attended, layer), `fed.${layer}`));
  },
  close: ({ weight, config }, x) => rmsNorm(x, weight('model.norm.weight'), config.rms_norm_eps),
  outputTable: (config) => (config.tie_word_embeddings ? EMBEDDING : 'lm_head.weight'),
};

function attentionBlock(parts: ForwardParts, x: Tensor, layer: number): Tensor {
  const name = (part: string): string => layerName(layer, `self_attn.${part}`);
  const normed = rmsNorm(x, parts.weight(layerName(layer, 'input_layernorm')), parts.config.rms_norm_eps);
  const [q, k, v] = parts.linear(normed, [name('q_proj'), name('k_proj'), name('v_proj')]);
  const turn = (value: Tensor): Tensor => rotary(value, parts.positions, parts.rotary);
  return parts.linear(parts.attend(turn(q!), turn(k!), v!, layer), [name('o_proj')])[0]!;
}

function feedForward(parts: ForwardParts, x: Tensor, layer: number): Tensor {
  const name = (part: string): string => layerName(layer, `mlp.${part}`);
  const normed = rmsNorm(x, parts.weight(layerName(layer, 'post_attention_layernorm')), parts.config.rms_norm_eps);
  const [gate, up] = parts.linear(normed, [name('gate_proj'), name('up_proj')]);
  return parts.linear(swiglu(gate!, up!), [name('down_proj')])[0]!;
}

function layerName(layer: number, part: string): string {
  return `model.layers.${layer}.${part}.weight`;
}

function parameters(config: GptConfig): Parameter[] {
  const { hidden_size: c, intermediate_size: m, vocab_size: v, num_hidden_layers: layers } = config;
  const calm = 0.02 / Math.sqrt(2 * layers);
  const keys = keyWidth(config);
  const norm = (name: string): Parameter => ({
    name,
    shape: [c],
    start: { kind: 'constant', value: 1 },
    kind: 'vector',
  });
  const table = (name: string): Parameter => ({ ...matrix(name, [v, c], 0.02), kind: 'embedding' });
  const one = (i: number): Parameter[] => [
    norm(layerName(i, 'input_layernorm')),
    matrix(layerName(i, 'self_attn.q_proj'), [c, c], 0.02),
    matrix(layerName(i, 'self_attn.k_proj'), [keys, c], 0.02),
    matrix(layerName(i, 'self_attn.v_proj'), [keys, c], 0.02),
    matrix(layerName(i, 'self_attn.o_proj'), [c, c], calm),
    norm(layerName(i, 'post_attention_layernorm')),
    matrix(layerName(i, 'mlp.gate_proj'), [m, c], 0.02),
    matrix(layerName(i, 'mlp.up_proj'), [m, c], 0.02),
    matrix(layerName(i, 'mlp.down_proj'), [c, m], calm),
  ];
  return [
    table(EMBEDDING),
    ...Array.from({ length: layers }, (_, i) => one(i)).flat(),
    norm('model.norm.weight'),
    ...(config.tie_word_embeddings ? [] : [table('lm_head.weight')]),
  ];
}

function matrix(name: string, shape: readonly number[], deviation: number): Parameter {
  return { name, shape, start: { kind: 'normal', deviation }, kind: 'matrix' };
}
