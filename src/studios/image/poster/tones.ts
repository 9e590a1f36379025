/** Colours of a picture for its type and ground: k-means in OKLab (Lloyd 1982) from seeds spread along lightness, the same every time. */
import { type Bitmap, fromOklab, type Triple, toOklab } from '../raster/index.ts';
import { contrastRatio, luminance } from './contrast.ts';
import type { Tones } from './types.ts';

const CLUSTERS = 7;
const ROUNDS = 8;

interface Cluster {
  readonly mean: Triple;
  readonly share: number;
}

/** The tones of a small opaque bitmap. */
export function tonesOf(bitmap: Bitmap): Tones {
  const clusters = clustersOf(bitmap);
  const chroma = ([, a, b]: Triple): number => Math.hypot(a, b);
  const seen = clusters.filter(({ share }) => share > 0.01);
  const byLight = seen.map(({ mean }) => mean).toSorted((one, other) => one[0] - other[0]);
  const darkest = byLight[0]!;
  const lightest = byLight.at(-1)!;
  const accent = seen.reduce((best, each) => (vividness(each) > vividness(best) ? each : best)).mean;
  const quiet = (l: number, [, a, b]: Triple, most: number): Triple => {
    const share = Math.min(1, most / Math.max(1e-6, Math.hypot(a, b)));
    return bytes([l, a * share, b * share]);
  };
  return {
    dark: quiet(Math.min(0.24, darkest[0]), darkest, 0.03),
    light: quiet(Math.max(0.95, lightest[0]), lightest, 0.02),
    ground: quiet(Math.min(0.955, Math.max(0.935, lightest[0])), lightest, 0.013),
    accent:
      chroma(accent) > 0.05 ? fieldOf([Math.min(0.6, Math.max(0.4, accent[0])), accent[1], accent[2]]) : [168, 42, 30],
  };
}

/** As light as pale type can still be read on, whatever its hue. */
function fieldOf([l, a, b]: Triple): Triple {
  const colour = bytes([l, a, b]);
  return l < 0.25 || contrastRatio(luminance(colour), 0.95) > READS ? colour : fieldOf([l - 0.01, a, b]);
}

/** The contrast of small type, and a little more. */
const READS = 4.75;

const vividness = ({ mean: [, a, b], share }: Cluster): number => Math.hypot(a, b) * Math.min(1, share * 12) ** 0.5;

const bytes = (lab: Triple): Triple => fromOklab(lab).map(Math.round) as unknown as Triple;

function clustersOf({ width, height, data }: Bitmap): Cluster[] {
  const pixels = Array.from({ length: width * height }, (_, i) =>
    toOklab([data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!]),
  );
  const sorted = pixels.toSorted((one, other) => one[0] - other[0]);
  let means = Array.from({ length: CLUSTERS }, (_, k) => sorted[Math.floor(((k + 0.5) / CLUSTERS) * sorted.length)]!);
  let counts = new Array<number>(CLUSTERS).fill(0);
  for (let round = 0; round < ROUNDS; round++) {
    const sums = means.map(() => [0, 0, 0]);
    counts = new Array<number>(CLUSTERS).fill(0);
    for (const pixel of pixels) {
      const nearest = nearestOf(pixel, means);
      counts[nearest]!++;
      for (let c = 0; c < 3; c++) sums[nearest]![c]! += pixel[c]!;
    }
    means = means.map((mean, k) =>
      counts[k]! > 0 ? (sums[k]!.map((sum) => sum / counts[k]!) as unknown as Triple) : mean,
    );
  }
  return means.map((mean, k) => ({ mean, share: counts[k]! / pixels.length }));
}

function nearestOf([l, a, b]: Triple, means: readonly Triple[]): number {
  let [best, least] = [0, Infinity];
  for (const [k, mean] of means.entries()) {
    const away = (l - mean[0]) ** 2 + (a - mean[1]) ** 2 + (b - mean[2]) ** 2;
    if (away < least) [best, least] = [k, away];
  }
  return best;
}
