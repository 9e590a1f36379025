/**
 * A LoRA adapter in the real format of llama.cpp, with random matrices, and the same adapter merged into the weights of its model.
 *
 *   W + (alpha / rank · strength) · B A      B (rows, rank)   A (rank, columns)
 *
 * As convert_lora_to_gguf.py writes it: `general.type` adapter, `adapter.type` lora, `adapter.lora.alpha`, and for each weight two
 * tensors, NAME.lora_a and NAME.lora_b; rows of q and k are dealt out as those of the model are.
 */
import { createRandom } from '../src/core/index.ts';
import { formatGguf, type GgufTensor, type GgufValue } from '../src/training/export/gguf.ts';
import { packBlocks } from '../src/training/export/gguf-blocks.ts';
import { dealRows, ggufPlaces } from '../src/training/export/gguf-layout.ts';
import type { Model } from '../src/training/index.ts';

/** One weight's pair of matrices. */
interface Pair {
  readonly ours: string;
  readonly theirs: string;
  readonly rows: number;
  readonly columns: number;
  readonly dealt: number;
  readonly a: Float32Array;
  readonly b: Float32Array;
}

export interface Lora {
  readonly rank: number;
  readonly alpha: number;
  readonly pairs: readonly Pair[];
}

/** Matrices large enough that nothing stays as it was. */
export function randomLora({ config }: Model, { rank = 4, alpha = 6 } = {}): Lora {
  const random = createRandom('lora');
  const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => 0.5 * random.normal());
  const adapted = ggufPlaces(config).filter(({ theirs }) =>
    /^blk\.\d+\.(attn|ffn)_(q|v|output|down)\.weight$/.test(theirs),
  );
  const pairs = adapted.map(({ ours, theirs, shape, dealt }): Pair => {
    const [rows, columns] = [shape[0]!, shape[1]!];
    return { ours, theirs, rows, columns, dealt, a: draw(rank * columns), b: draw(rows * rank) };
  });
  return { rank, alpha, pairs };
}

/** The bytes of the adapter's file. */
export function loraFile(
  lora: Lora,
  architecture = 'llama',
  more: readonly (readonly [string, GgufValue])[] = [],
): Uint8Array {
  const { rank, alpha, pairs } = lora;
  const tensor = (values: Float32Array, shape: readonly number[]): GgufTensor => ({
    shape,
    type: 'F32',
    bytes: packBlocks('F32', values),
  });
  const tensors = pairs.flatMap(({ theirs, rows, columns, dealt, a, b }): [string, GgufTensor][] => [
    [`${theirs}.lora_a`, tensor(a, [rank, columns])],
    [`${theirs}.lora_b`, tensor(dealt > 0 ? dealRows(b, dealt, rank) : b, [rows, rank])],
  ]);
  const metadata = new Map<string, GgufValue>([
    ['general.architecture', { type: 'string', value: architecture }],
    ['general.type', { type: 'string', value: 'adapter' }],
    ['adapter.type', { type: 'string', value: 'lora' }],
    ['adapter.lora.alpha', { type: 'f32', value: alpha }],
    ...more,
  ]);
  return formatGguf({ metadata, tensors: new Map(tensors) });
}

/** The model with the adapter in its weights. */
export function merged(model: Model, { rank, alpha, pairs }: Lora, strength = 1): Model {
  const weights = new Map(model.weights);
  const scale = (alpha / rank) * strength;
  for (const { ours, rows, columns, a, b } of pairs) {
    const whole = weights.get(ours)!.slice();
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        for (let k = 0; k < rank; k++) sum += b[row * rank + k]! * a[k * columns + column]!;
        whole[row * columns + column]! += scale * sum;
      }
    }
    weights.set(ours, whole);
  }
  return { ...model, weights };
}
