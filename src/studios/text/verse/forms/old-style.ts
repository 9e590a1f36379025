/** 古风: lines of one length, rhymed on even lines in one tone class; the tones inside are free, neighbouring groups rhyme. */
import type { ToneClass } from '../prosody/index.ts';
import type { VerseForm } from './types.ts';

const COUNTS = [4, 6, 8, 10, 12, 14, 16] as const;
const WIDTHS = [
  { width: 5, name: '五言古风', english: 'Five-syllable old-style verse' },
  { width: 7, name: '七言古风', english: 'Seven-syllable old-style verse' },
] as const;

/** 五言古风 and 七言古风 of 4–16 lines, in level and in oblique rhyme. */
export function oldStyleForms(): VerseForm[] {
  return WIDTHS.flatMap((shape) =>
    COUNTS.flatMap((count) => (['平', '仄'] as const).map((toneClass) => toForm({ ...shape, count, toneClass }))),
  );
}

interface Shape {
  readonly width: number;
  readonly name: string;
  readonly english: string;
  readonly count: number;
  readonly toneClass: ToneClass;
}

function toForm({ width, name, english, count, toneClass }: Shape): VerseForm {
  const tones = Array.from({ length: width }, () => '中' as const);
  const variant = `${count}句${toneClass}韵`;
  return {
    id: `${name}/${variant}`,
    name,
    variant,
    family: 'old',
    english: `${english}, ${count} lines, ${toneClass === '平' ? 'level' : 'oblique'} rhyme`,
    lines: Array.from({ length: count }, (_, index) =>
      index % 2 === 1
        ? { tones: [...tones.slice(1), toneClass], mark: '。', rhyme: { chain: 'a', toneClass } }
        : { tones, mark: '，' },
    ),
    stanzas: [0],
    defaultBook: '平水韵',
    rules: {
      lonelyLevel: false,
      threeTail: false,
      rescue: false,
      distinctRhymeWords: true,
      maxRepeats: 4,
      couplets: [],
    },
  };
}
