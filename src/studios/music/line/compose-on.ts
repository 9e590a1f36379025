/**
 * A melody by rule on what the artist gives: a rhythm, chords, or both. The plan and the contour are those of a tune composed
 * by rule; its pitches are drawn anew where rhythm and chords ask for others.
 *
 *   wish ─▶ tune by rule ─▶ its contour, sampled at the onsets of the rhythm ─▶ line over the chords
 */
import type { Random } from '../../../core/index.ts';
import { barIndexAt, midiOf, type Note, type Score } from '../score/index.ts';
import { composeByRules, type TuneWish } from '../tunes/index.ts';
import { fitLine, type LinePlace } from './fit-line.ts';

/** What is given; times on the grid of 24 ticks a quarter note. */
export interface Given {
  readonly rhythm?: readonly Pick<Note, 'at' | 'length'>[] | undefined;
  readonly chords?: Score['chords'] | undefined;
  /** Whether strong beats have chord tones; default true. */
  readonly chordTones?: boolean | undefined;
}

/** Composes a tune: onsets and lengths are those of the rhythm, the chords those given. Same wish, gifts and stream, same tune. */
export function composeOn(wish: TuneWish, { rhythm, chords = [], chordTones }: Given, random: Random): Score {
  const base = composeByRules(wish, random.fork('contour'));
  const [melody] = base.parts;
  const ground = { ...base, chords };
  const notes: readonly Pick<Note, 'at' | 'length'>[] = rhythm ?? melody!.notes;
  const heights = melody!.notes.map(({ pitch }) => midiOf(pitch));
  const [low, high] = wish.range
    ? wish.range.map(midiOf)
    : [Math.min(...heights) - (rhythm ? 2 : 1), Math.max(...heights) + (rhythm ? 2 : 1)];
  const ends = lastOfSections(base, notes);
  const places = notes.map(({ at, length }, i): LinePlace => {
    return { at, length, target: contourAt(melody!.notes, at), closes: ends.has(i) };
  });
  const pitches = fitLine(ground, places, { low: low!, high: high!, random: random.fork('line'), chordTones });
  const written = notes.map((note, i): Note => {
    const old = rhythm ? undefined : melody!.notes[i];
    const { graces: _, ...kept } = old ?? { ...note, pitch: '' };
    const same = old?.pitch === pitches[i];
    return { ...(same ? old! : kept), at: note.at, length: note.length, pitch: pitches[i]! };
  });
  return { ...base, chords: [...chords], parts: [{ ...melody!, notes: written }] };
}

/** Height of a tune at a tick: that of the note sounding, or of the last before. */
function contourAt(notes: readonly Note[], tick: number): number {
  const note = notes.findLast(({ at }) => at <= tick) ?? notes[0];
  return note ? midiOf(note.pitch) : 67;
}

/** The last note of the piece: it closes. */
function lastOfSections({ bars }: Score, notes: readonly Pick<Note, 'at'>[]): Set<number> {
  const last = notes.length - 1;
  return last >= 0 && barIndexAt(bars, notes[last]!.at) >= bars.length - 2 ? new Set([last]) : new Set();
}
