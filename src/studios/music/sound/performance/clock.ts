/**
 * When a tick sounds: tempo marks, with the small freedoms players take.
 *
 *   written tempo × phrase arc (a little slower at both ends) × final ritardando + fermatas and breaths
 *
 * Sources: Todd, The dynamics of dynamics (1992), for phrase arcs; Friberg and Sundberg, Does music performance allude to
 * locomotion? (1999), for the shape of final ritardandi, v(x) = (1 + (w³ − 1) x)^(1/3).
 */
import { barIndexAt, beatLength, endOf, type Score } from '../../score/index.ts';

export interface ClockOptions {
  /** How freely the players move, 0 (as written) to 1; default 0.5. */
  readonly freedom?: number;
}

/** Where phrases begin and end: at labels of the form and every four bars from them. */
export function phrasesOf({ bars }: Pick<Score, 'bars'>): { readonly from: number; readonly to: number }[] {
  const starts: number[] = [];
  let since = 0;
  for (const [i, bar] of bars.entries()) {
    if (i === 0 || bar.label !== undefined || since >= 4) {
      // A pickup belongs to the phrase it leads into.
      starts.push(bar.at);
      since = i === 0 && bars.length > 1 && bar.length < bars[1]!.length ? 0 : 1;
    } else since++;
  }
  const end = bars.at(-1)!.at + bars.at(-1)!.length;
  return starts.map((from, i) => ({ from, to: starts[i + 1] ?? end }));
}

/** Seconds of ticks; whole score in one pass. */
export function clockOf(score: Score, { freedom = 0.5 }: ClockOptions = {}): (tick: number) => number {
  const { knots, seconds } = knotsOf(score, freedom);
  return (tick) => {
    let [low, high] = [0, knots.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (knots[middle]! <= tick) low = middle;
      else high = middle - 1;
    }
    const next = Math.min(low + 1, knots.length - 1);
    const before = next === low ? low - 1 : low;
    const rate = (seconds[next]! - seconds[before]!) / (knots[next]! - knots[before]! || 1);
    return seconds[low]! + (tick - knots[low]!) * rate;
  };
}

function knotsOf(score: Score, freedom: number): { knots: number[]; seconds: number[] } {
  const pauses = pausesOf(score);
  const end = Math.max(endOf(score), 1);
  const grid = new Set<number>([0, end]);
  for (const bar of score.bars) {
    const step = Math.max(1, Math.round(beatLength(bar.metre, score.ticksPerQuarter) / 2));
    for (let tick = bar.at; tick < bar.at + bar.length; tick += step) grid.add(tick);
  }
  for (const { at } of score.tempos) grid.add(at);
  for (const [from, { to }] of pauses) grid.add(from).add(to);
  const knots = [...grid].filter((tick) => tick <= end).sort((a, b) => a - b);
  const speed = speedOf(score, freedom, end);
  const seconds = [0];
  let held: Pause | undefined;
  for (let i = 1; i < knots.length; i++) {
    const [from, to] = [knots[i - 1]!, knots[i]!];
    held = pauses.get(from) ?? held;
    const plain = (to - from) / speed((from + to) / 2, from);
    const inside = held !== undefined && from < held.to;
    seconds.push(seconds[i - 1]! + (inside ? plain * held!.stretch + (to === held!.to ? held!.breath : 0) : plain));
  }
  return { knots, seconds };
}

/** Ticks a second at a tick; the written tempo is the one in force at `from`. */
function speedOf(score: Score, freedom: number, end: number): (tick: number, from: number) => number {
  const arcs = arcsOf(score, freedom);
  const slowing = ritardandoOf(score, freedom, end);
  let place = 0;
  return (tick, from) => {
    while (place + 1 < score.tempos.length && score.tempos[place + 1]!.at <= from) place++;
    return (score.tempos[place]!.quarterBpm / 60) * score.ticksPerQuarter * arcs(tick) * slowing(tick);
  };
}

function arcsOf(score: Score, freedom: number): (tick: number) => number {
  const phrases = phrasesOf(score);
  let place = 0;
  return (tick) => {
    while (place + 1 < phrases.length && phrases[place + 1]!.from <= tick) place++;
    const { from, to } = phrases[place]!;
    const x = (2 * (tick - from)) / (to - from) - 1;
    return 1 + freedom * 0.035 * (0.5 - x * x) * (x > 0 ? 1.3 : 0.8);
  };
}

/** The last bar and a half slow down; dance bands with a drum kit hardly do. */
function ritardandoOf(score: Score, freedom: number, end: number): (tick: number) => number {
  const last = score.bars[barIndexAt(score.bars, end - 1)]!;
  const length = Math.min(end, last.length * 1.5);
  const beaten = score.parts.some(({ instrument, percussion }) => percussion || instrument === 'drum-kit');
  const final = 1 - freedom * (beaten ? 0.15 : 0.8);
  return (tick) => {
    const x = (tick - (end - length)) / length;
    return x <= 0 ? 1 : (1 + (final ** 3 - 1) * Math.min(x, 1)) ** (1 / 3);
  };
}

interface Pause {
  readonly to: number;
  readonly stretch: number;
  /** Seconds of silence after it. */
  readonly breath: number;
}

function pausesOf({ parts }: Score): Map<number, Pause> {
  const pauses = new Map<number, Pause>();
  for (const { notes } of parts) {
    for (const { at, length, articulations = [] } of notes) {
      if (articulations.includes('fermata')) pauses.set(at, { to: at + length, stretch: 1.7, breath: 0.1 });
      else if (articulations.includes('breath') && !pauses.has(at))
        pauses.set(at, { to: at + length, stretch: 1, breath: 0.12 });
    }
  }
  return pauses;
}
