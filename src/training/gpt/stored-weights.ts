/**
 * Weights as they stand in `model.safetensors`. Two things differ from memory: a GPT-2 without biases is stored with
 * biases of 0, so that transformers reads it; and GPT-2s stored without the language head lack the prefix `transformer.`.
 */
import type { StoredTensor } from '../model/safetensors.ts';
import type { GptConfig } from './config.ts';
import { checkWeights, gptParameters, parameterShapes, sizeOf, type Weights } from './parameters.ts';

const PREFIX = 'transformer.';

/** What to write for a model. */
export function storeWeights(config: GptConfig, weights: Weights): Map<string, StoredTensor> {
  const missing = config.model_type === 'gpt2' && !config.bias;
  const all = missing ? gptParameters({ ...config, bias: true }) : gptParameters(config);
  return new Map(
    all.map(({ name, shape }) => [name, { shape, data: weights.get(name) ?? new Float32Array(sizeOf(shape)) }]),
  );
}

/** The weights that a configuration asks for, from what a file holds; throws `training/weights-mismatch`. */
export function takeWeights(
  config: GptConfig,
  stored: ReadonlyMap<string, StoredTensor>,
  source: string,
): Map<string, Float32Array> {
  const bare = config.model_type === 'gpt2' && stored.has('wte.weight');
  const found = bare ? new Map([...stored].map(([name, tensor]) => [PREFIX + name, tensor])) : stored;
  checkWeights(config, found, source);
  return new Map(parameterShapes(config).map(({ name }) => [name, found.get(name)!.data]));
}
