/** How visible it is that a picture is laid beside itself. */
import type { Bitmap } from '../raster/index.ts';

export interface Seam {
  /** Mean step over the edge, by the mean step between neighbours inside; about 1 cannot be seen. The worse of across and down. */
  readonly edge: number;
  /** The same of the worst line anywhere, cut or edge, by the step that nine lines in ten stay under. */
  readonly worst: number;
}

export function measureSeam(bitmap: Bitmap): Seam {
  const [across, down] = [stepsOf(bitmap, true), stepsOf(bitmap, false)].map((steps) => {
    const inside = steps.slice(0, -1);
    const mean = inside.reduce((sum, step) => sum + step, 0) / inside.length;
    const usual = [...steps].sort((a, b) => a - b)[Math.floor(steps.length * 0.9)]!;
    return { edge: steps.at(-1)! / Math.max(mean, 0.25), worst: Math.max(...steps) / Math.max(usual, 0.25) };
  }) as [Seam, Seam];
  return { edge: Math.max(across.edge, down.edge), worst: Math.max(across.worst, down.worst) };
}

/** Mean difference between each column (or row) and the next; the last one is that to the first. */
function stepsOf({ width, height, data }: Bitmap, across: boolean): number[] {
  const [lines, length] = across ? [width, height] : [height, width];
  return Array.from({ length: lines }, (_, line) => {
    const next = (line + 1) % lines;
    let sum = 0;
    for (let i = 0; i < length; i++) {
      const one = (across ? i * width + line : line * width + i) * 4;
      const other = (across ? i * width + next : next * width + i) * 4;
      for (let c = 0; c < 3; c++) sum += Math.abs(data[one + c]! - data[other + c]!);
    }
    return sum / (3 * length);
  });
}

/** The picture laid beside itself, `times` across and down. */
export function repeatTile({ width, height, data }: Bitmap, times: number): Bitmap {
  const out = new Uint8ClampedArray(data.length * times * times);
  for (let y = 0; y < height * times; y++) {
    const row = data.subarray((y % height) * width * 4, ((y % height) + 1) * width * 4);
    for (let k = 0; k < times; k++) out.set(row, (y * times + k) * width * 4);
  }
  return { width: width * times, height: height * times, data: out };
}
