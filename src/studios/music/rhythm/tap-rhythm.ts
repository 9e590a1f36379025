/**
 * Rhythms that an artist taps: times in milliseconds become a tempo, a metre and notes on the grid.
 *
 *   taps ─▶ for every beat from 50 to 200 a minute, halved twice or in three: how far are taps from the lines?
 *        ─▶ the beat that fits best and that people would tap their foot to ─▶ positions ─▶ beat by least squares ─▶ metre
 */
import { refusal } from '../refusal.ts';
import type { Bar } from '../score/index.ts';
import type { Rhythm, RhythmNote } from './rhythm.ts';

/** A tapped rhythm and how exactly it was tapped. */
export interface TappedRhythm extends Rhythm {
  readonly metre: Bar['metre'];
  readonly quarterBpm: number;
  /** Mean distance of the taps from where they were put, milliseconds. */
  readonly error: number;
}

const [SLOWEST, FASTEST] = [50, 200];
/** Beats a minute that feet like best (Moelants 2002: about 120). */
const LIKED = 112;
const MOST_TAPS = 2000;
const LONGEST = 600_000;

interface Pulse {
  /** Milliseconds. */
  readonly beat: number;
  /** Steps of a beat: 4, or 3 where it is felt in three. */
  readonly steps: 3 | 4;
}

/** Reads taps, the first of which is the first downbeat. Throws `music/bad-taps`. */
export function readTaps(taps: readonly number[], metre?: Bar['metre']): TappedRhythm {
  checkTaps(taps);
  const times = taps.map((tap) => tap - taps[0]!);
  const pulse = findPulse(times, metre && stepsOfMetre(metre));
  const positions = positionsOf(times, pulse);
  const step = leastSquares(positions, times);
  const length = pulse.steps === 3 ? 12 : 6;
  const onsets = positions.map((position) => position * length);
  const found = metre ?? findMetre(onsets, pulse.steps);
  const bar = (found[0] * 96) / found[1];
  const end = Math.ceil((onsets.at(-1)! + 1) / bar) * bar;
  const notes = onsets.map((at, i): RhythmNote => ({ at, length: (onsets[i + 1] ?? end) - at }));
  const error = times.reduce((sum, time, i) => sum + Math.abs(time - positions[i]! * step), 0) / times.length;
  const quarterBpm = Math.round((60_000 / ((step * 24) / length)) * 10) / 10;
  return { notes, length: end, metre: found, quarterBpm: Math.min(300, Math.max(20, quarterBpm)), error };
}

function stepsOfMetre([beats, unit]: Bar['metre']): 3 | 4 {
  return unit === 8 && beats % 3 === 0 ? 3 : 4;
}

function checkTaps(taps: readonly number[]): void {
  if (taps.length < 3) throw badTaps(`there are ${taps.length}, three are needed`, `只有 ${taps.length} 下，至少三下`);
  if (taps.length > MOST_TAPS)
    throw badTaps(
      `there are ${taps.length}, at most ${MOST_TAPS} are read`,
      `有 ${taps.length} 下，最多 ${MOST_TAPS} 下`,
    );
  for (const [i, tap] of taps.entries()) {
    if (!Number.isFinite(tap)) throw badTaps(`tap ${i + 1} is no number`, `第 ${i + 1} 下不是数`);
    if (i > 0 && tap - taps[i - 1]! < 20)
      throw badTaps(`tap ${i + 1} is not later than tap ${i}`, `第 ${i + 1} 下不比第 ${i} 下晚`);
  }
  if (taps.at(-1)! - taps[0]! > LONGEST) throw badTaps('they last over ten minutes', '超过十分钟');
}

/** The beat with the least cost: distance from its lines, taps between its beats, and how far it is from a comfortable tempo. */
function findPulse(times: readonly number[], steps?: 3 | 4): Pulse {
  let best: { pulse: Pulse; cost: number } | undefined;
  for (const each of steps ? [steps] : ([4, 3] as const)) {
    for (let bpm = SLOWEST; bpm <= FASTEST; bpm *= 1.01) {
      const pulse: Pulse = { beat: 60_000 / bpm, steps: each };
      const cost = costOf(times, pulse);
      if (!best || cost < best.cost) best = { pulse, cost };
    }
  }
  return best!.pulse;
}

