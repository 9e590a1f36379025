/** Whether music under a signature is in its major key or the minor one: by the profiles of Krumhansl and Kessler (1982). */

const MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
const MINOR = [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];

/** Compares the two keys of a signature on the notes under it. */
export function likelierMode(
  fifths: number,
  notes: readonly (readonly [at: number, length: number, midi: number])[],
): 'major' | 'minor' {
  const weights = new Array<number>(12).fill(0);
  for (const [, length, midi] of notes) weights[midi % 12]! += length;
  const tonic = (((fifths * 7) % 12) + 12) % 12;
  const major = correlation(weights, MAJOR, tonic);
  const minor = correlation(weights, MINOR, (tonic + 9) % 12);
  return major >= minor ? 'major' : 'minor';
}

function correlation(weights: readonly number[], profile: readonly number[], tonic: number): number {
  const turned = weights.map((_, i) => weights[(i + tonic) % 12]!);
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
  const [a, b] = [mean(turned), mean(profile)];
  const dot = turned.reduce((sum, x, i) => sum + (x - a) * (profile[i]! - b), 0);
  const norm = Math.sqrt(turned.reduce((s, x) => s + (x - a) ** 2, 0) * profile.reduce((s, x) => s + (x - b) ** 2, 0));
  return norm === 0 ? 0 : dot / norm;
}
