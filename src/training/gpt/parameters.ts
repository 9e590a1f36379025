/** The weights of a GPT: names, shapes and first values, whatever its shape. */
import { createParameters, type Parameter } from '../learn/index.ts';
import { refusal } from '../refusal.ts';
import type { GptConfig } from './config.ts';
import { shapeOf } from './shape.ts';

/** Weights by name, 32-bit floats, row-major. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** One weight: its name and shape. */
export type ParameterShape = Pick<Parameter, 'name' | 'shape'>;

/** All weights of a model in a fixed order, with what an optimiser takes them for and how they start. */
export function gptParameters(config: GptConfig): Parameter[] {
  return shapeOf(config).parameters(config);
}

/** Names and shapes of all weights in a fixed order. */
export function parameterShapes(config: GptConfig): ParameterShape[] {
  return gptParameters(config);
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
 * √(2 · layers), norms 1, biases 0. After Radford et al. (2019).
 */
export function createWeights(config: GptConfig, seed: string | number): Map<string, Float32Array> {
  return createParameters(gptParameters(config), seed);
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
