/** A palette out of a picture: k-means in OKLab, begun far apart (k-means++), the same for a seed. */
import type { Random } from '../../../core/index.ts';
import { type Bitmap, type Triple, toOklab } from '../raster/index.ts';

const ROUNDS = 12;

/** `count` colours of an opaque picture in OKLab, darkest first; `hue`: how much more a (squared) step of colour counts than one of lightness. */
export function paletteOf({ data }: Bitmap, count: number, random: Random, hue = 1): Triple[] {
  const samples = Array.from({ length: Math.min(4000, data.length / 4) }, (): Triple => {
    const at = random.integer(data.length / 4) * 4;
    return toOklab([data[at]!, data[at + 1]!, data[at + 2]!]);
  });
  let centres = spreadOut(samples, count, random, hue);
  for (let round = 0; round < ROUNDS; round++) {
    const sums = centres.map(() => [0, 0, 0, 0]);
    for (const sample of samples) {
      const sum = sums[nearestOf(centres, sample, hue)]!;
      for (let c = 0; c < 3; c++) sum[c]! += sample[c]!;
      sum[3]!++;
    }
    centres = sums.map(
      (sum, i): Triple => (sum[3] ? [sum[0]! / sum[3], sum[1]! / sum[3], sum[2]! / sum[3]] : centres[i]!),
    );
  }
  return centres.toSorted((a, b) => a[0] - b[0]);
}

function spreadOut(samples: readonly Triple[], count: number, random: Random, hue: number): Triple[] {
  const centres = [random.pick(samples)];
  while (centres.length < count) {
    const distances = samples.map((sample) => distance(sample, centres[nearestOf(centres, sample, hue)]!, hue));
    let rest = random.next() * distances.reduce((a, b) => a + b, 0);
    const at = distances.findIndex((value) => {
      rest -= value;
      return rest < 0;
    });
    centres.push(samples[Math.max(0, at)]!);
  }
  return centres;
}

const distance = (a: Triple, b: Triple, hue: number): number =>
  (a[0] - b[0]) ** 2 + hue * ((a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);

/** Place of the colour nearest to one. */
export function nearestOf(colours: readonly Triple[], wanted: Triple, hue = 1): number {
  let best = 0;
  for (let i = 1; i < colours.length; i++)
    if (distance(colours[i]!, wanted, hue) < distance(colours[best]!, wanted, hue)) best = i;
  return best;
}
