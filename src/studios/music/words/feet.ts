/**
 * Feet: the little groups of syllables that a line is said in, and that its rhythm is built of.
 *
 *   绝句 律诗   二二三: 床前 明月 光 · 葡萄 美酒 夜光 杯          words decide between 2 1 and 1 2 at the end
 *   词 曲       三四, 一字领, 三五 where the words cut so: 那堪 更 被 · 念 去去 千里 烟波
 *   free verse  word by word, short ones joined
 *   English     a stressed syllable with the unstressed ones after it; what stands before the first stress is a pickup
 */
import type { SungLine } from './syllable.ts';

export interface Foot {
  readonly size: number;
  /** Unstressed syllables before the first downbeat. */
  readonly pickup?: true;
}

/** The feet of a line, in order. */
export function feetOf(line: SungLine): Foot[] {
  return line.language === 'zh' ? chineseFeet(line).map((size) => ({ size })) : englishFeet(line);
}

let words: Intl.Segmenter | undefined;

/** Places between characters where a word ends. */
function cutsOf(characters: readonly string[]): Set<number> {
  words ??= new Intl.Segmenter('zh', { granularity: 'word' });
  let at = 0;
  return new Set([...words.segment(characters.join(''))].map(({ segment }) => (at += [...segment].length)));
}

/** Sizes of the feet of a Chinese line. */
function chineseFeet({ syllables }: SungLine): number[] {
  const characters = syllables.map(({ text }) => text);
  const cuts = cutsOf(characters);
  const three = (from: number): number[] => (cuts.has(from + 1) && !cuts.has(from + 2) ? [1, 2] : [2, 1]);
  switch (characters.length) {
    case 1:
    case 2:
      return [characters.length];
    case 3:
      return three(0);
    case 4:
      return [2, 2];
    case 5:
      return !cuts.has(2) && cuts.has(1) && cuts.has(3) ? [1, 2, 2] : [2, ...three(2)];
    case 6:
      return !cuts.has(2) && !cuts.has(4) && cuts.has(3) ? [...three(0), ...three(3)] : [2, 2, 2];
    case 7:
      return !cuts.has(4) && cuts.has(3) && !cuts.has(2) ? [...three(0), 2, 2] : [2, 2, ...three(4)];
    default:
      return joinWords(characters.length, cuts);
  }
}

/** Words of up to three characters, neighbours joined to two; longer words are halved. */
function joinWords(count: number, cuts: ReadonlySet<number>): number[] {
  const sizes: number[] = [];
  let from = 0;
  for (let at = 1; at <= count; at++) {
    if (at < count && !cuts.has(at)) continue;
    for (let left = at - from; left > 0; ) {
      const piece = left > 3 ? 2 : left;
      const before = sizes.at(-1);
      if (piece === 1 && before !== undefined && before < 3 && at < count) sizes[sizes.length - 1] = before + 1;
      else if (before === 1 && piece < 3) sizes[sizes.length - 1] = before + piece;
      else sizes.push(piece);
      left -= piece;
    }
    from = at;
  }
  return sizes;
}

function englishFeet({ syllables }: SungLine): Foot[] {
  const onBeat = chooseStressed(syllables.map(({ stress = 1 }) => stress));
  const first = Math.max(0, onBeat.indexOf(true));
  const feet: Foot[] = first > 0 ? [{ size: first, pickup: true }] : [];
  for (let i = first; i < syllables.length; ) {
    let next = i + 1;
    while (next < syllables.length && !onBeat[next]) next += 1;
    feet.push({ size: next - i });
    i = next;
  }
  return feet;
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
