/**
 * From a text to pieces that lines are made of: one Chinese character, one mark, one Latin word. Each piece knows its length along the line
 * and where a line may end before it.
 *
 *   "夜航西飞 West" ─▶ 夜 ·航 ·西 ·飞 ·␣·West       lines break between words where they can, never before 。 or after 「
 */
import { isHan } from '../lettering/index.ts';
import type { Letter, Letters } from './faces.ts';
import { moved, scaled, turned } from './outlines.ts';
import { besidePinyin, besideZhuyin, type Reading, type Ruby, type Sounds, soundsOf } from './ruby.ts';
import type { FaceName, Outlines } from './types.ts';

/** One unbreakable part of a line; lengths in ems, baseline or column axis at 0. */
export interface Piece {
  readonly text: string;
  readonly letters: readonly Outlines[];
  /** Length along the line. */
  readonly length: number;
  /** Cost of a line that begins here: 0 welcome, 1 inside a word, Infinity never. */
  readonly breakCost: number;
  /** Space that is seen only inside a line. */
  readonly isSpace: boolean;
  /** Whether it is written as Chinese. */
  readonly han: boolean;
}

export interface PieceOptions {
  readonly letters: Letters;
  readonly face: FaceName;
  readonly way: 'across' | 'down';
  readonly tracking: number;
  readonly upper: boolean;
  readonly condensed: number;
  /** How readings are written beside characters; none when absent. */
  readonly ruby?: Ruby | undefined;
  /** Large type: characters are spaced by what is seen of them. */
  readonly display: boolean;
}

