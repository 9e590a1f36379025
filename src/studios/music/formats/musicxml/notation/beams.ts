/** Beams: which notes of a bar hang together. Groups are beats; eighths alone may share half a bar of 4/4 or a bar of 3/4. */
import type { MetreGrid } from './metre-grid.ts';
import { FINE, flagsOf } from './note-value.ts';
import type { Beam, WrittenEvent } from './written.ts';

type Shaped = Omit<WrittenEvent, 'graces' | 'beams'>;

/** The beams of each event; `start` is the tick at which a full bar would have begun. */
export function beamsOf(events: readonly Shaped[], grid: MetreGrid, start: number): Beam[][] {
  const beams: Beam[][] = events.map(() => []);
  for (const group of groupsOf(events, grid, start)) {
    if (group.length < 2) continue;
    for (const [i, index] of group.entries()) beams[index] = beamsInside(events, group, i);
  }
  return beams;
}

/** Runs of flagged notes, as indices, that lie in one group of the metre. */
function groupsOf(events: readonly Shaped[], grid: MetreGrid, start: number): number[][] {
  const groups: number[][] = [];
  let last: { key: string; group: number[] } | undefined;
  const wide = wideGroup(grid);
  for (const [i, event] of events.entries()) {
    if (event.notes.length === 0 || flagsOf(event.value) === 0) {
      last = undefined;
      continue;
    }
    const point = Math.round((event.at - start) * FINE);
    const size = wide > grid.beat && onlyEighths(events, start, point, wide) ? wide : grid.beat;
    const key = `${size} ${Math.floor(point / size)}`;
    if (last?.key === key) last.group.push(i);
    else {
      last = { key, group: [i] };
      groups.push(last.group);
    }
  }
  return groups;
}

function wideGroup({ beat, beats, strict, shortest }: MetreGrid): number {
  if (strict || beat !== FINE * shortest) return beat;
  return beats === 3 ? 3 * beat : beats % 2 === 0 ? 2 * beat : beat;
}

/** Whether the notes of the wide group at a point are plain eighths, or longer. */
function onlyEighths(events: readonly Shaped[], start: number, point: number, wide: number): boolean {
  const from = start + (Math.floor(point / wide) * wide) / FINE;
  const to = from + wide / FINE;
  return events.every(
    ({ at, notes, value, tuplet }) =>
      at < from || at >= to || (flagsOf(value) <= 1 && !tuplet && (notes.length > 0 || flagsOf(value) === 0)),
  );
}

function beamsInside(events: readonly Shaped[], group: readonly number[], i: number): Beam[] {
  const flags = (place: number): number =>
    place < 0 || place >= group.length ? 0 : flagsOf(events[group[place]!]!.value);
  const beams: Beam[] = [];
  for (let level = 1; level <= flags(i); level++) {
    const before = flags(i - 1) >= level;
    const after = flags(i + 1) >= level;
    if (before && after) beams.push('continue');
    else if (before) beams.push('end');
    else if (after) beams.push('begin');
    else beams.push(i === 0 ? 'forward hook' : 'backward hook');
  }
  return beams;
}
