/**
 * 加花: a melody with flowers. Long notes are filled with neighbours of the scale that lead to the next note, as players of
 * 江南丝竹 do at sight; the note itself stays on its beat, so the tune is still heard.
 */
import type { Random } from '../../../core/index.ts';
import {
  compareNotes,
  keyAt,
  midiOf,
  type Note,
  type Score,
  scaleDegrees,
  spellingCentre,
  spellMidi,
  tonicClass,
} from '../score/index.ts';

/** Decorates a share (0–1) of the notes that are long enough, within a range of MIDI keys; locked notes stay as they are. */
export function decorateMelody(
  score: Score,
  notes: readonly Note[],
  { share, random, range = [0, 127] }: { share: number; random: Random; range?: readonly [number, number] },
): Note[] {
  const short = score.ticksPerQuarter / 2;
  return notes
    .flatMap((note, i) => {
      const next = notes.slice(i + 1).find(({ at }) => at > note.at);
      // The last note closes; a flower there would open it again.
      const halves = Math.log2(note.length / short);
      const roomy = next !== undefined && halves >= 1 && Number.isInteger(halves) && !note.locked;
      if (!roomy || random.next() >= share) return [note];
      return flower(score, note, { next, random, range });
    })
    .sort(compareNotes);
}

function flower(
  score: Score,
  note: Note,
  { next, random, range: [low, high] }: { next: Note | undefined; random: Random; range: readonly [number, number] },
): Note[] {
  const key = keyAt(score, note.at);
  const [under, over] = stepsAround(midiOf(note.pitch), scaleOf(key));
  const goal = next && next.at === note.at + note.length ? midiOf(next.pitch) : midiOf(note.pitch);
  const pitch = (midi: number): string => spellMidi(midi, spellingCentre(key));
  const [lower, upper] = [under < low ? over : under, over > high ? under : over];
  const half = note.length / 2;
  const toward = goal >= midiOf(note.pitch) ? upper : lower;
  const { lyrics: _, ...rest } = note;
  // Three turns of phrase: a neighbour on the way; neighbour and back; a run of two.
  const kind = half % 2 === 0 ? random.integer(3) : 0;
  if (kind === 0)
    return [
      { ...note, length: half },
      { ...rest, at: note.at + half, length: half, pitch: pitch(toward) },
    ];
  if (kind === 1) {
    return [
      { ...note, length: half },
      { ...rest, at: note.at + half, length: half / 2, pitch: pitch(toward === upper ? lower : upper) },
      { ...rest, at: note.at + half * 1.5, length: half / 2, pitch: note.pitch },
    ];
  }
  return [
    { ...note, length: half },
    { ...rest, at: note.at + half, length: half / 2, pitch: pitch(toward) },
    { ...rest, at: note.at + half * 1.5, length: half / 2, pitch: pitch(toward === upper ? lower : upper) },
  ];
}

/** Pitch classes of a key's scale. */
export function scaleOf(key: Parameters<typeof tonicClass>[0]): number[] {
  const tonic = tonicClass(key);
  return scaleDegrees(key.mode).map((degree) => (tonic + degree) % 12);
}

function stepsAround(midi: number, scale: readonly number[]): [number, number] {
  let lower = midi - 1;
  while (!scale.includes(((lower % 12) + 12) % 12)) lower--;
  let upper = midi + 1;
  while (!scale.includes(upper % 12)) upper++;
  return [lower, upper];
}
