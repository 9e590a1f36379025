/**
 * The GPT-2 shape, with the names of Hugging Face's GPT2LMHeadModel; its files keep matrices (in, out), we (out, in):
 *
 *   ids, positions ─▶ embeddings (+) ─▶ [ norm ─▶ q, k, v ─▶ attend ─▶ c_proj ─(+)─▶ norm ─▶ gelu ─▶ c_proj ─(+) ] × layers ─▶ norm
 *
 * Without biases (`bias: false`) it is the shape of nanoGPT's small models. After Radford et al. (2019).
 */
import { add, gather, layerNorm, type Tensor } from '../graph/index.ts';
import type { Parameter } from '../learn/index.ts';
import type { GptConfig } from './config.ts';
import { biasName, dropAt, type ForwardParts, type GptShape } from './network-parts.ts';
import { geluNew } from './operations.ts';

const TOKENS = 'transformer.wte.weight';
const POSITIONS = 'transformer.wpe.weight';
const CLOSING = 'transformer.ln_f.weight';

export const GPT2: GptShape = {
  turnedInFiles: true,
  targets: ['c_attn', 'attn.c_proj', 'c_fc', 'mlp.c_proj'],
  parameters,
  embed: (parts) => {
    const places = gather(parts.weight(POSITIONS), parts.positions);
    return dropAt(parts, add(gather(parts.weight(TOKENS), parts.ids), places), 'embedding');
  },
  layer: (parts, x, layer) => {
    const name = (part: string): string => `transformer.h.${layer}.${part}.weight`;
    const [q, k, v] = parts.linear(norm(parts, x, name('ln_1')), [name('attn.c_attn')], 3);
    const seen = parts.linear(parts.attend(q!, k!, v!, layer), [name('attn.c_proj')])[0]!;
    const attended = add(x, dropAt(parts, seen, `attended.${layer}`));
    const inner = geluNew(parts.linear(norm(parts, attended, name('ln_2')), [name('mlp.c_fc')])[0]!);
    return add(attended, dropAt(parts, parts.linear(inner, [name('mlp.c_proj')])[0]!, `fed.${layer}`));
  },
  close: (parts, x) => norm(parts, x, CLOSING),
  outputTable: () => TOKENS,
};

function norm({ config, weight }: ForwardParts, x: Tensor, name: string): Tensor {
  return layerNorm(x, weight(name), config.bias ? weight(biasName(name)) : undefined, config.rms_norm_eps);
}

function parameters(config: GptConfig): Parameter[] {
  const { hidden_size: c, intermediate_size: m, num_hidden_layers: layers } = config;
  const calm = 0.02 / Math.sqrt(2 * layers);
  const vector = (name: string, size: number, value: number): Parameter => ({
    name,
    shape: [size],
    start: { kind: 'constant', value },
    kind: 'vector',
  });
  const bias = (weight: string, size: number): Parameter[] => (config.bias ? [vector(biasName(weight), size, 0)] : []);
  const normed = (name: string): Parameter[] => [vector(name, c, 1), ...bias(name, c)];
  const table = (name: string, rows: number): Parameter => ({ ...matrix(name, [rows, c], 0.02), kind: 'embedding' });
  const product = (name: string, from: number, to: number, deviation = 0.02): Parameter[] => [
    matrix(name, [to, from], deviation),
    ...bias(name, to),
  ];
  const one = (i: number): Parameter[] => [
    ...normed(`transformer.h.${i}.ln_1.weight`),
    ...product(`transformer.h.${i}.attn.c_attn.weight`, c, 3 * c),
    ...product(`transformer.h.${i}.attn.c_proj.weight`, c, c, calm),
    ...normed(`transformer.h.${i}.ln_2.weight`),
    ...product(`transformer.h.${i}.mlp.c_fc.weight`, c, m),
    ...product(`transformer.h.${i}.mlp.c_proj.weight`, m, c, calm),
  ];
  return [
    table(TOKENS, config.vocab_size),
    table(POSITIONS, config.max_position_embeddings),
    ...Array.from({ length: layers }, (_, i) => one(i)).flat(),
    ...normed(CLOSING),
  ];
}

function matrix(name: string, shape: readonly number[], deviation: number): Parameter {
  return { name, shape, start: { kind: 'normal', deviation }, kind: 'matrix' };
}
