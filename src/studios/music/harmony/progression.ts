/**
 * Chords that the artist writes down: `I vi IV V`, `Am F | C G`, `| C . F G | Am |`, `1645`.
 *
 *   bar lines    each bar holds the chords between two, shared out over its beats; `.` or `/` holds the chord, `%` the bar before
 *   none         one chord a bar, or `perBar` of them
 */
import { refusal } from '../refusal.ts';
import { beatLength, type Score } from '../score/index.ts';
import { chordOfRoman, formatChord, isNoChord, parseChord } from '../theory/index.ts';

export interface ProgressionOptions {
  /** Bar to begin in, counted from 0; default the first full bar. */
  readonly from?: number;
  /** Bars to fill, the progression repeated or cut; default once through it. */
  readonly bars?: number;
  /** Chords in a bar where there are no bar lines; default 1. */
  readonly perBar?: number;
}

/** The most words a progression may have. */
const MOST_WORDS = 4096;

/**
 * Chord symbols for the bars of a score, in its keys. Throws `music/bad-chord` or `music/bad-roman` for what is neither,
 * `music/empty-progression` for nothing.
 */
export function chordsFromProgression(
  text: string,
  score: Pick<Score, 'bars' | 'ticksPerQuarter'>,
  options: ProgressionOptions = {},
): Score['chords'] {
  const bars = barsOfText(text, options.perBar ?? 1);
  if (bars.length === 0) throw emptyProgression();
  const { from = firstFullBar(score), bars: wanted = bars.length } = options;
  const chords: Score['chords'] = [];
  for (let i = 0; i < wanted; i++) {
    const bar = score.bars[from + i];
    if (!bar) break;
    const words = bars[i % bars.length]!;
    for (const [n, word] of words.entries()) {
      if (word === '.') continue;
      chords.push({
        at: bar.at + placeOf(n, words.length, bar, score.ticksPerQuarter),
        symbol: symbolOf(word, bar.key),
      });
    }
  }
  return chords.filter(({ symbol }, i) => i === 0 || symbol !== chords[i - 1]!.symbol);
}

/** How many bars a progression fills once through. Throws `music/empty-progression`. */
export function barsOfProgression(text: string, perBar = 1): number {
  const { length } = barsOfText(text, perBar);
  if (length === 0) throw emptyProgression();
  return length;
}

function firstFullBar({ bars }: Pick<Score, 'bars'>): number {
  return bars.length > 1 && bars[0]!.length < bars[1]!.length ? 1 : 0;
}

/** Shares a bar out: on its beats where they suffice, else evenly. */
function placeOf(n: number, count: number, { metre, length }: Score['bars'][number], ticksPerQuarter: number): number {
  const beat = beatLength(metre, ticksPerQuarter);
  const beats = Math.round(length / beat);
  const place = count <= beats ? Math.ceil((n * beats) / count) * beat : (n * length) / count;
  return Math.min(length - 1, Math.round(place));
}

function barsOfText(text: string, perBar: number): string[][] {
  const plain = text
    .replace(/[‖𝄆𝄇]/gu, '|')
    .replace(/[,，、;；–—→]|\s-\s/gu, ' ')
    .trim();
  const words = plain.split(/(\|)|\s+/).filter((word): word is string => Boolean(word));
  if (words.length > MOST_WORDS) throw emptyProgression();
  const loose = plain.includes('|') ? undefined : words.flatMap(digits);
  const bars: string[][] = [];
  if (loose) for (let i = 0; i < loose.length; i += perBar) bars.push(loose.slice(i, i + perBar));
  else for (const bar of plain.split('|')) if (bar.trim() !== '') bars.push(bar.trim().split(/\s+/).flatMap(digits));
  return bars.map((bar, i) =>
    bar.join() === '%' ? (bars[i - 1] ?? ['N.C.']) : bar.map((word) => (word === '/' ? '.' : word)),
  );
}

const DIGITS = ['I', 'ii', 'iii', 'IV', 'V', 'vi', 'viio'];

/** `1645` and `4536251` are numerals as pop musicians say them. */
function digits(word: string): string[] {
  return /^[1-7]{1,16}$/.test(word) ? [...word].map((digit) => DIGITS[Number(digit) - 1]!) : [word];
}

/** A word as a chord symbol in a key. */
function symbolOf(word: string, key: Score['bars'][number]['key']): string {
  if (isNoChord(word)) return 'N.C.';
  const roman = /^[b#♭♯]*[IViv]|^(N6|Ger|It|Fr|Cad)/u.test(word);
  return formatChord(roman ? chordOfRoman(word, key) : parseChord(word));
}

function emptyProgression(): Error {
  return refusal(
    'input',
    'music/empty-progression',
    { en: 'The progression has no chords, or far too many.', zh: '和弦进行为空，或过长。' },
    {
      en: 'Write chords or numerals: Am F C G, I vi IV V, | C G | Am F |.',
      zh: '写出和弦或级数：Am F C G、I vi IV V、| C G | Am F |。',
    },
  );
}
