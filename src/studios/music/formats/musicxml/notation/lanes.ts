/**
 * Lanes: what one written voice can hold. The notes of a score's voice may overlap, have different lengths within a chord, or
 * stand on two staves; each such case needs a written voice of its own. Lane numbers are the score's voice numbers wherever
 * that is enough; a further lane of voice v gets v + 16, v + 32 …, so that the voice can be told from the number.
 */
import type { Note } from '../../../score/index.ts';

/** Voices of a score are 1–16; see `voiceOfLane`. */
const VOICES = 16;

/** Notes that begin and end together. */
export interface Chord {
  readonly at: number;
  readonly length: number;
  /** Lowest first, as the part has them. */
  readonly notes: readonly Note[];
}

export interface Lane {
  readonly number: number;
  readonly staff: number;
  /** In order, without overlaps. */
  readonly chords: readonly Chord[];
}

/** The voice of a score that a written voice belongs to. */
export function voiceOfLane(number: number): number {
  return ((number - 1) % VOICES) + 1;
}

/** The lanes of a part's notes, by number. */
export function lanesOf(notes: readonly Note[]): Lane[] {
  const lanes: { voice: number; staff: number; chords: Chord[]; end: number }[] = [];
  for (const chord of chordsOf(notes)) {
    const { voice = 1, staff = 1 } = chord.notes[0]!;
    let lane = lanes.find((open) => open.voice === voice && open.staff === staff && open.end <= chord.at);
    if (!lane) {
      lane = { voice, staff, chords: [], end: 0 };
      lanes.push(lane);
    }
    lane.chords.push(chord);
    lane.end = chord.at + chord.length;
  }
  lanes.sort((a, b) => a.voice - b.voice || a.staff - b.staff);
  const used = new Map<number, number>();
  return lanes.map(({ voice, staff, chords }) => {
    const turn = used.get(voice) ?? 0;
    used.set(voice, turn + 1);
    return { number: voice + VOICES * turn, staff, chords };
  });
}

function chordsOf(notes: readonly Note[]): Chord[] {
  const chords = new Map<string, { at: number; length: number; notes: Note[] }>();
  for (const note of notes) {
    const key = `${note.at} ${note.length} ${note.voice ?? 1} ${note.staff ?? 1}`;
    const chord = chords.get(key);
    if (chord) chord.notes.push(note);
    else chords.set(key, { at: note.at, length: note.length, notes: [note] });
  }
  return [...chords.values()].sort((a, b) => a.at - b.at || b.length - a.length);
}
