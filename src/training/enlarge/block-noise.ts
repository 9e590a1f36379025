/** The blocks that JPEG leaves: cosines of 8 × 8 squares rounded to steps that grow with their frequency. */
import type { Pictures } from '../pictures/index.ts';

const SIDE = 8;
/** Rows: frequencies; columns: places. Orthonormal. */
const COSINES = Float64Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [frequency, place] = [Math.floor(i / SIDE), i % SIDE];
  const norm = frequency === 0 ? Math.sqrt(1 / SIDE) : Math.sqrt(2 / SIDE);
  return norm * Math.cos(((2 * place + 1) * frequency * Math.PI) / (2 * SIDE));
});

/** Pictures in [−1, 1] after rounding; coarseness 0 … 1. Squares that the edge cuts stay as they are. */
export function quantiseBlocks({ data, width, height, channels }: Pictures, coarseness: number): Pictures {
  const out = data.slice();
  const planes = data.length / (width * height);
  const block = new Float64Array(SIDE * SIDE);
  for (let plane = 0; plane < planes; plane++) {
    for (let top = 0; top + SIDE <= height; top += SIDE) {
      for (let left = 0; left + SIDE <= width; left += SIDE) {
        const at = plane * width * height + top * width + left;
        for (let i = 0; i < block.length; i++) block[i] = out[at + (i >> 3) * width + (i & 7)]!;
        const cosines = turn(block, false);
        for (let i = 0; i < block.length; i++) {
          const step = (0.02 + 0.014 * ((i >> 3) + (i & 7))) * coarseness;
          cosines[i] = Math.round(cosines[i]! / step) * step;
        }
        const back = turn(cosines, true);
        for (let i = 0; i < block.length; i++) {
          out[at + (i >> 3) * width + (i & 7)] = Math.max(-1, Math.min(1, back[i]!));
        }
      }
    }
  }
  return { data: out, width, height, channels };
}

/** C·B·Cᵀ, or back: Cᵀ·B·C. */
function turn(block: Float64Array, back: boolean): Float64Array {
  const entry = (i: number, j: number): number => (back ? COSINES[j * SIDE + i]! : COSINES[i * SIDE + j]!);
  const half = new Float64Array(SIDE * SIDE);
  const out = new Float64Array(SIDE * SIDE);
  for (let i = 0; i < SIDE; i++) {
    for (let j = 0; j < SIDE; j++) {
      let sum = 0;
      for (let k = 0; k < SIDE; k++) sum += entry(i, k) * block[k * SIDE + j]!;
      half[i * SIDE + j] = sum;
    }
  }
  for (let i = 0; i < SIDE; i++) {
    for (let j = 0; j < SIDE; j++) {
      let sum = 0;
      for (let k = 0; k < SIDE; k++) sum += half[i * SIDE + k]! * entry(j, k);
      out[i * SIDE + j] = sum;
    }
  }
  return out;
}
