/**
 * Products with weights of 8 or 4 bits: each row of a matrix is cut into blocks of 32 with a scale of its own, as the
 * operator MatMulNBits wants them. The stored number 2^(bits − 1) stands for 0; of two numbers of 4 bits in a byte the
 * first is the low one.
 */
import { constant, emit, type Graph, type Tensor } from '../graph/index.ts';

const BLOCK = 32;

/** How many bits a weight keeps. */
export type BlockBits = 4 | 8;

/** A matrix cut into blocks, as `quantiseBlocks` makes it. */
export type Blocks = ReturnType<typeof quantiseBlocks>;

/** x·Wᵀ for a constant W (height, width) in blocks; activations are quantised while it runs. */
export function blockProduct(
  graph: Graph,
  height: number,
  width: number,
  { bytes, scales, blocks }: Blocks,
  bits: BlockBits = 8,
): (x: Tensor) => Tensor {
  const weight = constant(graph, 'u8', [height, blocks, (BLOCK * bits) / 8], bytes);
  const scale = constant(graph, 'f32', [height * blocks], scales);
  const attributes = { K: width, N: height, bits, block_size: BLOCK, accuracy_level: 4 };
  return (x) => emit('MatMulNBits', [x, weight, scale], [x.shape[0]!, height], { domain: 'com.microsoft', attributes });
}

/** The bytes and scales of a matrix (height, width); a last block that is not full is filled with zeros. */
export function quantiseBlocks(height: number, width: number, data: Float32Array, bits: BlockBits) {
  const blocks = Math.ceil(width / BLOCK);
  const size = (BLOCK * bits) / 8;
  const bytes = new Uint8Array(height * blocks * size);
  const scales = new Float32Array(height * blocks);
  const levels = new Uint8Array(BLOCK);
  for (let row = 0; row < height; row++) {
    for (let block = 0; block < blocks; block++) {
      const part = data.subarray(row * width + block * BLOCK, row * width + Math.min(width, (block + 1) * BLOCK));
      const at = row * blocks + block;
      scales[at] = bits === 8 ? levels8(part, levels) : levels4(part, levels);
      const into = bytes.subarray(at * size, (at + 1) * size);
      if (bits === 8) into.set(levels);
      else for (let i = 0; i < size; i++) into[i] = levels[2 * i]! | (levels[2 * i + 1]! << 4);
    }
  }
  return { bytes, scales, blocks };
}

/** Writes round(x / scale) + 128 and returns the scale. */
function levels8(values: Float32Array, into: Uint8Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  const scale = Math.fround(most / 127) || 1;
  into.fill(128);
  for (let i = 0; i < values.length; i++) into[i] = Math.round(values[i]! / scale) + 128;
  return scale;
}

/** Shares of the full range that are tried as a scale of 4 bits: a little less than all cuts the farthest numbers. */
const SHARES = [1, 0.95, 0.9, 0.85, 0.8, 0.75];

/** Writes round(x / scale) + 8 within 0 to 15 for the scale with the least squared error, and returns the scale. */
function levels4(values: Float32Array, into: Uint8Array): number {
  let far = 0;
  for (const value of values) if (Math.abs(value) > Math.abs(far)) far = value;
  let [best, least] = [1, Number.POSITIVE_INFINITY];
  for (const share of SHARES) {
    const scale = Math.fround((far * share) / -8) || 1; // the farthest number becomes the lowest level, which has no opposite
    let error = 0;
    for (let i = 0; i < values.length; i++) error += (values[i]! - (nearest4(values[i]! / scale) - 8) * scale) ** 2;
    if (error < least) [best, least] = [scale, error];
  }
  into.fill(8);
  for (let i = 0; i < values.length; i++) into[i] = nearest4(values[i]! / best);
  return best;
}

function nearest4(value: number): number {
  return Math.max(0, Math.min(15, Math.round(value) + 8));
}
