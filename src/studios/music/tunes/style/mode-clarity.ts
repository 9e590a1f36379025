/** How plainly a melody is in its mode: by the tones that no other mode on the same tonic has, and by where phrases come to rest. */
import { type Mode, scaleDegrees } from '../../score/index.ts';
import { rivalsOf, timeByDegree } from './degrees.ts';
import type { StyledMelody } from './turns.ts';

/** Share of all time, strong notes twice, that makes a tone plain. */
const PLAIN = 0.04;
/** Share of the number that the ends of phrases decide. */
const RESTS = 0.35;

/** From 0 (another mode on this tonic is heard) to 1 (every tone that tells is heard, phrases end on the tonic or its fifth). */
export function modeClarity(melody: StyledMelody): number {
  const mode = melody.mode as Mode;
  if (melody.notes.length === 0) return 0;
  const times = timeByDegree(melody);
  const all = times.reduce((a, b) => a + b, 0);
  const heard = times.map((time) => time / all);
  const own = scaleDegrees(mode);
  const plain = rivalsOf(mode).map((rival) => {
    const theirs = scaleDegrees(rival);
    const time = (degrees: readonly number[]): number => degrees.reduce((sum, degree) => sum + heard[degree]!, 0);
    const lead =
      time(own.filter((degree) => !theirs.includes(degree))) - time(theirs.filter((degree) => !own.includes(degree)));
    return (1 + Math.max(-1, Math.min(1, lead / PLAIN))) / 2;
  });
  return (1 - RESTS) * Math.min(...plain) + RESTS * homeEnds(melody);
}

/** Of the ends of every fourth bar and the last note, counted twice, the share on the tonic, or half as good, on its fifth. */
function homeEnds({ notes, barStarts, tonic }: StyledMelody): number {
  const ends = barStarts.slice(1, -1).flatMap((end, i) => {
    const last = i % 4 === 3 ? notes.findLast(({ at }) => at < end) : undefined;
    return last ? [last.midi] : [];
  });
  const worth = (midi: number): number => [1, 0, 0, 0, 0, 0, 0, 0.6][(midi - tonic + 120) % 12] ?? 0;
  const last = notes.at(-1)!.midi;
  return (ends.reduce((sum, midi) => sum + worth(midi), 0) + 2 * worth(last)) / (ends.length + 2);
}
