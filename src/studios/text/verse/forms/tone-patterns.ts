/**
 * The concrete tone patterns a line may take. A form marks some places 中 (either); this spells them out and drops those
 * that break a rule of the whole line (孤平, 三平尾, 三仄尾), so that decoding only has to stay inside the list.
 */
import type { ToneClass } from '../prosody/types.ts';
import type { VerseForm } from './types.ts';

/** Tones of one line, e.g. 仄仄平平仄. */
export type TonePattern = readonly ToneClass[];

/** All patterns of one line of a form, never empty for a well-made form. A line longer than 9 syllables keeps its 中 places few, so the list stays small. */
export function listTonePatterns(form: VerseForm, line: number): TonePattern[] {
  const { tones, rhyme } = form.lines[line]!;
  let patterns: ToneClass[][] = [[]];
  for (const mark of tones) {
    const choices: readonly ToneClass[] = mark === '中' ? ['平', '仄'] : [mark];
    patterns = patterns.flatMap((pattern) => choices.map((choice) => [...pattern, choice]));
  }
  const sound = patterns.filter((pattern) => form.family !== 'regulated' || isSound(form, pattern));
  return rhyme === undefined ? sound : sound.filter((pattern) => pattern.at(-1) === rhyme.toneClass);
}

function isSound(form: VerseForm, pattern: TonePattern): boolean {
  const { threeTail, lonelyLevel } = form.rules;
  return !(threeTail && hasThreeTail(pattern)) && !(lonelyLevel && hasLonelyLevel(pattern));
}

/** 三平尾 or 三仄尾: the last three syllables of one class. */
export function hasThreeTail(pattern: TonePattern): boolean {
  const [a, b, c] = pattern.slice(-3);
  return a === b && b === c;
}

/** 孤平: in a line that ends 仄平 and whose base is 平平仄仄平, the one level syllable stands between two obliques. */
export function hasLonelyLevel(pattern: TonePattern): boolean {
  return pattern.slice(-5).join('') === '仄平仄仄平';
}
