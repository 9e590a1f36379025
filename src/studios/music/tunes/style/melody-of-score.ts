/** The melody of a score, its first part, as it is known by its manner. */
import { keyAt, midiOf, type Note, type Score, tonicClass } from '../../score/index.ts';
import type { StyledMelody } from './turns.ts';

/** Ticks of a quarter in which manners are counted. */
const GRID = 24;

/** Whether a note belongs to the voice that leads: the first, on the first staff. */
export function isLeading({ voice, staff }: Pick<Note, 'voice' | 'staff'>): boolean {
  return (voice ?? 1) === 1 && (staff ?? 1) === 1;
}

/** The highest notes of the first part's first voice; metre and key are those of the first bar. Undefined for a score without parts. */
export function styledMelodyOf(score: Score): StyledMelody | undefined {
  const [part] = score.parts;
  const [bar] = score.bars;
  if (!part || !bar) return undefined;
  const even = (ticks: number): number => Math.round((ticks * GRID) / score.ticksPerQuarter);
  const tops = new Map<number, StyledMelody['notes'][number]>();
  for (const { at, length, pitch } of part.notes.filter(isLeading)) {
    const note = { at: even(at), length: even(length), midi: midiOf(pitch) };
    if ((tops.get(note.at)?.midi ?? -1) < note.midi) tops.set(note.at, note);
  }
  const last = score.bars.at(-1)!;
  const key = keyAt(score, 0);
  return {
    notes: [...tops.values()].sort((a, b) => a.at - b.at),
    barStarts: [...score.bars.map(({ at }) => even(at)), even(last.at + last.length)],
    metre: bar.metre.join('/'),
    mode: key.mode,
    tonic: tonicClass(key),
  };
}
