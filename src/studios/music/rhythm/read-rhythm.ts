/**
 * Rhythms that an artist types.
 *
 *   lengths    q q e e q | q. e h      w h q e s t: whole … thirty-second; . dots it, ~ ties (q~e), 3 makes a triplet (e3 e3 e3),
 *              1/4 1/8 1/8 3/8         r before it is a rest (rq, r1/8); fractions of a whole note mean the same
 *   strokes    X--- X-X- | x.x. ..x.   x strikes, - sounds on, . is silent; each group is a beat, shared out evenly;
 *              咚 哒哒 咚 空            a group that stands alone between bar lines is the whole bar; 空 休 乙 are silent
 */
import { refusal } from '../refusal.ts';
import { type Bar, beatLength, metreLength } from '../score/index.ts';
import { MOST_RHYTHM_NOTES, RHYTHM_GRID, type Rhythm, type RhythmNote } from './rhythm.ts';

/** A stroke, a silence, or more of what sounds, for so many ticks. */
interface Event {
  readonly kind: 'note' | 'rest' | 'hold';
  readonly length: number;
}

interface Word {
  readonly text: string;
  /** Counted from 1. */
  readonly place: number;
  readonly bar: number;
}

/**
 * Reads a rhythm. `metre` is the one it is wanted in; without it a metre is taken from the bar lines. Throws `music/bad-rhythm` for
 * what cannot be read, `music/uneven-rhythm` where bar lines and metre disagree.
 */
export function readRhythm(text: string, metre?: Bar['metre']): Rhythm {
  const bars = wordsOf(text);
  const strokes = isStrokes(text);
  const shown = metre ?? (strokes ? metreOfGroups(bars) : undefined);
  const events = bars.map((words) =>
    strokes
      ? words.flatMap((word) => strokesOf(word, words.length === 1 && bars.length > 1, shown ?? [4, 4], words))
      : words.map(lengthOf),
  );
  const lengths = events.map((bar) => bar.reduce((sum, { length }) => sum + length, 0));
  const found = text.includes('|') ? (shown ?? metreOfBars(lengths, events)) : shown;
  if (text.includes('|')) checkBars(lengths, found ?? [4, 4]);
  const notes = notesOf(events.flat());
  if (notes.length === 0) throw badRhythm('it has no notes', '没有一个音');
  return { notes, length: lengths.reduce((a, b) => a + b, 0), ...(found && { metre: found }) };
}

function wordsOf(text: string): Word[][] {
  let place = 0;
  const bars = text
    .split(/\|+/)
    .map((bar) => bar.trim())
    .filter((bar) => bar !== '');
  if (text.length > 8 * MOST_RHYTHM_NOTES) throw badRhythm('it is far too long', '过长');
  return bars.map((bar, i) =>
    bar
      .split(/[\s,，、]+/)
      .filter((word) => word !== '')
      .map((word) => ({ text: word, place: ++place, bar: i + 1 })),
  );
}

/** Whether a text is written in strokes: only stroke signs, or Chinese syllables. */
function isStrokes(text: string): boolean {
  return /\p{Script=Han}/u.test(text) || /^[xX●○.\-—_·0\s|,]*[xX●][xX●○.\-—_·0\s|,]*$/u.test(text);
}

/** Metre of strokes: as many quarters as a bar has groups, where bars agree. */
function metreOfGroups(bars: readonly Word[][]): Bar['metre'] | undefined {
  const counts = new Set(bars.map((words) => words.length));
  const [count] = counts;
  return bars.length > 1 && counts.size === 1 && count! >= 2 && count! <= 6 ? [count!, 4] : undefined;
}

const SILENT = /[.·_0○空休乙]/u;
const HELD = /[-—ー]/u;
const STRUCK = /[xX●\p{Script=Han}]/u;

/** A group of strokes: a beat, or the whole bar where it stands alone. */
function strokesOf(word: Word, alone: boolean, metre: Bar['metre'], words: readonly Word[]): Event[] {
  const signs = [...word.text];
  const whole = alone || (words.length === 1 && signs.length > 4);
  const span = whole ? metreLength(metre, RHYTHM_GRID) : beatLength(metre, RHYTHM_GRID);
  const length = span / signs.length;
  if (!Number.isInteger(length)) {
    throw badRhythm(
      `${at(word, 'en')}: ${signs.length} strokes do not share out a span of ${span}/24 of a quarter`,
      `${at(word, 'zh')}：${signs.length} 下无法均分（四分音符为 24，此处共 ${span}）`,
    );
  }
  return signs.map((sign): Event => {
    if (SILENT.test(sign)) return { kind: 'rest', length };
    if (HELD.test(sign)) return { kind: 'hold', length };
    if (STRUCK.test(sign)) return { kind: 'note', length };
    throw badRhythm(`${at(word, 'en')}: “${sign}” is no stroke`, `${at(word, 'zh')}：不认得“${sign}”`);
  });
}

const LETTERS: Readonly<Record<string, number>> = { w: 96, h: 48, q: 24, e: 12, s: 6, t: 3 };

