/** Products with weights of 8 bits: each row of a matrix is cut into blocks of 32 with a scale of its own. */
import { constant, emit, type Graph, type Tensor } from '../graph/index.ts';

const BLOCK = 32;
/** The stored byte that stands for 0. */
const ZERO = 128;

/** x·Wᵀ for a constant W (height, width) that is quantised here; activations are quantised while it runs. */
export function blockProduct(graph: Graph, height: number, width: number, data: Float32Array): (x: Tensor) => Tensor {
  const blocks = Math.ceil(width / BLOCK);
  const bytes = new Uint8Array(height * blocks * BLOCK).fill(ZERO);
  const scales = new Float32Array(height * blocks);
  for (let row = 0; row < height; row++) {
    for (let block = 0; block < blocks; block++) {
      const part = data.subarray(row * width + block * BLOCK, row * width + Math.min(width, (block + 1) * BLOCK));
      const at = row * blocks + block;
      scales[at] = quantiseBlock(part, bytes.subarray(at * BLOCK, (at + 1) * BLOCK));
    }
  }
  const weight = constant(graph, 'u8', [height, blocks, BLOCK], bytes);
  const scale = constant(graph, 'f32', [height * blocks], scales);
  const attributes = { K: width, N: height, bits: 8, block_size: BLOCK, accuracy_level: 4 };
  return (x) => emit('MatMulNBits', [x, weight, scale], [x.shape[0]!, height], { domain: 'com.microsoft', attributes });
}

/** Writes round(x / scale) + 128 and returns the scale. */
function quantiseBlock(values: Float32Array, into: Uint8Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  const scale = Math.fround(most / 127) || 1;
  for (let i = 0; i < values.length; i++) into[i] = Math.round(values[i]! / scale) + ZERO;
  return scale;
}
