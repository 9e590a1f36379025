/** Chords for a melody that is to be arranged: the likeliest in the manner of its mode. */
import { type HarmoniseOptions, harmonise } from './harmony/index.ts';
import type { Score } from './score/index.ts';

/** Writes chord symbols over a score. Fewer than a chord to four bars is a drone: then chords are asked to change more often. */
export function addChords(score: Score, options: HarmoniseOptions = {}): Score {
  const [usual] = harmonise(score, options);
  const enough = usual!.score.chords.length * 4 > score.bars.length;
  const [harmony] = enough ? [usual] : harmonise(score, { ...options, density: 'dense' });
  return harmony!.score;
}
