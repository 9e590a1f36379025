/**
 * Weights as they stand in `model.safetensors`. Three things differ from memory: GPT-2 keeps matrices (in, out); one without
 * biases is stored with biases of 0, so that transformers reads it; and one stored without the language head lacks the
 * prefix `transformer.`.
 */

import type { Parameter } from '../learn/index.ts';
import type { StoredTensor } from '../model/safetensors.ts';
import type { GptConfig } from './config.ts';
import { checkWeights, gptParameters, sizeOf, type Weights } from './parameters.ts';
import { shapeOf } from './shape.ts';

const PREFIX = 'transformer.';

/** What to write for a model. */
export function storeWeights(config: GptConfig, weights: Weights): Map<string, StoredTensor> {
  const silent = config.model_type === 'gpt2' && !config.bias;
  const all = gptParameters(silent ? { ...config, bias: true } : config);
  return new Map(
    all.map((parameter) => {
      const { name, shape } = parameter;
      const tensor = { shape, data: weights.get(name) ?? new Float32Array(sizeOf(shape)) };
      return [name, isTurned(config, parameter) ? turned(tensor) : tensor];
    }),
  );
}

/** The weights that a configuration asks for, from what a file holds; throws `training/weights-mismatch`. */
export function takeWeights(
  config: GptConfig,
  stored: ReadonlyMap<string, StoredTensor>,
  source: string,
): Map<string, Float32Array> {
  const bare = config.model_type === 'gpt2' && stored.has('wte.weight');
  const named = bare ? [...stored].map(([name, tensor]) => [PREFIX + name, tensor] as const) : [...stored];
  const all = gptParameters(config);
  const turn = new Set(all.filter((one) => isTurned(config, one)).map(({ name }) => name));
  const found = new Map(
    named.map(([name, tensor]) => [name, turn.has(name) && tensor.shape.length === 2 ? turned(tensor) : tensor]),
  );
  checkWeights(config, found, source);
  return new Map(all.map(({ name }) => [name, found.get(name)!.data]));
}

function isTurned(config: GptConfig, { kind }: Parameter): boolean {
  return kind === 'matrix' && shapeOf(config).turnedInFiles;
}

function turned({ shape, data }: StoredTensor): StoredTensor {
  const [rows, columns] = shape as [number, number];
  const result = new Float32Array(data.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) result[c * rows + r] = data[r * columns + c]!;
  return { shape: [columns, rows], data: result };
}
