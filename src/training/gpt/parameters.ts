/** The weights of a GPT: names and shapes of Hugging Face's Llama, matrices stored (out, in). */
import { createRandom } from '../../core/index.ts';
import { refusal } from '../refusal.ts';
import type { GptConfig } from './config.ts';

/** Weights by name, 32-bit floats, row-major. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** One weight: its name and shape. */
export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** The name of a weight of one layer. */
export function layerName(layer: number, part: string): string {
  return `model.layers.${layer}.${part}.weight`;
}

/** All weights of a model in a fixed order. */
export function parameterShapes(config: GptConfig): ParameterShape[] {
  const { hidden_size: c, intermediate_size: m, vocab_size: v } = config;
  const layers = Array.from({ length: config.num_hidden_layers }, (_, i): ParameterShape[] => [
    { name: layerName(i, 'input_layernorm'), shape: [c] },
    ...['q_proj', 'k_proj', 'v_proj', 'o_proj'].map((p) => ({ name: layerName(i, `self_attn.${p}`), shape: [c, c] })),
    { name: layerName(i, 'post_attention_layernorm'), shape: [c] },
    { name: layerName(i, 'mlp.gate_proj'), shape: [m, c] },
    { name: layerName(i, 'mlp.up_proj'), shape: [m, c] },
    { name: layerName(i, 'mlp.down_proj'), shape: [c, m] },
  ]);
  return [
    { name: 'model.embed_tokens.weight', shape: [v, c] },
    ...layers.flat(),
    { name: 'model.norm.weight', shape: [c] },
    ...(config.tie_word_embeddings ? [] : [{ name: 'lm_head.weight', shape: [v, c] }]),
  ];
}

/** How many numbers the weights hold. */
export function parameterCount(config: GptConfig): number {
  return parameterShapes(config).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** The product of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/**
 * Fresh weights for a seed: normal with deviation 0.02, the layers that write into the residual stream smaller by
 * √(2 · layers), norms 1. After Radford et al. (2019).
 */
export function createWeights(config: GptConfig, seed: string | number): Map<string, Float32Array> {
  const root = createRandom(seed);
  const calm = 1 / Math.sqrt(2 * config.num_hidden_layers);
  return new Map(
    parameterShapes(config).map(({ name, shape }) => {
      const values = new Float32Array(sizeOf(shape));
      if (shape.length === 1) return [name, values.fill(1)];
      const random = root.fork(name);
      const deviation = 0.02 * (/o_proj|down_proj/.test(name) ? calm : 1);
      for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal();
      return [name, values];
    }),
  );
}

/** The weights that a configuration asks for, checked; throws `training/weights-mismatch`. Extra weights are ignored. */
export function checkWeights(
  config: GptConfig,
  found: ReadonlyMap<string, { readonly shape: readonly number[] }>,
  source: string,
): void {
  for (const { name, shape } of parameterShapes(config)) {
    const has = found.get(name)?.shape;
    if (has && has.length === shape.length && has.every((dim, i) => dim === shape[i])) continue;
    throw refusal(
      'input',
      'training/weights-mismatch',
      {
        en: `'${source}' ${has ? `holds '${name}' as [${has}]` : `lacks '${name}'`}; config.json asks for [${shape}].`,
        zh: `“${source}”${has ? `中“${name}”的形状是 [${has}]` : `缺少“${name}”`}，而 config.json 要求 [${shape}]。`,
      },
      {
        en: 'Take config.json and model.safetensors from the same model.',
        zh: '请使用同一个模型的 config.json 和 model.safetensors。',
      },
    );
  }
}
