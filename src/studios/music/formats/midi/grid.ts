/**
 * Bars from metres: a metre holds until the next, and a new metre in the middle of a bar ends that bar early (which is how a
 * pickup is written). Our own remarks give bars that no metre explains.
 */
import { type Bar, barIndexAt, type Key, MOST_BARS, metreLength } from '../../score/index.ts';
import { tooManyBars } from '../too-many-bars.ts';
import type { Conductor, From } from './conductor.ts';

/** The smallest factor that makes every bar of every metre whole in ticks. */
export function factorForMetres(metres: readonly From<Bar['metre']>[], ticksPerQuarter: number): number {
  let factor = 1;
  for (const { value } of metres) while (!Number.isInteger(metreLength(value, ticksPerQuarter * factor))) factor *= 2;
  return factor;
}

/** Bars that cover `end` ticks; throws `music/too-many-bars`. Key changes take effect at the next bar line. */
export function layBars(conductor: Conductor, end: number, ticksPerQuarter: number, firstKey: Key): Bar[] {
  const metres = walk<Bar['metre']>(conductor.metres, [4, 4]);
  const keys = walk<Key>(conductor.keys, firstKey);
  const bars: Bar[] = [];
  let at = 0;
  while (at < end || bars.length === 0) {
    if (bars.length >= MOST_BARS) throw tooManyBars();
    const metre = metres.upTo(at);
    const full = metreLength(metre, ticksPerQuarter);
    const { length, ...signs } = (conductor.bars.get(at) ?? {}) as Partial<Bar>;
    const plain = { at, length: length ?? Math.min(full, metres.nextAt() - at), metre, key: keys.upTo(at) };
    bars.push({ ...plain, ...signs });
    at += plain.length;
  }
  for (const { at: from, value } of conductor.labels) labelBar(bars, from, value);
  return bars;
}

/** Steps through values in time: the one in force at a tick, and where the next begins. */
function walk<T>(list: readonly From<T>[], first: T): { upTo(at: number): T; nextAt(): number } {
  let value = first;
  let next = 0;
  return {
    upTo: (at) => {
      while (next < list.length && list[next]!.at <= at) value = list[next++]!.value;
      return value;
    },
    nextAt: () => list[next]?.at ?? Number.POSITIVE_INFINITY,
  };
}

function labelBar(bars: Bar[], at: number, label: string): void {
  const i = barIndexAt(bars, at);
  const bar = bars[i];
  if (bar && bar.label === undefined && label !== '') bars[i] = { ...bar, label: label.slice(0, 60) };
}
