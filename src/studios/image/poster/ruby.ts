/**
 * The reading beside a character.
 *
 *   pinyin  above it in lines, on its right, lying, in columns        zhuyin  on its right from top to bottom, its tone beside the last letter
 */
import { Converter } from 'opencc-js/t2cn';
import { pinyin } from 'pinyin-pro';
import type { Letters } from './faces.ts';
import { box, moved, scaled, turned } from './outlines.ts';
import type { FaceName, Outlines } from './types.ts';
import { type Zhuyin, zhuyinOf } from './zhuyin.ts';

/** How readings are written. */
export type Ruby = 'pinyin' | 'zhuyin';

/** How one character is read. */
export interface Reading {
  readonly pinyin: string;
  readonly zhuyin: Zhuyin | undefined;
}

/** The reading of every Chinese character by its place, from the whole text, so that characters of several readings get the right one. */
export type Sounds = ReadonlyMap<number, Reading>;

let convert: ((text: string) => string) | undefined;

/** The readings of a text. Words are known by their simplified characters. */
export function soundsOf(text: string): Sounds {
  const simplify = convert ?? Converter({ from: 't', to: 'cn' });
  convert = simplify;
  const characters = [...text];
  const plain = characters.map((each) => [...simplify(each)][0] ?? each);
  const read = (toneType: 'symbol' | 'num'): Spoken => pinyin(plain.join(''), { type: 'all', toneType });
  const [marked, numbered] = [read('symbol'), read('num')];
  let at = 0;
  const sounds = new Map<number, Reading>();
  for (const [i, { pinyin: sound, isZh }] of marked.entries()) {
    if (isZh) sounds.set(at, { pinyin: sound, zhuyin: zhuyinOf(numbered[i]!.pinyin) });
    at += characters[i]?.length ?? 0;
  }
  return sounds;
}

type Spoken = readonly { readonly pinyin: string; readonly isZh: boolean }[];

/** What a reading adds to a character of so many ems. */
export interface Beside {
  /** The character and its reading together, along the line. */
  readonly length: number;
  /** How far the character moves along the line to stand in the middle. */
  readonly shift: number;
  readonly letters: readonly Outlines[];
}

/** Size of pinyin beside its text, and of a letter of zhuyin. */
const PINYIN = 0.3;
const ZHUYIN = 0.3;
/** From letter to letter of zhuyin. */
const STEP = 0.28;
/** The middle of an ideograph above its baseline. */
const MIDDLE = -0.38;

/** A pinyin word, already set, beside a character that is `own` long. */
export function besidePinyin(
  word: { readonly letters: readonly Outlines[]; readonly length: number },
  own: number,
  way: 'across' | 'down',
): Beside {
  const wide = word.length * PINYIN;
  const length = Math.max(own, wide + 0.12);
  const start = (length - wide) / 2;
  const small = word.letters.map((outlines) => scaled(outlines, PINYIN));
  const letters = small.map((outlines) =>
    way === 'down' ? moved(turned(outlines), 0.56, start) : moved(outlines, start, -0.98),
  );
  return { length, shift: (length - own) / 2, letters };
}

/** Zhuyin beside a character: in lines it makes room for itself, in columns it stands outside. */
export function besideZhuyin(
  { letters: spelt, tone }: Zhuyin,
  {
    own,
    right,
    way,
    face,
    letters,
  }: { own: number; right: number; way: 'across' | 'down'; face: FaceName; letters: Letters },
): Beside {
  const inked = (character: string, size: number): Outlines => scaled(letters.letter(character, face)!.outlines, size);
  const count = [...spelt].length;
  const middle = way === 'down' ? own / 2 : MIDDLE;
  const x = way === 'down' ? 0.68 : right + 0.22;
  const rows = [...spelt].map((character, i) =>
    centred(inked(character, ZHUYIN), x, middle + (i - (count - 1) / 2) * STEP),
  );
  const added = way === 'down' ? 0 : right + 0.22 + (tone && tone !== '˙' ? 0.3 : 0.2) - own;
  const length = own + Math.max(0, added);
  if (tone === '') return { length, shift: 0, letters: rows };
  const last = middle + ((count - 1) / 2) * STEP;
  const mark =
    tone === '˙'
      ? centred(inked(tone, ZHUYIN), x, middle - ((count + 0.3) / 2) * STEP)
      : centred(inked(tone, ZHUYIN), x + 0.22, last - 0.1);
  return { length, shift: 0, letters: [...rows, mark] };
}

function centred(outlines: Outlines, x: number, y: number): Outlines {
  const { left, right, top, bottom } = box(outlines);
  return moved(outlines, x - (left + right) / 2, y - (top + bottom) / 2);
}
