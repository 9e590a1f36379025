/** Mirrors: upside down, and backwards. */
import {
  compareNotes,
  endOf,
  formatPitch,
  intervalBetween,
  movePitch,
  parsePitch,
  type Score,
  signatureAlter,
} from '../score/index.ts';
import { mapNotes } from './map-notes.ts';

/**
 * Turns each part upside down about its first note. Diatonic: steps of the staff are mirrored and the key's own accidentals
 * written; chromatic: semitones are mirrored. Chord symbols fall away, since they no longer fit.
 */
export function invert(score: Score, { kind = 'diatonic' }: { kind?: 'diatonic' | 'chromatic' } = {}): Score {
  const axes = new Map(score.parts.flatMap(({ notes }) => notes.map((note) => [note, notes[0]!.pitch] as const)));
  const turned = mapNotes(score, (note, bar) => {
    const axis = axes.get(note)!;
    const { steps, semitones } = intervalBetween(axis, note.pitch);
    if (kind === 'chromatic') return { ...note, pitch: movePitch(axis, { steps: -steps, semitones: -semitones }) };
    return { ...note, pitch: onStaff(axis, -steps, bar.key) };
  });
  return sorted({ ...turned, chords: [] });
}

/** The note so many staff steps from a pitch, with the accidental of the key. */
function onStaff(from: string, steps: number, key: Score['bars'][number]['key']): string {
  const plain = movePitch(from, { steps, semitones: Math.round((steps * 12) / 7) });
  const { letter, octave } = parsePitch(plain);
  return formatPitch({ letter, octave, alter: signatureAlter(key, letter) });
}

/**
 * Plays the piece backwards: notes and chords end where they began. Lyrics, ties of slurs and marks fall away. Bars are
 * reversed with it, so a pickup becomes a short last bar.
 */
export function retrograde(score: Score): Score {
  const end = endOf(score);
  let at = 0;
  const bars = score.bars
    .toReversed()
    .map(({ repeatStart: _, repeatEnd: __, ending: ___, jump: ____, line: _____, ...bar }) => {
      const placed = { ...bar, at };
      at += bar.length;
      return placed;
    });
  const chords = score.chords
    .map(({ symbol }, i) => ({ at: end - (score.chords[i + 1]?.at ?? end), symbol }))
    .reverse();
  const parts = score.parts.map(({ marks: _, spans: __, ...part }) => ({
    ...part,
    notes: part.notes.map(({ lyrics: ___, ...note }) => ({ ...note, at: end - note.at - note.length })),
  }));
  return sorted({ ...score, bars, chords, tempos: score.tempos.slice(0, 1), parts });
}

function sorted(score: Score): Score {
  return { ...score, parts: score.parts.map((part) => ({ ...part, notes: part.notes.toSorted(compareNotes) })) };
}
