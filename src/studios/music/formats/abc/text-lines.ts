/**
 * The lines (`V:`) that a score needs in ABC: one for each voice on each staff, more where notes of one voice overlap.
 * Within a line the music is cut into pieces at bar lines and wherever a sign must stand; pieces of one note are tied.
 */
import { type Bar, midiOf, type Note, type Part, type Score } from '../../score/index.ts';

/** Notes of one onset and one length, or a rest, or a part of these. */
export interface Piece {
  /** Ticks of the score. */
  readonly at: number;
  readonly length: number;
  /** None in a rest. */
  readonly notes: readonly Note[];
  readonly tiedFrom: boolean;
  readonly tiedOn: boolean;
}

/** A line of the text. */
export interface TextLine {
  /** After `V:`. */
  readonly id: string;
  readonly part: Part;
  readonly partIndex: number;
  readonly voice: number;
  readonly staff: number;
  /** The first line of the score, of its part, of its staff: it carries what is said once. */
  readonly leads: { readonly score: boolean; readonly part: boolean; readonly staff: boolean };
  readonly events: readonly (readonly Note[])[];
}

/** All lines of a score, in order. */
export function textLines({ parts }: Score): TextLine[] {
  const lines: TextLine[] = [];
  for (const [partIndex, part] of parts.entries()) {
    const staves = new Set<number>();
    for (const { staff, voice, notes } of voicesOf(part)) {
      for (const events of layersOf(notes)) {
        const leads = { score: lines.length === 0, part: staves.size === 0, staff: !staves.has(staff) };
        staves.add(staff);
        lines.push({ id: String(lines.length + 1), part, partIndex, voice, staff, leads, events });
      }
    }
  }
  return lines;
}

/** Notes by staff and voice; every staff has at least one voice. */
function voicesOf({ notes, staves = 1 }: Part): { staff: number; voice: number; notes: Note[] }[] {
  const found = new Map<number, { staff: number; voice: number; notes: Note[] }>();
  for (const note of notes) {
    const { staff = 1, voice = 1 } = note;
    const there = found.get(staff * 100 + voice);
    if (there) there.notes.push(note);
    else found.set(staff * 100 + voice, { staff, voice, notes: [note] });
  }
  for (let staff = 1; staff <= staves; staff++) {
    if (![...found.values()].some((one) => one.staff === staff))
      found.set(staff * 100, { staff, voice: staff === 1 ? 1 : 4 * staff - 3, notes: [] });
  }
  return [...found].sort(([a], [b]) => a - b).map(([, one]) => one);
}

/** Chords in as few rows as keep them from overlapping; at least one row. */
function layersOf(notes: readonly Note[]): Note[][][] {
  const layers: { events: Note[][]; end: number }[] = [{ events: [], end: 0 }];
  for (const note of notes) {
    const chord = layers.find(({ events }) => {
      const last = events.at(-1)?.[0];
      return (
        last?.at === note.at &&
        last.length === note.length &&
        !events.at(-1)!.some((other) => midiOf(other.pitch) === midiOf(note.pitch))
      );
    });
    if (chord) {
      chord.events.at(-1)!.push(note);
      continue;
    }
    let layer = layers.find(({ end }) => end <= note.at);
    if (!layer) {
      layer = { events: [], end: 0 };
      layers.push(layer);
    }
    layer.events.push([note]);
    layer.end = note.at + note.length;
  }
  return layers.map(({ events }) => events.map(signsFirst));
}

/** The note with signs or words in front: ABC gives them to the chord. */
function signsFirst(chord: readonly Note[]): Note[] {
  const laden = ({ graces, articulations, ornaments, lyrics }: Note): number =>
    graces || articulations || ornaments || lyrics ? 0 : 1;
  return [...chord].sort((a, b) => laden(a) - laden(b));
}

/** The pieces of a line, bar by bar; `cuts` are further ticks at which a piece must begin, in order. */
export function piecesOf(line: TextLine, bars: readonly Bar[], cuts: readonly number[]): Piece[][] {
  const found: Piece[][] = bars.map(() => []);
  const last = bars.at(-1)!;
  let bar = 0;
  let cut = 0;
  const put = (from: number, to: number, notes: readonly Note[]): void => {
    for (let at = from; at < to; ) {
      while (bars[bar]!.at + bars[bar]!.length <= at) bar++;
      while (cut < cuts.length && cuts[cut]! <= at) cut++;
      const end = Math.min(to, bars[bar]!.at + bars[bar]!.length, cuts[cut] ?? to);
      found[bar]!.push({ at, length: end - at, notes, tiedFrom: at > from, tiedOn: end < to && notes.length > 0 });
      at = end;
    }
  };
  let now = 0;
  for (const chord of line.events) {
    const [{ at, length }] = chord as [Note];
    put(now, at, []);
    put(at, at + length, chord);
    now = at + length;
  }
  put(now, last.at + last.length, []);
  return found;
}