/** Marks that no line begins with, and those that none ends with (GB/T 15834, 禁则). */
const NEVER_FIRST = /^[，。、；：！？」』）》〉】”’…—·～,.;:!?)\]}%]/u;
const NEVER_LAST = /[「『（《〈【“‘([{]$/u;
const OPENING = /^[「『（《〈【“‘]$/u;
const PAUSE = /^[，。、]$/u;
const TURNED = /^[「」『』（）《》〈〉【】—…～]$/u;

/** Space between Chinese and Latin where none was typed. */
const SCRIPT_GAP = 0.2;
const SPACE = 0.28;

/** The pieces of one paragraph. */
export function piecesOf(paragraph: string, options: PieceOptions): Piece[] {
  const text = tidy(paragraph, options);
  const tokens = tokensOf(text);
  const inner = insideWords(text);
  const sounds: Sounds = options.ruby ? soundsOf(text) : new Map();
  let last: Token | undefined;
  return tokens.flatMap((token) => {
    const before = last;
    last = token;
    if (token.kind === 'space') return [spacePiece(joinsScripts(before, token) ? SPACE : 0.25 + options.tracking)];
    const breakCost = costOf(before, token, inner);
    const letters = pieceOf(token, options, sounds);
    const gap = before && before.kind !== 'space' && scriptsMeet(before, token) ? [spacePiece(SCRIPT_GAP)] : [];
    return [...gap.map((space) => ({ ...space, breakCost: Infinity })), { ...letters, breakCost }];
  });
}

const joinsScripts = (before: Token | undefined, { text }: Token): boolean => before?.kind === 'han' && text === ' ';

/** Quotes of columns: GB/T 15834 puts the double ones first, traditional type the single ones. */
const CORNERS: Readonly<Record<string, string>> = { '“': '『', '”': '』', '‘': '「', '’': '」' };
const TRADITIONAL_CORNERS: Readonly<Record<string, string>> = { '“': '「', '”': '」', '‘': '『', '’': '』' };

function tidy(text: string, { way, upper, letters }: PieceOptions): string {
  const cased = upper ? text.toUpperCase() : text;
  const corners = letters.traditional ? TRADITIONAL_CORNERS : CORNERS;
  const quoted = way === 'down' ? cased.replace(/[“”‘’]/gu, (mark) => corners[mark]!) : cased;
  return quoted.trim().replace(/\s+/gu, ' ');
}

interface Token {
  readonly kind: 'han' | 'mark' | 'word' | 'space';
  readonly text: string;
  /** Where it stands in the paragraph, in UTF-16 units. */
  readonly at: number;
}

const TOKEN = /\s|[—…]{1,2}|[^\s\p{Script=Han}\u3000-\u303f\uff00-\uffef〇—…]+|./gsu;

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map(({ 0: found, index }): Token => {
    const kind = /^\s$/u.test(found) ? 'space' : isMark(found) ? 'mark' : isHan(found) ? 'han' : 'word';
    return { kind, text: found, at: index };
  });
}

const isMark = (text: string): boolean =>
  /^[\u3000-\u3006\u3008-\u303f\uff00-\uff0f\uff1a-\uff1f—…～“”‘’·]+$/u.test(text);

/** Numbers with what they count: 二〇二六年 stays together. */
const NUMBER = /[\d〇零一二三四五六七八九十百千]{2,}[年月日号號]?|[\d一二三四五六七八九十][年月日号號]/gu;

/** Places inside a Chinese word, where a line should not end. */
function insideWords(text: string): Set<number> {
  const inside = new Set<number>();
  for (const { segment, index } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)) {
    for (let i = 1; i < segment.length; i++) inside.add(index + i);
  }
  for (const { 0: date, index } of text.matchAll(NUMBER)) for (let i = 1; i < date.length; i++) inside.add(index + i);
  return inside;
}

function scriptsMeet(before: Token, { kind }: Token): boolean {
  return (before.kind === 'han' && kind === 'word') || (before.kind === 'word' && kind === 'han');
}

function costOf(before: Token | undefined, token: Token, inner: ReadonlySet<number>): number {
  if (!before || NEVER_FIRST.test(token.text) || NEVER_LAST.test(before.text)) return before ? Infinity : 0;
  if (before.kind === 'word' && token.kind === 'word') return Infinity;
  return token.kind === 'han' && inner.has(token.at) ? 1 : 0;
}

function spacePiece(length: number): Piece {
  return { text: ' ', letters: [], length, breakCost: Infinity, isSpace: true, han: false };
}

type Lettered = Omit<Piece, 'breakCost'>;

function pieceOf(token: Token, options: PieceOptions, sounds: Sounds): Lettered {
  const { way, tracking, letters } = options;
  const han = token.kind === 'han' || token.kind === 'mark';
  if (token.kind === 'word') return way === 'down' ? standing(token.text, options) : wordPiece(token.text, options);
  if (token.kind === 'mark') return markPiece(token.text, options);
  const letter = letters.letter(token.text, options.face)!;
  const sound = sounds.get(token.at);
  // Half of the air beside a narrow character is taken away.
  const air = way === 'across' && options.display ? (letter.advance - (letter.right - letter.left) - 0.16) / 2 : 0;
  const own: Lettered = {
    text: token.text,
    letters: [
      way === 'down' ? moved(letter.outlines, -letter.advance / 2, DOWN_FOOT) : moved(letter.outlines, -air / 2, 0),
    ],
    length: (way === 'down' ? 1 : letter.advance - air) + tracking,
    isSpace: false,
    han,
  };
  return sound ? withRuby(own, letter, sound, options) : own;
}

/** From the top of a column's cell to the baseline. */
const DOWN_FOOT = 0.86;

/** Latin letters with kerning. */
function wordPiece(
  text: string,
  { letters: from, face, tracking, condensed }: Pick<PieceOptions, 'letters' | 'face' | 'tracking' | 'condensed'>,
): Lettered {
  let x = 0;
  let before = '';
  const letters = [...text].map((character) => {
    const letter = from.letter(character, face)!;
    x += before ? from.kern(before, character, face) * condensed : 0;
    const placed = moved(scaled(letter.outlines, condensed, 1), x, 0);
    x += letter.advance * condensed + tracking;
    before = character;
    return placed;
  });
  return { text, letters, length: x, isSpace: false, han: false };
}

/** Latin in a column: short numbers stand upright in one cell (纵中横), words lie on their side. */
function standing(text: string, options: PieceOptions): Lettered {
  const word = wordPiece(text, { ...options, tracking: /^\d+$/u.test(text) ? 0 : options.tracking });
  if (/^[\d%]{1,3}$/u.test(text)) {
    const squeeze = Math.min(1, 0.92 / word.length);
    const letters = word.letters.map((outlines) =>
      moved(scaled(outlines, squeeze, 1), (-word.length * squeeze) / 2, DOWN_FOOT),
    );
    return { ...word, letters, length: 1 + options.tracking };
  }
  // Its middle, between baseline and capitals, on the axis of the column.
  return {
    ...word,
    letters: word.letters.map((outlines) => moved(turned(outlines), -0.33, 0.06)),
    length: word.length + 0.12,
  };
}

/** Marks take the room of their ink and a little air, not a whole cell. */
function markPiece(text: string, { letters: from, face, way, tracking }: PieceOptions): Lettered {
  const letters: Outlines[] = [];
  let at = 0;
  for (const character of text) {
    const letter = from.letter(character, face)!;
    const { outlines, length } =
      way === 'down' ? markDown(character, letter, from.traditional) : markAcross(character, letter, from.traditional);
    letters.push(way === 'down' ? moved(outlines, 0, at) : moved(outlines, at, 0));
    at += length;
  }
  return { text, letters, length: at + tracking, isSpace: false, han: true };
}

/** Ems on both sides of a pause that stands in the middle. */
const CENTRED = 0.17;

function markAcross(
  character: string,
  { outlines, left, right }: Letter,
  traditional: boolean,
): { outlines: Outlines; length: number } {
  if (traditional && PAUSE.test(character))
    return { outlines: moved(outlines, CENTRED - left, 0), length: right - left + 2 * CENTRED };
  const isDash = character === '—';
  const before = isDash ? 0 : OPENING.test(character) ? 0.18 : 0.05;
  const after = isDash ? 0 : OPENING.test(character) ? 0.06 : 0.24;
  return { outlines: moved(outlines, before - left, 0), length: before + right - left + after };
}

/** In columns pauses stand in the upper right of their cell, in traditional type in its middle; brackets and dashes turn; the others stand in the middle. */
function markDown(character: string, letter: Letter, traditional: boolean): { outlines: Outlines; length: number } {
  const { outlines, left, right, top, bottom } = letter;
  if (PAUSE.test(character) && traditional)
    return { outlines: moved(outlines, -(left + right) / 2, 0.36 - (top + bottom) / 2), length: 0.72 };
  if (PAUSE.test(character)) return { outlines: moved(outlines, 0.42 - right, 0.06 - top), length: 0.5 };
  if (TURNED.test(character)) {
    const lying = markAcross(character, letter, traditional);
    return { outlines: moved(turned(lying.outlines), (top + bottom) / 2, 0), length: lying.length };
  }
  return { outlines: moved(outlines, -(left + right) / 2, 0.12 - top), length: bottom - top + 0.3 };
}

/** A character with its reading. */
function withRuby(own: Lettered, { right }: Letter, sound: Reading, options: PieceOptions): Lettered {
  const { way, face, letters, condensed, ruby } = options;
  if (ruby === 'zhuyin' && !sound.zhuyin) return own;
  const beside =
    ruby === 'zhuyin'
      ? besideZhuyin(sound.zhuyin!, { own: own.length, right, way, face, letters })
      : besidePinyin(wordPiece(sound.pinyin, { letters, face: 'book', tracking: 0.02, condensed }), own.length, way);
  const { shift, length } = beside;
  const base = own.letters.map((outlines) => (way === 'down' ? moved(outlines, 0, shift) : moved(outlines, shift, 0)));
  return { ...own, letters: [...base, ...beside.letters], length };
}
