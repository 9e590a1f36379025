/**
 * The kinds of numbers in a GGUF file: plain ones, and blocks of small integers that share a scale. All kinds are read,
 * the first three and Q8_0 are written. Layouts are those of ggml's ggml-common.h.
 *
 *   Q8_0   32 × i8 · d                                     34 bytes
 *   Q4_0   32 × (u4 − 8) · d                               18 bytes
 *   Q4_K   8 groups of 32 × u4 · scale · d − least · dMin  144 bytes
 *   Q6_K   16 groups of 16 × (u6 − 32) · scale · d         210 bytes
 */
import { narrowFloat16, widenBfloat16, widenFloat16 } from '../model/float16.ts';

export type BlockType = 'F32' | 'F16' | 'BF16' | 'Q8_0' | 'Q4_0' | 'Q4_K' | 'Q6_K';

/** Per kind: its number in the file, how many values a block holds, and its bytes. */
export const BLOCKS: Readonly<Record<BlockType, { number: number; length: number; bytes: number }>> = {
  F32: { number: 0, length: 1, bytes: 4 },
  F16: { number: 1, length: 1, bytes: 2 },
  BF16: { number: 30, length: 1, bytes: 2 },
  Q8_0: { number: 8, length: 32, bytes: 34 },
  Q4_0: { number: 2, length: 32, bytes: 18 },
  Q4_K: { number: 12, length: 256, bytes: 144 },
  Q6_K: { number: 14, length: 256, bytes: 210 },
};

/** The bytes that a tensor takes. */
export function blockBytes(type: BlockType, shape: readonly number[]): number {
  return (shape.reduce((a, b) => a * b, 1) / BLOCKS[type].length) * BLOCKS[type].bytes;
}

/** Packs numbers; for Q8_0 their count must be a multiple of 32. */
export function packBlocks(type: 'F32' | 'F16' | 'Q8_0', values: Float32Array): Uint8Array {
  if (type === 'F32') return new Uint8Array(values.slice().buffer);
  if (type === 'F16') return new Uint8Array(narrowFloat16(values).buffer);
  return packEights(values);
}

/** The numbers of packed blocks. */
export function unpackBlocks(type: BlockType, bytes: Uint8Array): Float32Array {
  const { length, bytes: size } = BLOCKS[type];
  // A new Uint8Array is a copy, aligned; `slice` of a Buffer would be neither.
  if (type === 'F32') return new Float32Array(new Uint8Array(bytes).buffer);
  if (type === 'F16') return widenFloat16(new Uint16Array(new Uint8Array(bytes).buffer));
  if (type === 'BF16') return widenBfloat16(new Uint16Array(new Uint8Array(bytes).buffer));
  const count = bytes.length / size;
  const values = new Float32Array(count * length);
  for (let i = 0; i < count; i++) {
    UNPACK[type](bytes.subarray(i * size, (i + 1) * size), values.subarray(i * length, (i + 1) * length));
  }
  return values;
}

const UNPACK = { Q8_0: unpackEights, Q4_0: unpackFours, Q4_K: unpackFourK, Q6_K: unpackSixK };

/** Each block over its largest magnitude, in 255 steps; the scale is kept in 16 bits. */
function packEights(values: Float32Array): Uint8Array {
  const count = values.length / 32;
  const scales = new Float32Array(count);
  const bytes = new Uint8Array(count * 34);
  for (let block = 0; block < count; block++) {
    const part = values.subarray(block * 32, (block + 1) * 32);
    const scale = Math.fround(part.reduce((most, x) => Math.max(most, Math.abs(x)), 0) / 127);
    scales[block] = scale;
    for (let i = 0; i < 32; i++) bytes[block * 34 + 2 + i] = scale === 0 ? 0 : Math.round(part[i]! / scale);
  }
  const halves = new Uint8Array(narrowFloat16(scales).buffer);
  for (let block = 0; block < count; block++) bytes.set(halves.subarray(2 * block, 2 * block + 2), block * 34);
  return bytes;
}

function unpackEights(bytes: Uint8Array, into: Float32Array): void {
  const d = half(bytes, 0);
  for (let i = 0; i < 32; i++) into[i] = d * signed(bytes[2 + i]!);
}

function unpackFours(bytes: Uint8Array, into: Float32Array): void {
  const d = half(bytes, 0);
  for (let i = 0; i < 16; i++) {
    into[i] = d * ((bytes[2 + i]! & 15) - 8);
    into[i + 16] = d * ((bytes[2 + i]! >> 4) - 8);
  }
}

/** Bytes: d, dMin (2 each), 8 scales and 8 leasts of 6 bits each (12), 256 values of 4 bits (128). */
function unpackFourK(bytes: Uint8Array, into: Float32Array): void {
  const [d, dMin] = [half(bytes, 0), half(bytes, 2)];
  const packed = bytes.subarray(4, 16);
  const values = bytes.subarray(16);
  for (let group = 0; group < 8; group++) {
    const [scale, least] = sixBits(packed, group);
    const from = 32 * (group >> 1);
    const shift = group % 2 === 0 ? 0 : 4;
    for (let i = 0; i < 32; i++) {
      into[32 * group + i] = d * scale * ((values[from + i]! >> shift) & 15) - dMin * least;
    }
  }
}

/** Scale and least of one of 8 groups: the first four lie in the low 6 bits, the others in pieces. */
function sixBits(packed: Uint8Array, group: number): readonly [number, number] {
  if (group < 4) return [packed[group]! & 63, packed[group + 4]! & 63];
  const low = packed[group + 4]!;
  return [(low & 15) | ((packed[group - 4]! >> 6) << 4), (low >> 4) | ((packed[group]! >> 6) << 4)];
}

/** Bytes: low 4 bits of 256 values (128), high 2 bits (64), 16 signed scales (16), d (2). */
function unpackSixK(bytes: Uint8Array, into: Float32Array): void {
  const d = half(bytes, 208);
  for (let i = 0; i < 256; i++) {
    const [side, quarter, place] = [i >> 7, (i >> 5) & 3, i & 31];
    const low = (bytes[64 * side + 32 * (quarter & 1) + place]! >> (quarter < 2 ? 0 : 4)) & 15;
    const high = (bytes[128 + 32 * side + place]! >> (2 * quarter)) & 3;
    into[i] = d * signed(bytes[192 + (i >> 4)]!) * ((low | (high << 4)) - 32);
  }
}

function signed(byte: number): number {
  return byte > 127 ? byte - 256 : byte;
}

function half(bytes: Uint8Array, at: number): number {
  return widenFloat16(Uint16Array.of(bytes[at]! | (bytes[at + 1]! << 8)))[0]!;
}
