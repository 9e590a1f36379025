/**
 * The piano roll: time from left to right, pitch upwards, a colour for every part.
 *
 *   ┌ title ─────────────────────────── parts ┐
 *   │ bar numbers, labels, chords              │
 *   │ ▆▆  ▆▆▆▆     rows of semitones, black    │
 *   │    ▆▆    ▆▆  keys shaded, lines on bars  │
 *   └ lyrics ──────────────────────────────────┘
 *
 * The softer a note the paler it is. A long piece is drawn narrower by the note until a lower bound; beyond, only its beginning.
 */

import { findInstrument } from '../instruments/index.ts';
import { beatLength, endOf, hasPickup, midiOf, type Note, type Score } from '../score/index.ts';
import { DRAWING_FONTS, escapeText, hsl, PART_HUES, shape } from './draw.ts';
import { languageOf } from './page-score.ts';

export interface PianoRollOptions {
  /** Default light. */
  readonly theme?: 'light' | 'dark';
  /** Pixels; default by length, 24 a quarter note within 480–6000. */
  readonly width?: number;
  /** Pixels of a semitone; default 8. */
  readonly rowHeight?: number;
}

/** Notes drawn at most: a picture with more is slow in every viewer. */
const MOST_DRAWN = 40_000;
const PER_QUARTER = 24;
const MARGIN = { left: 34, right: 14, top: 62, bottom: 26 };

interface Roll {
  readonly score: Score;
  readonly dark: boolean;
  readonly width: number;
  readonly height: number;
  readonly row: number;
  readonly lowest: number;
  readonly highest: number;
  x(tick: number): number;
  /** Top of a key's row. */
  y(midi: number): number;
}

/** The score as a piano roll. */
export function pianoRollSvg(score: Score, options: PianoRollOptions = {}): string {
  const roll = layOut(score, options);
  const { width, height, dark } = roll;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeText(DRAWING_FONTS)}">`,
    shape('rect', { width, height, fill: dark ? '#14161c' : '#fffdf8' }),
    ...rows(roll),
    ...barLines(roll),
    ...chords(roll),
    ...notes(roll),
    ...lyrics(roll),
    ...legend(roll),
    '</svg>',
  ].join('\n');
}

function layOut(score: Score, { theme = 'light', width: asked, rowHeight = 8 }: PianoRollOptions): Roll {
  const keys = score.parts.flatMap((part) => part.notes.map(({ pitch }) => midiOf(pitch)));
  // At least an octave and a half, so that a drone is not a stripe.
  const middle = keys.length ? 0 : 60;
  let lowest = keys.reduce((low, key) => Math.min(low, key), middle || 127) - 2;
  let highest = keys.reduce((high, key) => Math.max(high, key), middle) + 2;
  while (highest - lowest < 18) [lowest, highest] = [lowest - 1, highest + 1];
  const end = endOf(score);
  const quarters = end / score.ticksPerQuarter;
  const width = asked ?? Math.round(Math.min(6000, Math.max(480, quarters * PER_QUARTER)) + MARGIN.left + MARGIN.right);
  const inner = width - MARGIN.left - MARGIN.right;
  return {
    score,
    dark: theme === 'dark',
    width,
    height: MARGIN.top + MARGIN.bottom + (highest - lowest + 1) * rowHeight,
    row: rowHeight,
    lowest,
    highest,
    x: (tick) => MARGIN.left + (tick / end) * inner,
    y: (midi) => MARGIN.top + (highest - midi) * rowHeight,
  };
}

const BLACK_KEYS = new Set([1, 3, 6, 8, 10]);

function rows(roll: Roll): string[] {
  const { lowest, highest, dark, width, row, y } = roll;
  const drawn: string[] = [];
  for (let midi = lowest; midi <= highest; midi++) {
    const key = ((midi % 12) + 12) % 12;
    const box = { x: MARGIN.left, y: y(midi), width: width - MARGIN.left - MARGIN.right };
    if (BLACK_KEYS.has(key)) drawn.push(shape('rect', { ...box, height: row, fill: dark ? '#1b1e26' : '#f6f2e8' }));
    if (key !== 0) continue;
    drawn.push(shape('rect', { ...box, y: y(midi) + row - 0.5, height: 0.5, fill: dark ? '#3a404d' : '#d9d0bc' }));
    const place = { x: MARGIN.left - 6, y: y(midi) + row - 1, 'text-anchor': 'end', 'font-size': 9, fill: faint(roll) };
    drawn.push(shape('text', place, `C${midi / 12 - 1}`));
  }
  return drawn;
}

