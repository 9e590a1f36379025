/** Transposing instruments: the interval between sounding and written pitch, and keys moved by it. */
import { fifthsOf, type Interval, type Key, movePitch, type Part, type Score } from '../../score/index.ts';

/** Staff steps that usually go with semitones within an octave. */
const STEPS = [0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6] as const;
/** Signatures beyond are not written. */
const MOST_SIGNS = 7;

/** From written to sounding; undefined for instruments that sound as written. Steps are chosen to keep signatures small. */
export function soundingInterval({ bars }: Score, { transposition = 0, percussion }: Part): Interval | undefined {
  if (transposition === 0 || percussion) return undefined;
  const size = Math.abs(transposition);
  const steps = 7 * Math.floor(size / 12) + STEPS[size % 12]!;
  const candidates = [steps, steps + 1, steps - 1].map((step) => ({
    steps: Math.sign(transposition) * step,
    semitones: transposition,
  }));
  // A key that has more signs than that as it sounds is no reason to respell the part, so long as it gets no more.
  const fits = (interval: Interval): boolean =>
    bars.every(
      ({ key }) => Math.abs(fifthsOf(moveKey(key, inverse(interval)))) <= Math.max(MOST_SIGNS, Math.abs(fifthsOf(key))),
    );
  return candidates.find(fits) ?? candidates[0]!;
}

/** The interval back. */
export function inverse({ steps, semitones }: Interval): Interval {
  return { steps: -steps || 0, semitones: -semitones || 0 };
}

/** A key moved with the music; accidentals written beyond the mode's signature are not kept. */
export function moveKey({ tonic, mode }: Key, interval: Interval): Key {
  return { tonic: movePitch(`${tonic}4`, interval).replace(/-?\d+$/, ''), mode };
}

/** Signs of the signature that a part has before it in each bar: sharps positive, flats negative. */
export function writtenSignatures(score: Score, part: Part): number[] {
  const sounding = soundingInterval(score, part);
  return score.bars.map(({ key }) => fifthsOf(sounding ? moveKey(key, inverse(sounding)) : key));
}
