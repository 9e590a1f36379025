/**
 * What the artist fixed in the melody, as rules of the cells to be written: locked notes, notes that sound into a hole or
 * out of it, a rhythm.
 *
 *   kept │ hole                │ kept
 *   ♩────┼──♩ sounds in: nothing begins before its end, and something begins there
 *        │        ♩ locked: stands as it is, nothing begins while it sounds
 *        │                 ♩───┼──♩ sounds out: stands as it is
 */
import type { Note } from '../../score/index.ts';
import { barStarts, pitchToken, type Segment, type Sheet, type Track } from '../events/index.ts';
import type { CellRules, RequiredEvent } from './task.ts';

interface Kept {
  /** Notes of the melody as they are, in ticks of the grid. */
  readonly notes: readonly Note[];
  readonly sheet: Sheet;
  readonly write: readonly Segment[];
  readonly track: Track;
  readonly tonic: string;
  readonly rhythm?: readonly Pick<Note, 'at' | 'length'>[] | undefined;
}

type OwnRules = Omit<CellRules, 'cadence' | 'chords'>;
const FREE: OwnRules = { required: [], exact: false, from: 0 };

/** Rules by cell. */
export function cellsFromNotes({ notes, sheet, write, track, tonic, rhythm }: Kept): (segment: Segment) => OwnRules {
  const starts = barStarts(sheet.bars);
  const open = new Set(write.filter((segment) => segment.track === track).map(({ bar }) => bar));
  const fixed = rhythm ? [] : notes.filter((note) => standsFast(note, starts, open));
  const events: { at: number; event: RequiredEvent }[] = [];
  for (const { at, length, pitch } of fixed) {
    const bar = barOf(starts, at);
    if (open.has(bar)) {
      const event = {
        at: at - starts[bar]!,
        kind: 'note' as const,
        pitch: pitchToken(pitch, tonic),
        until: at + length - starts[bar]!,
      };
      events.push({ at, event });
    }
    const end = barOf(starts, at + length);
    if (open.has(end)) events.push({ at: at + length, event: { at: at + length - starts[end]!, kind: 'any' } });
  }
  if (rhythm) events.push(...rhythmEvents(rhythm, starts));
  return (segment) => {
    if (segment.track !== track) return FREE;
    const [from, to] = [starts[segment.bar]!, starts[segment.bar + 1]!];
    const sounding = fixed.filter((note) => note.at < from && note.at + note.length > from);
    return {
      required: oneAtATime(events.filter(({ at }) => at >= from && at < to).map(({ event }) => event)),
      exact: rhythm !== undefined,
      from: Math.max(0, ...sounding.map((note) => Math.min(to, note.at + note.length) - from)),
    };
  };
}

/** Whether a note stays as it is: kept and sounding into the hole, locked, or sounding out of the hole. */
function standsFast({ at, length, locked }: Note, starts: readonly number[], open: ReadonlySet<number>): boolean {
  const [first, last] = [barOf(starts, at), barOf(starts, at + length - 1)];
  if (!open.has(first)) return true;
  return locked === true || (last !== first && !open.has(last));
}

function barOf(starts: readonly number[], tick: number): number {
  return starts.findLastIndex((start) => start <= tick);
}

/** Notes of a rhythm, and rests where it pauses. */
function rhythmEvents(
  rhythm: readonly Pick<Note, 'at' | 'length'>[],
  starts: readonly number[],
): { at: number; event: RequiredEvent }[] {
  const events: { at: number; event: RequiredEvent }[] = [];
  const put = (at: number, kind: 'note' | 'rest'): void => {
    const bar = barOf(starts, at);
    if (bar < starts.length - 1) events.push({ at, event: { at: at - starts[bar]!, kind } });
  };
  let sounding = 0;
  const rest = (from: number, to: number): void => {
    if (from >= to) return;
    put(from, 'rest');
    for (const start of starts) if (start > from && start < to) put(start, 'rest');
  };
  for (const { at, length } of [...rhythm].sort((a, b) => a.at - b.at)) {
    rest(sounding, at);
    put(at, 'note');
    sounding = Math.max(sounding, at + length);
  }
  rest(sounding, starts.at(-1)!);
  return events;
}

/** In order, a pitched event winning over one that only marks an end. */
function oneAtATime(events: readonly RequiredEvent[]): RequiredEvent[] {
  const byTick = new Map<number, RequiredEvent>();
  for (const event of events) if (byTick.get(event.at)?.pitch === undefined) byTick.set(event.at, event);
  return [...byTick.values()].sort((a, b) => a.at - b.at);
}
