/**
 * Notation: from sounds to what is written. Notes are split at bar lines and into values with ties, silence becomes rests,
 * odd divisions become tuplets, flags become beams, and accidentals are drawn where they are needed.
 *
 *   part ─▶ lanes (no overlaps) ─▶ per bar: stretches ─▶ tuplet windows ─▶ pieces ─▶ beams ─▶ accidentals
 */
import {
  type Bar,
  hasPickup,
  type Interval,
  metreLength,
  movePitch,
  type Part,
  type Score,
} from '../../../score/index.ts';
import { type BarFrame, barEvents } from './bar-events.ts';
import { beamsOf } from './beams.ts';
import { type Chord, type Lane, lanesOf } from './lanes.ts';
import { metreGrid } from './metre-grid.ts';
import { writeAccidentals } from './write-accidentals.ts';
import type { WrittenBar, WrittenEvent, WrittenLane } from './written.ts';

export interface NotateOptions {
  /** From sounding to written pitch; default none. */
  readonly transposition?: Interval;
}

/** The written bars of a part, one for each bar of the score; every staff has at least a rest in each. */
export function notatePart(score: Score, part: Part, { transposition }: NotateOptions = {}): WrittenBar[] {
  const lanes = withEmptyStaves(lanesOf(part.notes), part.staves ?? 1);
  const sounding = lanes.map((lane) => chordsByBar(score.bars, lane.chords));
  const written = (pitch: string): string => (transposition ? movePitch(pitch, transposition) : pitch);
  return frames(score).map((frame, index) => {
    const bar = lanesInBar(lanes, sounding, index).map(({ lane, chords, first }) =>
      writeLane(frame, lane, chords, first, written),
    );
    if (part.percussion) return bar;
    const { key } = frame.bar;
    const tonic = written(`${key.tonic}4`).replace(/-?\d+$/, '');
    return writeAccidentals(bar, transposition ? { tonic, mode: key.mode } : key);
  });
}

function withEmptyStaves(lanes: Lane[], staves: number): Lane[] {
  const all = [...lanes];
  for (let staff = 1; staff <= staves; staff++) {
    if (all.some((lane) => lane.staff === staff)) continue;
    let number = 1;
    while (all.some((lane) => lane.number === number)) number++;
    all.push({ number, staff, chords: [] });
  }
  return all.sort((a, b) => a.staff - b.staff || a.number - b.number);
}

/** For each bar the chords that sound in it. */
function chordsByBar(bars: readonly Bar[], chords: readonly Chord[]): Chord[][] {
  const byBar: Chord[][] = bars.map(() => []);
  let first = 0;
  for (const chord of chords) {
    while (bars[first]!.at + bars[first]!.length <= chord.at) first++;
    for (let i = first; i < bars.length && bars[i]!.at < chord.at + chord.length; i++) byBar[i]!.push(chord);
  }
  return byBar;
}

/** Lanes that are written in a bar: those with notes, and the first of each staff; that one shows its rests. */
function lanesInBar(
  lanes: readonly Lane[],
  sounding: readonly (readonly Chord[][])[],
  index: number,
): { lane: Lane; chords: readonly Chord[]; first: boolean }[] {
  const shown: { lane: Lane; chords: readonly Chord[]; first: boolean }[] = [];
  for (const [l, lane] of lanes.entries()) {
    const chords = sounding[l]![index]!;
    if (chords.length > 0) {
      shown.push({ lane, chords, first: !shown.some((other) => other.lane.staff === lane.staff) });
    } else if (!lanes.some((other, o) => other.staff === lane.staff && (sounding[o]![index]!.length > 0 || o < l))) {
      shown.push({ lane, chords, first: true });
    }
  }
  return shown;
}

function writeLane(
  frame: BarFrame,
  { number, staff }: Lane,
  chords: readonly Chord[],
  first: boolean,
  written: (pitch: string) => string,
): WrittenLane {
  const shaped = barEvents(frame, chords, first);
  const beams = beamsOf(shaped, frame.grid, frame.bar.at - frame.missing);
  const events = shaped.map((event, i): WrittenEvent => {
    const graces = event.notes.flatMap(({ source, tiedBack }) => (tiedBack ? [] : (source.graces ?? [])));
    return {
      ...event,
      notes: event.notes.map((note) => ({ ...note, pitch: written(note.pitch) })),
      graces: graces.map((pitch) => ({ pitch: written(pitch) })),
      beams: beams[i]!,
    };
  });
  return { number, staff, events };
}

/** Bars with their grids. Short bars at the beginning, or after another short bar, are counted from their end. */
function frames(score: Score): BarFrame[] {
  const { bars, ticksPerQuarter } = score;
  return bars.map((bar, i) => {
    const grid = metreGrid(bar.metre, ticksPerQuarter);
    const lacking = metreLength(bar.metre, ticksPerQuarter) - bar.length;
    const before = bars[i - 1];
    const completes = before !== undefined && lacking > 0 && before.length === lacking;
    return { bar, grid, missing: (i === 0 && hasPickup(score)) || completes ? lacking : 0 };
  });
}
