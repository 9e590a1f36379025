/** The state of reading one part: where the cursor stands, and what is open. */
import { type Interval, MOST_NOTES, tooManyNotes } from '../../../score/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { badMusicXml, type Remarks } from './bad-musicxml.ts';
import { numberIn } from './elements.ts';
import type { RawBar, RawPart, RawTime } from './raw.ts';

export interface Walk {
  /** Ticks of a quarter note, for all parts. */
  readonly ticks: number;
  readonly part: RawPart;
  readonly remarks: Remarks;
  /** Counts the notes of all parts. */
  readonly counter: { notes: number };
  /** Drum keys by instrument id. */
  readonly drums: ReadonlyMap<string, number>;
  measure: number;
  cursor: number;
  /** Onset of the last note, for its chord. */
  onset: number;
  divisions: number | undefined;
  sounding: Interval | undefined;
  /** Grace notes that wait for their main note, by voice. */
  readonly graces: Map<number, string[]>;
}

/** The bar at the cursor. */
export function barOf(walk: Walk): RawBar {
  let bar = walk.part.bars[walk.measure];
  if (!bar) {
    bar = { length: 0 };
    walk.part.bars[walk.measure] = bar;
  }
  return bar;
}

/** Longest single duration that is believed, in quarter notes. */
const LONGEST = 100_000;

/** A duration or offset in ticks; throws `music/bad-musicxml` without divisions or for absurd values. */
export function ticksIn(walk: Walk, element: XmlElement, name: string): number | undefined {
  const value = numberIn(element, name);
  if (value === undefined) return undefined;
  if (walk.divisions === undefined) {
    throw badMusicXml(element, { en: `<${name}> before any <divisions>`, zh: `<${name}> 之前没有 <divisions>` });
  }
  const quarters = value / walk.divisions;
  if (Math.abs(quarters) > LONGEST || (name === 'duration' && value < 0)) {
    throw badMusicXml(element, { en: `<${name}> is ${value}`, zh: `<${name}> 的值为 ${value}` });
  }
  return Math.round(quarters * walk.ticks);
}

/** Where the cursor stands. */
export function now(walk: Walk, offset = 0): RawTime {
  return { measure: walk.measure, offset: Math.max(0, walk.cursor + offset) };
}

/** Moves the cursor; the bar grows with it. */
export function advance(walk: Walk, by: number): void {
  walk.cursor = Math.max(0, walk.cursor + by);
  const bar = barOf(walk);
  bar.length = Math.max(bar.length, walk.cursor);
}

/** Counts a note; throws `music/too-many-notes`. */
export function countNote({ counter }: Walk): void {
  if (++counter.notes > MOST_NOTES) throw tooManyNotes(counter.notes);
}
