/**
 * The rhythm of a sung poem: when each syllable begins and how long it lasts.
 *
 *   feet ─▶ forty tries: a figure for every foot ─▶ weighed ─▶ the lightest; then the next line, which knows those before it
 *
 * A try is good when feet begin on beats, the rhyme comes on a strong place and is held, no little word is long, and the bars
 * are neither all new nor all the same: 承 may answer 起 with the same opening bar, 转 moves more, 合 comes to rest broadly.
 * Units are half beats; a line fills whole bars, with room to breathe and for the pickup of the next.
 */
import type { Random } from '../../../core/index.ts';
import { type Foot, feetOf } from './feet.ts';
import type { LinePlace } from './form.ts';
import type { SungLine, Syllable } from './syllable.ts';

/** One syllable in time. */
export interface Slot {
  /** Half beats from the first downbeat of the line; negative in a pickup. */
  readonly at: number;
  /** Half beats. */
  readonly length: number;
}

export interface LineRhythm {
  readonly slots: readonly Slot[];
  /** Whole bars that the line takes. */
  readonly bars: number;
}

export interface RhythmOptions {
  /** Felt beats in a bar: 2, 3 or 4. */
  readonly beats: number;
  /** Beats a syllable takes in the mean: 1 a flowing setting, 2 a broad one. */
  readonly pace: 1 | 2;
  readonly random: Random;
}

/** A figure: lengths of the syllables of a foot in half beats, and how far it is from plain. */
type Figure = readonly [lengths: readonly number[], cost: number];

const FIGURES: Readonly<Record<number, readonly Figure[]>> = {
  1: [
    [[2], 0],
    [[4], 0.2],
    [[3], 0.6],
    [[6], 1],
  ],
  2: [
    [[2, 2], 0],
    [[3, 1], 0.1],
    [[1, 1], 0.3],
    [[2, 4], 0.3],
    [[4, 2], 0.3],
    [[1, 3], 0.5],
    [[1, 2], 0.9],
    [[2, 1], 0.9],
    [[6, 2], 1],
  ],
  3: [
    [[2, 1, 1], 0],
    [[1, 1, 2], 0],
    [[2, 2, 2], 0.2],
    [[3, 1, 2], 0.2],
    [[1, 2, 1], 0.6],
    [[2, 2, 4], 0.3],
    [[3, 1, 4], 0.3],
    [[1, 1, 4], 0.5],
  ],
  4: [
    [[1, 1, 1, 1], 0.2],
    [[2, 2, 2, 2], 0.3],
    [[2, 1, 1, 2], 0.2],
    [[3, 1, 2, 2], 0.2],
    [[3, 1, 1, 1], 0.3],
  ],
};

/** Tries for each line. */
const TRIES = 48;

/** What a line comes to rest with, half beats. */
const REST: Readonly<Record<LinePlace['role'], number>> = { 起: 4, 承: 5, 转: 3, 合: 7 };

/** The rhythms of all lines of a poem. */
export function poemRhythm(
  lines: readonly SungLine[],
  places: readonly LinePlace[],
  options: RhythmOptions,
): LineRhythm[] {
  const feet = lines.map(feetOf);
  const made: LineRhythm[] = [];
  for (const [i, line] of lines.entries()) {
    const pickup = feet[i + 1]?.find((foot) => foot.pickup)?.size ?? 0;
    const desk: Desk = {
      line,
      place: places[i]!,
      feet: feet[i]!,
      free: places[i]!.last ? 0 : Math.max(options.pace, pickup),
      before: made,
      first: made[lineToAnswer(places, i)],
      options,
    };
    made.push(bestOf(desk));
  }
  return made;
}

/** The line whose opening bar this one may take up: the first of its strophe, or of the first strophe; −1 for none. */
function lineToAnswer(places: readonly LinePlace[], i: number): number {
  if (i === 0) return -1;
  return places[i]!.opens ? 0 : places.slice(0, i).findLastIndex(({ opens }) => opens);
}

interface Desk {
  readonly line: SungLine;
  readonly place: LinePlace;
  readonly feet: readonly Foot[];
  /** Half beats to leave at the end: a breath, and the pickup of the next line. */
  readonly free: number;
  readonly before: readonly LineRhythm[];
  /** The line it may answer. */
  readonly first: LineRhythm | undefined;
  readonly options: RhythmOptions;
}

function bestOf(desk: Desk): LineRhythm {
  let best: LineRhythm | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < TRIES; n++) {
    const { rhythm, cost } = tryOne(desk);
    if (cost >= least) continue;
    least = cost;
    best = rhythm;
  }
  return best!;
}