function costOf(times: readonly number[], { beat, steps }: Pulse): number {
  const step = beat / steps;
  let missed = 0;
  let between = 0;
  let place = 0;
  for (let i = 1; i < times.length; i++) {
    const gap = (times[i]! - times[i - 1]!) / step;
    const moved = Math.max(1, Math.round(gap));
    missed += Math.min(1, ((4 / steps) * Math.abs(gap - moved)) / Math.max(1, moved / steps));
    place += moved;
    const within = place % steps;
    between += within === 0 ? 0 : steps === 3 || within === 2 ? 0.4 : 1;
  }
  const count = times.length - 1;
  const unliked = Math.log2(60_000 / beat / LIKED) ** 2;
  return (
    (4 * missed) / count + ((steps === 3 ? 0.5 : 0.9) * between) / count + 0.6 * unliked + (steps === 3 ? 0.03 : 0)
  );
}

/** Steps at which taps stand, each at least one after the other; twice, so that a beat that is a little wrong does not drift. */
function positionsOf(times: readonly number[], { beat, steps }: Pulse): number[] {
  const gaps = [0];
  const step = beat / steps;
  for (let i = 1; i < times.length; i++)
    gaps.push(gaps[i - 1]! + Math.max(1, Math.round((times[i]! - times[i - 1]!) / step)));
  const better = leastSquares(gaps, times);
  const out: number[] = [];
  for (const time of times) out.push(Math.max((out.at(-1) ?? -1) + 1, Math.round(time / better)));
  return out;
}

/** Length of a step through the origin. */
function leastSquares(positions: readonly number[], times: readonly number[]): number {
  const [xy, xx] = positions.reduce(([a, b], x, i) => [a! + x * times[i]!, b! + x * x], [0, 0]);
  return xy! / Math.max(1, xx!);
}

/** The metre whose bars resemble one another most and begin with long notes; four where nothing speaks for three. */
function findMetre(onsets: readonly number[], steps: 3 | 4): Bar['metre'] {
  if (steps === 3) return [6, 8];
  const choices: readonly (readonly [Bar['metre'], number])[] = [
    [[4, 4], 0.12],
    [[3, 4], 0],
    [[2, 4], -0.1],
  ];
  const worth = choices.map(
    ([metre, liking]) => likeness(onsets, metre[0] * 24) + downbeats(onsets, metre[0] * 24) + liking,
  );
  return choices[worth.indexOf(Math.max(...worth))]![0];
}

/** Share of onsets that come again a bar later or stood a bar before. */
function likeness(onsets: readonly number[], bar: number): number {
  const all = new Set(onsets);
  return onsets.filter((at) => all.has(at + bar) || all.has(at - bar)).length / onsets.length;
}

/** How much longer notes on downbeats are than others, 0–1, and how many downbeats are struck. */
function downbeats(onsets: readonly number[], bar: number): number {
  const gaps = onsets.slice(0, -1).map((at, i) => onsets[i + 1]! - at);
  const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
  const first = gaps.filter((_, i) => onsets[i]! % bar === 0);
  const longer = first.length === 0 ? 0 : first.reduce((a, b) => a + b, 0) / first.length / mean - 1;
  const struck = first.length / Math.max(1, Math.ceil(onsets.at(-1)! / bar));
  return 0.3 * Math.min(1, Math.max(-1, longer)) + 0.5 * Math.min(1, struck);
}

function badTaps(en: string, zh: string): Error {
  return refusal(
    'input',
    'music/bad-taps',
    { en: `The taps cannot be read: ${en}.`, zh: `读不懂敲击：${zh}。` },
    {
      en: 'Give times in milliseconds, each later than the one before: 0,480,960,1200.',
      zh: '请按先后给出毫秒数，如 0,480,960,1200。',
    },
  );
}
