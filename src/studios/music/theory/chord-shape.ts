/**
 * The shape of a chord: a named base and the modifiers that lead from it to the tones at hand.
 *
 *   0 4 7 10 15 ─▶ base `7`, modifiers `#9`        0 5 7 10 ─▶ base `7`, modifiers `sus4`
 *
 * Chord symbols and Roman numerals both write chords so; they differ in the bases they have names for. `applyModifier` is
 * the way back, so a chord written and read again has the same tones.
 */
import { degreeOfSemitones, semitonesOfDegree } from './chord.ts';

/** A chord quality with a name of its own. */
export interface ChordBase {
  readonly name: string;
  readonly intervals: readonly number[];
}

/** A base and what is changed in it, such as `sus4`, `no5`, `add9`, `b9`, `#5`. */
export interface ChordShape {
  readonly base: ChordBase;
  readonly modifiers: readonly string[];
}

/** The shape with the fewest modifiers; earlier bases win. */
export function shapeOf(intervals: readonly number[], bases: readonly ChordBase[]): ChordShape {
  let best: ChordShape | undefined;
  for (const base of bases) {
    const modifiers = modifiersBetween(base.intervals, intervals);
    if (!best || modifiers.length < best.modifiers.length) best = { base, modifiers };
  }
  return best!;
}

function modifiersBetween(from: readonly number[], to: readonly number[]): string[] {
  const lost = new Set(from.filter((tone) => !to.includes(tone)));
  const added = new Set(to.filter((tone) => !from.includes(tone)));
  const modifiers: string[] = [];
  const third = from.find((tone) => tone === 3 || tone === 4);
  if (third !== undefined && lost.has(third)) {
    const replaced = added.has(5) ? 5 : added.has(2) ? 2 : undefined;
    if (replaced !== undefined) {
      modifiers.push(`sus${replaced === 5 ? 4 : 2}`);
      lost.delete(third);
      added.delete(replaced);
    }
  }
  if (lost.has(7) && added.size > 0) {
    const altered = added.has(6) ? 6 : added.has(8) ? 8 : undefined;
    if (altered !== undefined) {
      modifiers.push(altered === 6 ? 'b5' : '#5');
      lost.delete(7);
      added.delete(altered);
    }
  }
  for (const tone of lost) modifiers.push(`no${degreeOfSemitones(tone).replace(/[b#]/g, '')}`);
  const seventh = to.includes(10) || to.includes(11);
  for (const tone of added) modifiers.push(seventh && ALTERED.has(tone) ? degreeOfSemitones(tone) : addition(tone));
  return modifiers;
}

/** Tones that are written as alterations of a seventh chord, without `add`. */
const ALTERED = new Set([13, 15, 18, 20]);

const addition = (tone: number): string => `add${degreeOfSemitones(tone)}`;

/** Changes tones as a modifier asks; false when it is none. */
export function applyModifier(tones: Set<number>, modifier: string): boolean {
  const found = /^(add|no|omit|sus|maj|M|\+|-)?([b#]{0,2}\d{0,2})$/.exec(modifier);
  if (!found) return false;
  const [, word = '', degree = ''] = found;
  if (word === 'sus') return suspend(tones, degree);
  if (word === 'maj' || word === 'M') return degree === '7' && replace(tones, [9, 10], 11);
  const semitones = semitonesOfDegree(word === '+' ? `#${degree}` : word === '-' ? `b${degree}` : degree);
  if (semitones === undefined) return false;
  if (word === 'no' || word === 'omit') return omit(tones, degree);
  if (word !== 'add' && (semitones === 6 || semitones === 8) && /5$/.test(degree))
    return replace(tones, [7], semitones);
  tones.add(semitones);
  return true;
}

function suspend(tones: Set<number>, degree: string): boolean {
  if (!['', '2', '4', '24', '42'].includes(degree)) return false;
  tones.delete(3);
  tones.delete(4);
  if (degree.includes('2')) tones.add(2);
  if (degree !== '2') tones.add(5);
  return true;
}

function replace(tones: Set<number>, old: readonly number[], by: number): true {
  for (const tone of old) tones.delete(tone);
  tones.add(by);
  return true;
}

/** `no3` takes away the third, of whatever size; the root stays. */
function omit(tones: Set<number>, degree: string): true {
  const sizes: Readonly<Record<string, readonly number[]>> = {
    3: [3, 4],
    5: [6, 7, 8],
    7: [9, 10, 11],
    9: [13, 14, 15],
  };
  const exact = semitonesOfDegree(degree)!;
  for (const tone of sizes[degree] ?? [exact, exact - 1, exact + 1]) if (tone !== 0) tones.delete(tone);
  return true;
}
