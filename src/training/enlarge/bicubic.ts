/** Pictures in planes made larger by cubic interpolation (Keys, 1981): what an enlarger begins from. */
import type { Pictures } from '../pictures/index.ts';

const TAPS = 4;
/** Keys' parameter; −0.5 is exact for parabolas. */
const A = -0.5;

/** (n, C, H, W) ─▶ (n, C, scale·H, scale·W); edges are repeated. */
export function enlargeBicubic({ data, width, height, channels }: Pictures, scale: number): Pictures {
  const planes = data.length / (width * height);
  const kernels = Array.from({ length: scale }, (_, phase) => kernelAt(phase, scale));
  const wide = new Float32Array(data.length * scale);
  for (let row = 0; row < planes * height; row++) stretch(data, wide, { row, width, scale, kernels });
  const out = new Float32Array(wide.length * scale);
  for (let plane = 0; plane < planes; plane++)
    heighten(wide, out, { plane, width: width * scale, height, scale, kernels });
  return { data: out, width: width * scale, height: height * scale, channels };
}

interface Kernel {
  /** Of the first tap beside the pixel that an output lies in. */
  readonly offset: number;
  readonly weights: readonly number[];
}

function kernelAt(phase: number, scale: number): Kernel {
  const at = (phase + 0.5) / scale - 0.5;
  const low = Math.floor(at);
  const weights = Array.from({ length: TAPS }, (_, tap) => cubic(at - (low - 1 + tap)));
  return { offset: low - 1, weights };
}

function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x <= 1) return (A + 2) * x ** 3 - (A + 3) * x ** 2 + 1;
  return x < 2 ? A * (x ** 3 - 5 * x ** 2 + 8 * x - 4) : 0;
}

interface Row {
  readonly row: number;
  readonly width: number;
  readonly scale: number;
  readonly kernels: readonly Kernel[];
}

function stretch(from: Float32Array, into: Float32Array, { row, width, scale, kernels }: Row): void {
  const line = from.subarray(row * width, (row + 1) * width);
  const out = into.subarray(row * width * scale, (row + 1) * width * scale);
  for (let phase = 0; phase < scale; phase++) {
    const { offset, weights } = kernels[phase]!;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap++) {
        sum += weights[tap]! * line[Math.max(0, Math.min(width - 1, x + offset + tap))]!;
      }
      out[x * scale + phase] = sum;
    }
  }
}

interface Plane extends Omit<Row, 'row'> {
  readonly plane: number;
  readonly height: number;
}

function heighten(from: Float32Array, into: Float32Array, { plane, width, height, scale, kernels }: Plane): void {
  for (let y = 0; y < height * scale; y++) {
    const { offset, weights } = kernels[y % scale]!;
    const out = into.subarray((plane * height * scale + y) * width, (plane * height * scale + y + 1) * width);
    for (let tap = 0; tap < TAPS; tap++) {
      const row = Math.max(0, Math.min(height - 1, Math.floor(y / scale) + offset + tap));
      const line = from.subarray((plane * height + row) * width, (plane * height + row + 1) * width);
      const weight = weights[tap]!;
      for (let x = 0; x < width; x++) out[x]! += weight * line[x]!;
    }
  }
}
