/** Chinese lines as syllables with their tones, sandhi applied. */
import { pinyin } from 'pinyin-pro';
import type { SungLine, Syllable, Tone } from './syllable.ts';

/** The characters of a line, each with its tone; punctuation and spaces are not sung. `readings` (with tone marks) override the dictionary's. */
export function chineseLine(text: string, readings?: readonly string[]): SungLine {
  const characters = [...text].filter((character) => /\p{Script=Han}/u.test(character));
  const joined = characters.join('');
  const spoken = pinyin(joined, { type: 'array', toneType: 'num', toneSandhi: false });
  const tones = characters.map((_, i) => toneOf(readings?.[i]) ?? toneOf(spoken[i]) ?? 5);
  return {
    text,
    language: 'zh',
    syllables: applySandhi(characters, tones).map(
      (tone, i): Syllable => ({ text: characters[i]!, syllabic: 'single', tone }),
    ),
  };
}

const MARKS = ['āēīōūǖ', 'áéíóúǘ', 'ǎěǐǒǔǚ', 'àèìòùǜ'];

/** Tone of a syllable written `ma3` or `mǎ`; neutral when it bears none. */
export function toneOf(reading: string | undefined): Tone | undefined {
  if (!reading) return undefined;
  const digit = /[0-5]/.exec(reading)?.[0];
  if (digit) return digit === '0' ? 5 : (Number(digit) as Tone);
  const marked = MARKS.findIndex((marks) => [...reading.normalize('NFC')].some((letter) => marks.includes(letter)));
  return marked < 0 ? 5 : ((marked + 1) as Tone);
}

/** 上声 before 上声 is sung as 阳平; 一 and 不 change before a fourth tone (and 一 before the others). */
function applySandhi(characters: readonly string[], tones: readonly Tone[]): Tone[] {
  return tones.map((tone, i): Tone => {
    const next = tones[i + 1];
    if (tone === 3 && next === 3) return 2;
    if (characters[i] === '不' && next === 4) return 2;
    if (characters[i] === '一' && next !== undefined && i < characters.length - 1) return next === 4 ? 2 : 4;
    return tone;
  });
}