function tryOne(desk: Desk): { rhythm: LineRhythm; cost: number } {
  const { random, pace, beats } = desk.options;
  const isChinese = desk.line.language === 'zh';
  // A Chinese line may come in after the downbeat (闪板), most of all where the poem turns.
  const late = isChinese && random.next() < (desk.place.role === '转' ? 0.35 : 0.12) ? 2 * pace : 0;
  let cost = late > 0 ? 0.4 : 0;
  let at = late;
  const slots: Slot[] = [];
  for (const { size, pickup } of desk.feet) {
    const [lengths, price] = pickup ? [new Array<number>(size).fill(1), 0] : figureOf(size, random);
    cost += price;
    const unit = pickup ? 1 : pace;
    let from = pickup ? -size : at;
    if (!pickup && from % 2 !== 0) cost += isChinese ? 1.5 : 8;
    for (const length of lengths) {
      slots.push({ at: from, length: length * unit });
      from += length * unit;
    }
    at = Math.max(0, from);
  }
  const bar = 2 * beats;
  const last = slots.at(-1)!;
  const least = 2 * pace;
  const bars = Math.max(1, Math.ceil((last.at + least + desk.free) / bar));
  const hold = Math.min(bars * bar - desk.free - last.at, Math.max(least, desk.place.last ? 99 : 2 * bar));
  slots[slots.length - 1] = { at: last.at, length: hold };
  const rhythm = { slots, bars };
  return { rhythm, cost: cost + weigh(rhythm, desk) + 0.7 * random.next() };
}

/** A figure by chance; feet of five and more syllables run evenly. */
function figureOf(size: number, random: Random): Figure {
  const figures = FIGURES[size];
  return figures ? random.pick(figures) : [new Array<number>(size).fill(1), 0.5];
}

function weigh(rhythm: LineRhythm, desk: Desk): number {
  return endCost(rhythm, desk) + lengthCost(rhythm, desk) + wordCost(rhythm, desk) + varietyCost(rhythm, desk);
}

/** The rhyme stands strong and is held as its line asks. */
function endCost({ slots }: LineRhythm, { place, options: { beats, pace } }: Desk): number {
  const { at, length } = slots.at(-1)!;
  const within = at % (2 * beats);
  const strong = within === 0 ? 0 : within % 2 === 1 ? 3 : beats === 4 && within === 4 ? 0.2 : 0.7;
  return strong + 0.2 * Math.abs(length - REST[place.role] * pace);
}

/** Bars as the syllables ask, and like those of the strophe's first line. */
function lengthCost({ bars }: LineRhythm, { line, feet, first, before, options: { beats, pace } }: Desk): number {
  const count = line.language === 'zh' ? line.syllables.length : feet.filter(({ pickup }) => !pickup).length * 1.4;
  const natural = Math.ceil(((count + 1) * 2 * pace) / (2 * beats));
  const likeFirst = first && syllablesOf(first) === line.syllables.length ? 1.5 * Math.abs(bars - first.bars) : 0;
  const whole = before.reduce((sum, each) => sum + each.bars, bars);
  const even = line.language === 'en' && whole % 2 === 1 && before.length % 2 === 1 ? 0.8 : 0;
  return 1.2 * Math.max(0, bars - natural) + 2 * Math.max(0, natural - bars) + likeFirst + even;
}

const syllablesOf = ({ slots }: LineRhythm): number => slots.length;

/** Little words are short and off the strong beat; no syllable but the last hangs over a bar line. */
function wordCost({ slots }: LineRhythm, { line: { syllables }, options: { beats, pace } }: Desk): number {
  const bar = 2 * beats;
  let cost = 0;
  for (const [i, { at, length }] of slots.entries()) {
    const last = i === slots.length - 1;
    if (isLittle(syllables[i]!) && !last) cost += (length > 2 * pace ? 1.2 : 0) + (at % bar === 0 ? 0.8 : 0);
    if (!last && Math.floor(at / bar) !== Math.floor((at + length - 0.5) / bar)) cost += 1;
  }
  return cost;
}

const isLittle = ({ tone, stress, text }: Syllable): boolean =>
  tone === 5 || stress === 0 || /^[的了着之而兮与于]$/u.test(text);

/** Bars come again, but not always the same; the answer may open as the question did. */
function varietyCost(rhythm: LineRhythm, { before, place, first, options: { beats } }: Desk): number {
  const bars = barsOf(rhythm, beats);
  let cost = 0;
  for (const [back, line] of before.slice(-6).reverse().entries()) {
    const near = 1 - back / 8;
    const others = barsOf(line, beats);
    if (others.join() === bars.join()) cost += 2.2 * near;
    cost += 0.45 * near * bars.filter((each) => others.includes(each)).length;
  }
  if (place.role !== '转' && first && barsOf(first, beats)[0] === bars[0]) cost -= place.role === '合' ? 0.9 : 1.6;
  const { slots } = rhythm;
  const plain = slots.length > 3 && slots.slice(0, -1).every(({ length }) => length === slots[0]!.length);
  return cost + (plain ? 1.2 : 0) + (new Set(bars).size < bars.length ? 0.5 : 0);
}

/** Names of the rhythm of each bar; the pickup belongs to the bar after it. */
function barsOf({ slots, bars }: LineRhythm, beats: number): string[] {
  const names = Array.from({ length: bars }, (): string[] => []);
  for (const { at } of slots)
    names[Math.max(0, Math.floor(at / (2 * beats)))]?.push(String(at < 0 ? at : at % (2 * beats)));
  return names.map((each) => each.join(' '));
}
