/**
 * Regulated verse by rule, not by list. One line type follows from two tones, the second syllable's and the last one's:
 *
 *      second  last    five syllables        seven: two more in front, of the opposite tone
 *        仄     仄     中 仄 平 平 仄         中 平 …
 *        平     平     平 平 中 仄 平         中 仄 …      (its first 平 is fixed: else 孤平)
 *        平     仄     中 平 平 仄 仄         中 仄 …      (its third is fixed: else 三仄尾)
 *        仄     平     中 仄 仄 平 平         中 平 …      (its third is fixed: else 三平尾)
 *
 * Within a couplet the second tones are opposed (对), across couplets they are the same (粘). Even lines rhyme in level.
 */
import type { ToneClass } from '../prosody/index.ts';
import type { LinePattern, ToneMark, VerseForm } from './types.ts';

const SHAPES = [
  { name: '五绝', width: 5, count: 4, english: 'Five-syllable quatrain' },
  { name: '七绝', width: 7, count: 4, english: 'Seven-syllable quatrain' },
  { name: '五律', width: 5, count: 8, english: 'Five-syllable regulated octave' },
  { name: '七律', width: 7, count: 8, english: 'Seven-syllable regulated octave' },
] as const;

/** The other tone class. */
export function opposite(tone: ToneClass): ToneClass {
  return tone === '平' ? '仄' : '平';
}

/** The type of a regulated line: its second syllable's tone class, in the sense of the five-syllable core, and its last one's. */
export interface LineType {
  readonly second: ToneClass;
  readonly last: ToneClass;
}

/** The five tones of a line type, free places marked 中. */
export function coreTones({ second, last }: LineType): readonly ToneMark[] {
  const fourth = opposite(second);
  const isLonelyRisk = second === '平' && last === '平';
  return [isLonelyRisk ? '平' : '中', second, isLonelyRisk ? '中' : opposite(last), fourth, last];
}

/** The type of each line; `firstSecond` is the tone class of the first line's second syllable. */
export function lineTypes(
  count: number,
  { width, firstSecond, firstRhymes }: { width: 5 | 7; firstSecond: ToneClass; firstRhymes: boolean },
): LineType[] {
  return Array.from({ length: count }, (_, index) => {
    const flipped = (((index + 1) >> 1) & 1) === 1;
    const spoken = flipped ? opposite(firstSecond) : firstSecond;
    const rhymes = index % 2 === 1 || (index === 0 && firstRhymes);
    return { second: width === 7 ? opposite(spoken) : spoken, last: rhymes ? '平' : '仄' };
  });
}

function toLine(type: LineType, { width, index }: { width: 5 | 7; index: number }): LinePattern {
  const core = coreTones(type);
  const tones: readonly ToneMark[] = width === 7 ? ['中', opposite(type.second), ...core] : core;
  const mark = index % 2 === 1 ? '。' : '，';
  return type.last === '平' ? { tones, mark, rhyme: { chain: 'a', toneClass: '平' } } : { tones, mark };
}

/** The sixteen regulated forms: 五绝 七绝 五律 七律 × 平起/仄起 × 首句入韵/不入韵. */
export function regulatedForms(): VerseForm[] {
  return SHAPES.flatMap((shape) =>
    (['仄', '平'] as const).flatMap((firstSecond) =>
      [shape.width === 7, shape.width === 5].map((firstRhymes) => toForm(shape, { firstSecond, firstRhymes })),
    ),
  );
}

function toForm(
  { name, width, count, english }: (typeof SHAPES)[number],
  { firstSecond, firstRhymes }: { firstSecond: ToneClass; firstRhymes: boolean },
): VerseForm {
  const types = lineTypes(count, { width, firstSecond, firstRhymes });
  const variant = `${firstSecond}起${firstRhymes ? '首句入韵' : '首句不入韵'}`;
  return {
    id: `${name}/${variant}`,
    name,
    variant,
    family: 'regulated',
    english: `${english} (${firstSecond === '平' ? 'level' : 'oblique'} start, first line ${firstRhymes ? 'rhymed' : 'unrhymed'})`,
    lines: types.map((type, index) => toLine(type, { width, index })),
    stanzas: [0],
    defaultBook: '平水韵',
    rules: {
      lonelyLevel: true,
      threeTail: true,
      rescue: true,
      distinctRhymeWords: true,
      maxRepeats: count === 4 ? 2 : 3,
      couplets:
        count === 8
          ? [
              [2, 3],
              [4, 5],
            ]
          : [],
    },
  };
}
