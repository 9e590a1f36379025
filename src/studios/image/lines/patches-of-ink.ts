/** Connected patches of ink, 8-connected: what is too small is dirt, what has no strong point is noise. */
import type { Field } from '../raster/index.ts';

export interface InkLimits {
  /** From where on a pixel counts as ink. */
  readonly ink: number;
  /** A patch must reach this somewhere. */
  readonly strong: number;
  /** Pixels a patch must have. */
  readonly area: number;
}

/** Clears all that is no good patch, in place; the soft rim of good ones stays. */
export function keepInk({ width, height, data }: Field, { ink, strong, area }: InkLimits): void {
  const seen = new Uint8Array(data.length);
  const stack: number[] = [];
  for (let start = 0; start < data.length; start++) {
    if (seen[start] || data[start]! < ink) continue;
    const patch: number[] = [];
    let most = 0;
    seen[start] = 1;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop()!;
      patch.push(at);
      most = Math.max(most, data[at]!);
      for (const next of neighbours(at, width, height)) {
        if (seen[next] || data[next]! < ink) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    if (most < strong || patch.length < area) for (const at of patch) data[at] = 0;
    else for (const at of patch) seen[at] = 2;
  }
  for (let at = 0; at < data.length; at++) {
    if (data[at]! > 0 && seen[at] !== 2 && !neighbours(at, width, height).some((next) => seen[next] === 2))
      data[at] = 0;
  }
}

function neighbours(at: number, width: number, height: number): number[] {
  const [x, y] = [at % width, Math.floor(at / width)];
  const found: number[] = [];
  for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++)
    for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++)
      if (nx !== x || ny !== y) found.push(ny * width + nx);
  return found;
}

/** Soft step from 0 at `low` to 1 at `high`. */
export function smoothStep(value: number, low: number, high: number): number {
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return share * share * (3 - 2 * share);
}

/** The value below which this share of a field lies. */
export function quantileOf(data: Float32Array, share: number): number {
  const step = Math.max(1, Math.floor(data.length / 50_000));
  const sample = data.filter((_, i) => i % step === 0).sort();
  return sample[Math.min(sample.length - 1, Math.floor(share * sample.length))] ?? 0;
}
