/**
 * Chords for a melody that is to be arranged.
 *
 * A tune in a Chinese mode is harmonised in the seven-toned mode of its signature; ensembles that play in five tones
 * thin the chords to the mode afterwards. Its key stays what it is.
 */
import { type HarmoniseOptions, harmonise } from './harmony/index.ts';
import type { Key, Mode, Score } from './score/index.ts';

/** The seven-toned mode with the signature of a five-toned one. */
const SEVEN_TONED: Partial<Record<Mode, Mode>> = {
  gong: 'major',
  shang: 'dorian',
  jue: 'phrygian',
  zhi: 'mixolydian',
  yu: 'minor',
};

/** The likeliest chords under the melody of a score. */
export function addChords(score: Score, options: HarmoniseOptions = {}): Score {
  const seven = ({ mode, ...key }: Key): Key => ({ ...key, mode: SEVEN_TONED[mode] ?? mode });
  const western = { ...score, bars: score.bars.map((bar) => ({ ...bar, key: seven(bar.key) })) };
  const [usual] = harmonise(western, options);
  // Fewer than a chord to four bars is a drone: then chords are asked to change more often.
  const enough = usual!.score.chords.length * 4 > score.bars.length;
  const [harmony] = enough ? [usual] : harmonise(western, { ...options, density: 'dense' });
  return { ...harmony!.score, bars: score.bars };
}