/** A word of lengths: `q.`, `rq`, `q~e`, `e3`, `3/8`. */
function lengthOf(word: Word): Event {
  const plain = word.text.toLowerCase();
  const rest = /^r(?=.)/.test(plain);
  const length = plain
    .replace(/^r/, '')
    .split('~')
    .reduce((sum, part) => sum + ticksOf(part, word), 0);
  if (Number.isInteger(length)) return { kind: rest ? 'rest' : 'note', length };
  throw badRhythm(
    `${at(word, 'en')}: “${word.text}” lies between the 24 steps of a quarter note`,
    `${at(word, 'zh')}：“${word.text}”不在四分音符的 24 等分上`,
  );
}

function ticksOf(part: string, word: Word): number {
  const letter = /^([whqest])(3?)(\.{0,2})$/.exec(part);
  if (letter) {
    const [, name, third, dots] = letter as unknown as [string, string, string, string];
    return LETTERS[name]! * (third ? 2 / 3 : 1) * [1, 1.5, 1.75][dots.length]!;
  }
  const fraction = /^(\d{1,3})\/(\d{1,3})$/.exec(part);
  const [over, under] = [Number(fraction?.[1]), Number(fraction?.[2])];
  if (fraction && over > 0 && under > 0 && over / under <= 64) return (over * 96) / under;
  throw badRhythm(
    `${at(word, 'en')}: “${word.text.slice(0, 20)}” is no length`,
    `${at(word, 'zh')}：不认得“${word.text.slice(0, 20)}”`,
  );
}

/** Events one after another; a hold lengthens the note before it, and is silent after a silence. */
function notesOf(events: readonly Event[]): RhythmNote[] {
  const notes: { at: number; length: number }[] = [];
  let tick = 0;
  let sounding = false;
  for (const { kind, length } of events) {
    if (kind === 'note') notes.push({ at: tick, length });
    else if (kind === 'hold' && sounding) notes.at(-1)!.length += length;
    sounding = kind === 'note' || (kind === 'hold' && sounding);
    tick += length;
  }
  if (notes.length > MOST_RHYTHM_NOTES) throw badRhythm('it has far too many notes', '音太多');
  return notes;
}

const BY_LENGTH: Readonly<Record<number, Bar['metre']>> = {
  36: [3, 8],
  48: [2, 4],
  60: [5, 8],
  72: [3, 4],
  84: [7, 8],
  96: [4, 4],
  108: [9, 8],
  120: [5, 4],
  144: [6, 4],
};

/** The metre of bars that are all as long; 6/8 where the second half begins a note and no quarter does. */
function metreOfBars(lengths: readonly number[], events: readonly Event[][]): Bar['metre'] | undefined {
  const [first] = lengths;
  if (first === 72 && events.every((bar) => onsetsOf(bar).includes(36) && !onsetsOf(bar).includes(24))) return [6, 8];
  return BY_LENGTH[first!];
}

function onsetsOf(bar: readonly Event[]): number[] {
  let tick = 0;
  return bar.map(({ length }) => {
    tick += length;
    return tick - length;
  });
}

/** Every bar must be full; the last one may be shorter. */
function checkBars(lengths: readonly number[], metre: Bar['metre']): void {
  const full = metreLength(metre, RHYTHM_GRID);
  for (const [i, length] of lengths.entries()) {
    if (length === full || (i === lengths.length - 1 && length < full && lengths.length > 1)) continue;
    const [has, holds] = [length, full].map((ticks) => String(Math.round((ticks / RHYTHM_GRID) * 100) / 100));
    throw refusal(
      'input',
      'music/uneven-rhythm',
      {
        en: `Bar ${i + 1} of the rhythm lasts ${has} quarter notes; a bar of ${metre.join('/')} holds ${holds}.`,
        zh: `节奏第 ${i + 1} 小节长 ${has} 个四分音符，而 ${metre.join('/')} 拍的小节为 ${holds} 个。`,
      },
      {
        en: 'Mend the bar, choose its metre with --metre, or leave the bar lines out.',
        zh: '请改正该小节，用 --metre 指定拍号，或去掉小节线。',
      },
      { bar: i + 1 },
    );
  }
}

function at({ place, bar }: Word, language: 'en' | 'zh'): string {
  return language === 'en' ? `word ${place} (bar ${bar})` : `第 ${place} 个词（第 ${bar} 小节）`;
}

function badRhythm(en: string, zh: string): Error {
  return refusal(
    'input',
    'music/bad-rhythm',
    { en: `The rhythm cannot be read: ${en}.`, zh: `读不懂这个节奏：${zh}。` },
    {
      en: 'Write lengths (q q e e q | q. e h, or 1/4 1/8 1/8) or strokes, a group to a beat (X--- X-X-, 咚 哒哒 咚).',
      zh: '可写时值（q q e e q | q. e h，或 1/4 1/8 1/8），或按拍写鼓点（X--- X-X-、咚 哒哒 咚）。',
    },
  );
}