function barLines(roll: Roll): string[] {
  const { score, dark, x, y, lowest, highest, row } = roll;
  const [top, bottom] = [y(highest), y(lowest) + row];
  const wide = (x(endOf(score)) - x(0)) / score.bars.length;
  const every = wide > 26 ? 1 : wide > 7 ? 4 : 16;
  const first = hasPickup(score) ? 0 : 1;
  return score.bars.flatMap((bar, i) => {
    const line = { y1: top, y2: bottom, stroke: dark ? '#39404e' : '#cfc6b2' };
    const strong = bar.label !== undefined || i === 0;
    const drawn = [shape('line', { ...line, x1: x(bar.at), x2: x(bar.at), 'stroke-width': strong ? 1.4 : 0.7 })];
    const beat = beatLength(bar.metre, score.ticksPerQuarter);
    const seen = x(bar.at + beat) - x(bar.at) > 9;
    for (let at = bar.at + beat; seen && at < bar.at + bar.length; at += beat) {
      drawn.push(shape('line', { ...line, x1: x(at), x2: x(at), 'stroke-width': 0.4, 'stroke-dasharray': '1 3' }));
    }
    const text = { x: x(bar.at) + 3, y: top - 4, 'font-size': 9, fill: faint(roll) };
    if (i % every === 0) drawn.push(shape('text', text, String(i + first)));
    if (bar.label)
      drawn.push(shape('text', { ...text, x: x(bar.at) + 18, 'font-weight': 'bold', fill: ink(roll) }, bar.label));
    return drawn;
  });
}

function chords(roll: Roll): string[] {
  const { score, x, y, highest } = roll;
  let free = 0;
  return score.chords.flatMap(({ at, symbol }) => {
    if (x(at) < free) return [];
    free = x(at) + 7 * symbol.length + 4;
    return [shape('text', { x: x(at) + 2, y: y(highest) - 17, 'font-size': 11, fill: ink(roll) }, symbol)];
  });
}

function notes(roll: Roll): string[] {
  const { score, dark, x, y, row } = roll;
  let left = MOST_DRAWN;
  // The first part, which leads, is drawn over the others.
  const drawn = score.parts.map((part, p) => {
    const hue = PART_HUES[p % PART_HUES.length]!;
    const mine = part.notes.slice(0, Math.max(0, left));
    left -= mine.length;
    const fill = hsl(hue, 62, dark ? 64 : 48);
    const boxes = mine.map((note) => {
      const width = Math.max(1.2, x(note.at + note.length) - x(note.at) - 0.8);
      const top = y(midiOf(note.pitch)) + 0.7;
      return shape('rect', { x: x(note.at), y: top, width, height: row - 1.4, rx: 2, opacity: opacityOf(note) });
    });
    return [`<g fill="${fill}">`, ...boxes, '</g>'];
  });
  return drawn.toReversed().flat();
}

/** From soft 0.45 to loud 1. */
function opacityOf({ velocity = 90 }: Note): number {
  return 0.45 + 0.55 * Math.min(1, velocity / 100);
}

function lyrics(roll: Roll): string[] {
  const { score, x, y, lowest, row } = roll;
  const sung = score.parts.find((part) => part.notes.some((note) => note.lyrics?.length));
  let free = 0;
  return (sung?.notes ?? []).flatMap((note) => {
    const text = note.lyrics?.find(({ verse = 1 }) => verse === 1)?.text;
    if (text === undefined || x(note.at) < free) return [];
    free = x(note.at) + widthOf(text, 11) + 2;
    return [shape('text', { x: x(note.at), y: y(lowest) + row + 16, 'font-size': 11, fill: ink(roll) }, text)];
  });
}

function legend(roll: Roll): string[] {
  const { score, dark, width } = roll;
  const language = languageOf(score);
  const drawn = [
    shape('text', { x: MARGIN.left, y: 24, 'font-size': 16, 'font-weight': 'bold', fill: ink(roll) }, score.title),
  ];
  let right = width - MARGIN.right;
  for (const [p, { name, instrument }] of [...score.parts.entries()].toReversed()) {
    const label = name || (findInstrument(instrument)?.names[language] ?? instrument);
    right -= widthOf(label, 11) + 22;
    if (right < MARGIN.left + widthOf(score.title, 16) + 10) break;
    const fill = hsl(PART_HUES[p % PART_HUES.length]!, 62, dark ? 64 : 48);
    drawn.push(shape('rect', { x: right, y: 14, width: 10, height: 10, rx: 2, fill }));
    drawn.push(shape('text', { x: right + 14, y: 23, 'font-size': 11, fill: ink(roll) }, label));
  }
  return drawn;
}

/** Width of a text, about: Chinese characters are square. */
function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, c) => sum + (/[\u2e80-\uffef]/.test(c) ? 1 : 0.56), 0) * size;
}

const ink = ({ dark }: Roll): string => (dark ? '#e8e6df' : '#2b2a27');
const faint = ({ dark }: Roll): string => (dark ? '#8b909c' : '#9a917d');
