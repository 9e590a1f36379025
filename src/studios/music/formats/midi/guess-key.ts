/** The key of music whose file names none: the profile of Krumhansl and Kessler (1982) that its pitch classes resemble most. */
import { type Key, keyOfFifths } from '../../score/index.ts';

const PROFILES = {
  major: [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
  minor: [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17],
} as const;

/** The likeliest of the 24 keys, its signature within six accidentals; `weights` are lengths by pitch class from C. */
export function guessKey(weights: readonly number[]): Key {
  let best: Key = { tonic: 'C', mode: 'major' };
  let most = Number.NEGATIVE_INFINITY;
  for (let fifths = -5; fifths <= 6; fifths++) {
    for (const mode of ['major', 'minor'] as const) {
      const tonic = (((fifths + (mode === 'minor' ? 3 : 0)) * 7) % 12) + 12;
      const likeness = correlation(
        PROFILES[mode],
        PROFILES[mode].map((_, i) => weights[(i + tonic) % 12] ?? 0),
      );
      if (likeness > most) [most, best] = [likeness, keyOfFifths(fifths, mode)];
    }
  }
  return best;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  const dot = a.reduce((sum, value, i) => sum + (value - ma) * (b[i]! - mb), 0);
  return dot / (Math.sqrt(b.reduce((sum, value) => sum + (value - mb) ** 2, 0)) || 1);
}
