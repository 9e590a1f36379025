/** The same tune in another mode: major to minor, a gong tune in zhi. */
import {
  formatPitch,
  isPentatonic,
  type Key,
  type Mode,
  midiOf,
  parsePitch,
  type Score,
  scaleDegrees,
  signatureAlter,
  spellingCentre,
  spellMidi,
  tonicClass,
} from '../score/index.ts';
import { mapNotes } from './map-notes.ts';

/**
 * Rewrites a score in another mode on the same tonic. Between seven-toned modes every degree keeps its place and takes the
 * new mode's accidental, chromatic alterations kept; into a five-toned mode, each note goes to the nearest tone it has.
 * Chord symbols fall away: harmonise again.
 */
export function changeMode(score: Score, mode: Mode): Score {
  const moved = mapNotes(score, (note, { key }) => ({
    ...note,
    pitch: inMode(note.pitch, key, { tonic: key.tonic, mode }),
  }));
  return { ...moved, chords: [], bars: score.bars.map((bar) => ({ ...bar, key: { tonic: bar.key.tonic, mode } })) };
}

function inMode(pitch: string, from: Key, to: Key): string {
  const { letter, alter, octave } = parsePitch(pitch);
  const chromatic = alter - signatureAlter(from, letter);
  const kept = formatPitch({ letter, octave, alter: clamp(signatureAlter(to, letter) + chromatic) });
  return isPentatonic(to.mode) ? nearestTone(kept, to) : kept;
}

const clamp = (alter: number): number => Math.max(-2, Math.min(2, alter));

function nearestTone(pitch: string, key: Key): string {
  const tonic = tonicClass(key);
  const tones = scaleDegrees(key.mode).map((degree) => (tonic + degree) % 12);
  const midi = midiOf(pitch);
  for (let away = 0; away < 4; away++) {
    for (const candidate of [midi - away, midi + away]) {
      if (tones.includes(((candidate % 12) + 12) % 12))
        return away === 0 ? pitch : spellMidi(candidate, spellingCentre(key));
    }
  }
  return pitch;
}
