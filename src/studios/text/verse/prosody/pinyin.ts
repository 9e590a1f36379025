/** Modern syllables taken apart: tone, final, and the group of 中华通韵 (GF 0022—2019) that the final belongs to. */
import type { Tone } from './types.ts';

/** The sixteen groups of 中华通韵, in their order. */
export const TONGYUN_GROUPS: readonly string[] = [...'啊喔鹅衣乌迂哀欸熬欧安恩昂英雍儿'];

const MARKS = ['āēīōūǖ', 'áéíóúǘ', 'ǎěǐǒǔǚ', 'àèìòùǜ'];
const PLAIN = 'aeiouü';

/** Finals of each group, after `y`, `w` and hidden `ü` are written out. */
const FINALS: Readonly<Record<string, string>> = {
  啊: 'a ia ua',
  喔: 'o uo io',
  鹅: 'e ie üe ê',
  衣: 'i',
  乌: 'u',
  迂: 'ü',
  哀: 'ai uai iai',
  欸: 'ei uei ui',
  熬: 'ao iao',
  欧: 'ou iou iu',
  安: 'an ian uan üan',
  恩: 'en in uen un ün',
  昂: 'ang iang uang',
  英: 'eng ing ueng',
  雍: 'ong iong',
  儿: 'er',
};

const GROUP_OF = new Map(
  Object.entries(FINALS).flatMap(([group, finals]) => finals.split(' ').map((final) => [final, group] as const)),
);

/** A modern syllable: `number` 1–4, 0 for the neutral tone; `final` with `ü` written out (`yuan` → `üan`). */
export interface Syllable {
  readonly initial: string;
  readonly final: string;
  readonly number: number;
}

/** Takes a syllable with tone mark apart (`zhōng` → zh, ong, 1). */
export function parsePinyin(pinyin: string): Syllable {
  let number = 0;
  let plain = '';
  for (const letter of pinyin.normalize('NFC')) {
    const row = MARKS.findIndex((marks) => marks.includes(letter));
    if (row < 0) plain += letter;
    else {
      number = row + 1;
      plain += PLAIN[MARKS[row]!.indexOf(letter)]!;
    }
  }
  return { ...split(plain), number };
}

function split(plain: string): { initial: string; final: string } {
  if (plain.startsWith('yu')) return { initial: '', final: `ü${plain.slice(2)}` };
  if (plain.startsWith('y'))
    return { initial: '', final: plain.startsWith('yi') ? plain.slice(1) : `i${plain.slice(1)}` };
  if (plain.startsWith('w')) return { initial: '', final: plain === 'wu' ? 'u' : `u${plain.slice(1)}` };
  const initial = /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcs])/u.exec(plain)?.[0] ?? '';
  const rest = plain.slice(initial.length);
  return { initial, final: /^[jqx]$/u.test(initial) && rest.startsWith('u') ? `ü${rest.slice(1)}` : rest };
}

/** The 通韵 group of a syllable; undefined for sounds outside the standard (hm, ng). */
export function tongyunGroup(pinyin: string): string | undefined {
  return GROUP_OF.get(parsePinyin(pinyin).final);
}

/** Modern tone in the words of prosody (阴平 and 阳平 are level); undefined for the neutral tone. */
export function modernTone(pinyin: string): Tone | undefined {
  return ([undefined, '平', '平', '上', '去'] as const)[parsePinyin(pinyin).number];
}
