/**
 * Fields: one number a pixel (coverage, wetness, pigment, height). The workbench of the painters.
 */

export interface Field {
  readonly width: number;
  readonly height: number;
  /** Row by row from the top left. */
  readonly data: Float32Array;
}

/** A field of one value; default 0. */
export function createField(width: number, height: number, value = 0): Field {
  const data = new Float32Array(width * height);
  if (value !== 0) data.fill(value);
  return { width, height, data };
}

/** Gaussian blur by three box blurs (Kovesi 2010); `sigma` in pixels; edges are held. Gives a new field. */
export function blurField(field: Field, sigma: number): Field {
  if (sigma < 0.3) return { ...field, data: field.data.slice() };
  const { width, height } = field;
  const ideal = Math.sqrt((12 * sigma * sigma) / 3 + 1);
  const small = Math.max(1, Math.floor(ideal) - (Math.floor(ideal) % 2 === 0 ? 1 : 0));
  const count = Math.round((12 * sigma * sigma - 3 * small * small - 12 * small - 9) / (-4 * small - 4));
  const from = field.data.slice();
  let to = new Float32Array(from.length);
  for (let pass = 0; pass < 3; pass++) {
    const radius = ((pass < count ? small : small + 2) - 1) / 2;
    boxRows(from, to, width, height, radius);
    boxColumns(to, from, width, height, radius);
  }
  to = from;
  return { width, height, data: to };
}

function boxRows(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  const scale = 1 / (2 * radius + 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const [first, last] = [from[row]!, from[row + width - 1]!];
    let sum = first * radius;
    for (let x = 0; x < radius; x++) sum += from[row + Math.min(x, width - 1)]!;
    for (let x = 0; x < width; x++) {
      sum += x + radius < width ? from[row + x + radius]! : last;
      to[row + x] = sum * scale;
      sum -= x - radius >= 0 ? from[row + x - radius]! : first;
    }
  }
}

function boxColumns(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  const scale = 1 / (2 * radius + 1);
  const sums = new Float64Array(width);
  for (let x = 0; x < width; x++) {
    sums[x] = from[x]! * radius;
    for (let y = 0; y < radius; y++) sums[x]! += from[Math.min(y, height - 1) * width + x]!;
  }
  for (let y = 0; y < height; y++) {
    const ahead = Math.min(y + radius, height - 1) * width;
    const behind = Math.max(y - radius, 0) * width;
    for (let x = 0; x < width; x++) {
      const sum = sums[x]! + from[ahead + x]!;
      to[y * width + x] = sum * scale;
      sums[x] = sum - from[behind + x]!;
    }
  }
}

/** The value between pixels, by bilinear interpolation; edges are held. */
export function sampleField({ width, height, data }: Field, x: number, y: number): number {
  const cx = Math.min(Math.max(x, 0), width - 1);
  const cy = Math.min(Math.max(y, 0), height - 1);
  const [x0, y0] = [Math.floor(cx), Math.floor(cy)];
  const [x1, y1] = [Math.min(x0 + 1, width - 1), Math.min(y0 + 1, height - 1)];
  const [fx, fy] = [cx - x0, cy - y0];
  const top = data[y0 * width + x0]! * (1 - fx) + data[y0 * width + x1]! * fx;
  const bottom = data[y1 * width + x0]! * (1 - fx) + data[y1 * width + x1]! * fx;
  return top * (1 - fy) + bottom * fy;
}
