/**
 * The rhythm of a sung line: when each syllable begins and how long it lasts.
 *
 * Chinese verse falls into feet of two (二二一, 二二三), the last one weighed: feet fill beats and the rhyme is held. English
 * verse puts stressed syllables on beats and lets the others share what lies between, with a pickup where a line begins
 * unstressed. Units are half beats; a line fills whole bars.
 */
import type { Random } from '../../../core/index.ts';
import type { SungLine } from './syllable.ts';

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

/** Rhythm of a line; lines of equal syllables given the same random stream get the same rhythm. */
export function lineRhythm(line: SungLine, options: RhythmOptions): LineRhythm {
  const lengths = line.language === 'zh' ? footLengths(line.syllables.length, options) : undefined;
  return lengths ? fillBars(lengths, options.beats) : stressedRhythm(line, options);
}

/** Feet of a Chinese line, in characters: pairs, an odd one last (5 → 2 2 1, 7 → 2 2 2 1, 6 → 2 2 2, 3 → 2 1, 4 → 2 2). */
export function feetOf(count: number): number[] {
  const feet = Array.from({ length: Math.floor(count / 2) }, () => 2);
  return count % 2 === 1 ? [...feet, 1] : feet;
}

/** A foot of two: even, dotted (long–short) or snapped (short–long), in half beats of the pace. */
const PAIRS: readonly (readonly [number, number])[] = [
  [2, 2],
  [2, 2],
  [3, 1],
  [1, 3],
];

function footLengths(count: number, { pace, random }: RhythmOptions): number[] {
  const feet = feetOf(count);
  return feet.flatMap((size, i) => {
    if (size === 1) return [4 * pace];
    const isLast = i === feet.length - 1;
    // The last of an even line is held; snaps do not open a line.
    if (isLast) return [2 * pace, 4 * pace];
    const pair = i === 0 ? PAIRS[random.integer(3)]! : random.pick(PAIRS);
    return pair.map((length) => length * pace);
  });
}

function fillBars(lengths: readonly number[], beats: number): LineRhythm {
  const bar = 2 * beats;
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  const bars = Math.ceil(whole / bar);
  let at = 0;
  const slots = lengths.map((length, i) => {
    const left = bars * bar - at;
    // The rhyme is held to the end of the bar, with a beat to breathe where there is room.
    const held = left - 2 >= length ? left - 2 : left;
    const slot = { at, length: i === lengths.length - 1 ? held : length };
    at += length;
    return slot;
  });
  return { slots, bars };
}

function stressedRhythm({ syllables }: SungLine, { beats, pace }: RhythmOptions): LineRhythm {
  const foot = 2 * pace;
  const onBeat = chooseStressed(syllables.map(({ stress = 1 }) => stress));
  const first = Math.max(0, onBeat.indexOf(true));
  const slots: Slot[] = [];
  // A pickup of short notes before the first stress.
  for (let i = 0; i < first; i++) slots.push({ at: i - first, length: 1 });
  let at = 0;
  for (let i = first; i < syllables.length; ) {
    let next = i + 1;
    while (next < syllables.length && !onBeat[next]) next++;
    const share = shareFoot(next - i, next === syllables.length ? foot * 2 : foot);
    for (const length of share) {
      slots.push({ at, length });
      at += length;
    }
    i = next;
  }
  const bar = 2 * beats;
  const bars = Math.max(1, Math.ceil(at / bar));
  const last = slots.at(-1)!;
  // The next line's pickup needs a beat of breath.
  slots[slots.length - 1] = { ...last, length: Math.max(last.length, bars * bar - last.at - 2) };
  return { slots, bars };
}

/** Stressed syllables, and every second one where three or more unstressed ones stand together. */
function chooseStressed(stresses: readonly number[]): boolean[] {
  const chosen = stresses.map((stress) => stress > 0);
  if (!chosen.includes(true)) chosen[Math.min(1, chosen.length - 1)] = true;
  for (let i = 1; i < chosen.length - 1; i++) {
    if (chosen[i] && chosen[i - 1] && stresses[i]! < stresses[i - 1]!) chosen[i] = false;
    if (!chosen[i] && !chosen[i - 1] && !chosen[i + 1] && i >= 2 && !chosen[i - 2]) chosen[i] = true;
  }
  return chosen;
}

/** Lengths of `count` syllables in a foot of `units` half beats, the first the longest; a foot too full takes two. */
function shareFoot(count: number, units: number): number[] {
  const whole = count > units ? units * Math.ceil(count / units) : units;
  const short = Math.max(1, Math.floor(whole / count));
  return Array.from({ length: count }, (_, i) => (i === 0 ? whole - short * (count - 1) : short));
}
