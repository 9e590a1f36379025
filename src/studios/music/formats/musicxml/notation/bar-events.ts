/** One lane in one bar: chords and the rests between them become events that single note values can write. */
import type { Bar } from '../../../score/index.ts';
import type { Chord } from './lanes.ts';
import { type MetreGrid, unitGrid } from './metre-grid.ts';
import { FINE, valueBelow, valueOfLength } from './note-value.ts';
import { splitLength } from './split-length.ts';
import { findTuplets, type Stretch, type TupletWindow } from './tuplets.ts';
import type { TupletPlace, WrittenEvent, WrittenNote } from './written.ts';

/** A bar as the lane sees it. */
export interface BarFrame {
  readonly bar: Bar;
  readonly grid: MetreGrid;
  /** Ticks that a full bar would have before this one's beginning (a pickup). */
  readonly missing: number;
}

interface Content extends Stretch {
  readonly chord?: Chord;
}

/** Splits inside tuplets may lie between ticks; closer than this is equal. */
const NEAR = 1e-6;
const near = (a: number, b: number): boolean => Math.abs(a - b) < NEAR;

type Shaped = Omit<WrittenEvent, 'graces' | 'beams'>;

/**
 * Events that cover the bar. `chords` are those that sound in it; in a lane that is not `first` on its staff rests are hidden.
 */
export function barEvents(frame: BarFrame, chords: readonly Chord[], first: boolean): Shaped[] {
  const { bar, grid, missing } = frame;
  if (chords.length === 0) return [wholeBarRest(bar, grid, first)];
  const start = bar.at - missing;
  const fine = (tick: number): number => (tick - start) * FINE;
  const contents = fill(fine(bar.at), fine(bar.at + bar.length), chords, fine);
  const windows = findTuplets(grid, contents);
  const tick = (point: number): number => start + point / FINE;
  return segments(contents, windows).flatMap((segment) =>
    segment.window
      ? insideTuplet(segment.window, segment.contents, grid, tick, first)
      : segment.contents.flatMap((content) => plain(content, grid, tick, first)),
  );
}

function wholeBarRest(bar: Bar, grid: MetreGrid, first: boolean): Shaped {
  const value = valueOfLength(bar.length * FINE, grid.shortest) ?? { name: 'whole', dots: 0 };
  return { at: bar.at, length: bar.length, value, notes: [], wholeBar: true, ...(first ? {} : { hidden: true }) };
}

/** Chords clipped to the bar, and rests between them. */
function fill(from: number, to: number, chords: readonly Chord[], fine: (tick: number) => number): Content[] {
  const contents: Content[] = [];
  let at = from;
  for (const chord of chords) {
    const onset = Math.max(from, fine(chord.at));
    const end = Math.min(to, fine(chord.at + chord.length));
    if (onset > at) contents.push({ from: at, to: onset, rest: true });
    contents.push({ from: onset, to: end, rest: false, chord });
    at = end;
  }
  if (at < to) contents.push({ from: at, to, rest: true });
  return contents;
}

/** Contents cut at the windows' edges and sorted into windows and what lies between. */
function segments(
  contents: readonly Content[],
  windows: readonly TupletWindow[],
): { window?: TupletWindow; contents: Content[] }[] {
  const found: { window?: TupletWindow; contents: Content[] }[] = [];
  let at = contents[0]!.from;
  const clip = (from: number, to: number): Content[] =>
    contents
      .filter((content) => content.to > from && content.from < to)
      .map((content) => ({ ...content, from: Math.max(from, content.from), to: Math.min(to, content.to) }));
  for (const window of windows) {
    if (window.from > at) found.push({ contents: clip(at, window.from) });
    found.push({ window, contents: clip(window.from, window.to) });
    at = window.to;
  }
  const end = contents.at(-1)!.to;
  if (at < end) found.push({ contents: clip(at, end) });
  return found;
}

function plain(content: Content, grid: MetreGrid, tick: (point: number) => number, first: boolean): Shaped[] {
  const pieces = (content.to - content.from) % grid.shortest === 0 && content.from % grid.shortest === 0;
  if (!pieces) return [irregular(content, grid, tick, first)];
  return splitLength(grid, content.from, content.to, content.rest).map(({ from, to, value }) =>
    value
      ? { ...shape(content, from, to, tick, first), value }
      : irregular({ ...content, from, to }, grid, tick, first),
  );
}

/** A time that no value and no tuplet explains: the next shorter value, stretched by a ratio without bracket. */
function irregular(content: Content, grid: MetreGrid, tick: (point: number) => number, first: boolean): Shaped {
  const { value, length } = valueBelow(content.to - content.from, grid.shortest);
  const divisor = gcd(length, content.to - content.from);
  const tuplet = { actual: length / divisor, normal: (content.to - content.from) / divisor };
  return { ...shape(content, content.from, content.to, tick, first), value, tuplet };
}

function insideTuplet(
  window: TupletWindow,
  contents: readonly Content[],
  grid: MetreGrid,
  tick: (point: number) => number,
  first: boolean,
): Shaped[] {
  const { from: base, to: end, actual, normal, unit } = window;
  const written = (point: number): number => ((point - base) * actual) / normal;
  const heard = (point: number): number => base + (point * normal) / actual;
  const inner = unitGrid(unit * actual, unit, grid.shortest);
  const counted = valueOfLength(unit, grid.shortest)!;
  return contents.flatMap((content) => {
    const pieces = splitLength(inner, written(content.from), written(content.to), content.rest);
    return pieces.map(({ from, to }) => {
      const place: TupletPlace = {
        actual,
        normal,
        unit: counted,
        ...(near(heard(from), base) ? { start: true } : {}),
        ...(near(heard(to), end) ? { stop: true } : {}),
      };
      const value = valueOfLength(to - from, grid.shortest) ?? valueBelow(to - from, grid.shortest).value;
      return { ...shape(content, heard(from), heard(to), tick, first), value, tuplet: place };
    });
  });
}

function shape(
  { chord }: Content,
  from: number,
  to: number,
  tick: (point: number) => number,
  first: boolean,
): Omit<Shaped, 'value'> {
  const at = tick(from);
  const length = tick(to) - at;
  if (!chord) return { at, length, notes: [], ...(first ? {} : { hidden: true }) };
  const tiedBack = at - chord.at > NEAR;
  const tiedOn = chord.at + chord.length - at - length > NEAR;
  const notes: WrittenNote[] = chord.notes.map((source) => ({ source, pitch: source.pitch, tiedBack, tiedOn }));
  return { at, length, notes };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
