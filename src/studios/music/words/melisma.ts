/**
 * 拖腔: several notes on one syllable.
 *
 *   long syllables, and those whose tone moves, are drawn out oftener; the turn of a strophe and its rhyme always once
 */
import type { Random } from '../../../core/index.ts';
import type { LinePlace } from './form.ts';
import type { Slot } from './rhythm.ts';
import type { SungLine, Syllable } from './syllable.ts';

const INSIDE: Readonly<Record<number, readonly (readonly number[])[]>> = {
  2: [[1, 1]],
  3: [
    [2, 1],
    [1, 1, 1],
  ],
  4: [
    [2, 2],
    [3, 1],
    [2, 1, 1],
    [1, 1, 2],
  ],
  6: [
    [4, 2],
    [3, 1, 2],
    [2, 1, 1, 2],
    [2, 2, 2],
  ],
  8: [
    [4, 2, 2],
    [3, 1, 2, 2],
    [2, 1, 1, 4],
  ],
};

/** Figures on the last syllable of a line, which keeps most of its length. */
const AT_END: readonly (readonly number[])[] = [[1], [1, 1], [2, 1, 1], [2], [3, 1]];

/** Lengths of the notes of every syllable of a line. */
export function drawOut(
  { syllables }: SungLine,
  slots: readonly Slot[],
  { place, melisma, random }: { place: LinePlace; melisma: number; random: Random },
): number[][] {
  const last = slots.length - 1;
  const chosen = place.role === '转' || place.role === '合' ? longestInside(syllables, slots) : -1;
  return slots.map(({ length }, i) => {
    const syllable = syllables[i]!;
    const drawn = random.next();
    const share = likelihood(syllable, length);
    const wanted = melisma > 0 && (i === chosen ? drawn < 0.5 + melisma : drawn < melisma * share);
    if (!wanted || length < 2) return [length];
    return i === last ? endFigure(length, random) : insideFigure(length, random);
  });
}

function likelihood({ tone, stress }: Syllable, length: number): number {
  if (tone === 5 || stress === 0) return 0;
  const moves = tone === 2 || tone === 4 || stress === 2;
  return (moves ? 0.7 : 0.3) + (length >= 4 ? 0.3 : 0);
}

/** The longest syllable before the last one, of three half beats at least; −1 for none. */
function longestInside(syllables: readonly Syllable[], slots: readonly Slot[]): number {
  let best = -1;
  for (let i = 0; i + 1 < slots.length; i++) {
    const { length } = slots[i]!;
    if (length >= 3 && syllables[i]!.tone !== 5 && length > (slots[best]?.length ?? 0)) best = i;
  }
  return best;
}

function insideFigure(length: number, random: Random): number[] {
  const figures = INSIDE[length];
  return figures ? [...random.pick(figures)] : [2, length - 2];
}

function endFigure(length: number, random: Random): number[] {
  const fitting = AT_END.filter((figure) => figure.reduce((sum, x) => sum + x, 0) * 2 <= length);
  if (fitting.length === 0) return [length];
  const figure = random.pick(fitting);
  return [...figure, length - figure.reduce((sum, x) => sum + x, 0)];
}
