/** Readings in zhuyin ㄅㄆㄇ, from pinyin. */
import table from './zhuyin.table.json' with { type: 'json' };

const INITIALS = Object.entries(table.initials);
const FINALS = table.finals as Readonly<Record<string, string>>;
/** What stands for the first, second, third and fourth tone, and for none. */
const TONES = ['˙', '', 'ˊ', 'ˇ', 'ˋ'];

/** One syllable: its letters, and the mark of its tone; the first tone has none. */
export interface Zhuyin {
  readonly letters: string;
  readonly tone: string;
}

/** A syllable of pinyin with its tone as a digit (0 and 5 the neutral one), such as `hang2`; undefined for what is no syllable of Mandarin. */
export function zhuyinOf(pinyin: string): Zhuyin | undefined {
  const [, spelt, digit = '1'] = /^([a-zêü]+)([0-5])?$/u.exec(pinyin.replace('v', 'ü')) ?? [];
  if (!spelt) return undefined;
  const syllable = plain(spelt);
  const [letter, initial] = INITIALS.find(([start]) => syllable.startsWith(start)) ?? ['', ''];
  const rest = syllable.slice(letter.length);
  const final = /^(zh|ch|sh|[rzcs])$/u.test(letter) && rest === 'i' ? '' : FINALS[rest];
  const letters = final === undefined ? '' : initial + final;
  return letters === '' || (letters === initial && rest !== 'i')
    ? undefined
    : { letters, tone: TONES[Number(digit) % 5]! };
}

/** Without the y and w that pinyin puts before what has no initial, and with ü where pinyin writes u for it. */
function plain(spelt: string): string {
  if (spelt.startsWith('yu')) return `ü${spelt.slice(2)}`;
  if (spelt === 'yong') return 'iong';
  if (spelt === 'you') return 'iu';
  if (/^yi/u.test(spelt)) return spelt.slice(1);
  if (spelt.startsWith('y')) return `i${spelt.slice(1)}`;
  if (spelt === 'wei') return 'ui';
  if (spelt === 'wen') return 'un';
  if (/^wu/u.test(spelt)) return spelt.slice(1);
  if (spelt.startsWith('w')) return `u${spelt.slice(1)}`;
  return spelt.replace(/^([jqx])u/u, '$1ü');
}
