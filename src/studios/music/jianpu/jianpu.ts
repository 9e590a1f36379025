/**
 * 简谱, numbered notation: 1–7 are do–la–ti of the key's signature, 0 is a rest.
 *
 *   1=F  2/4  ♩=72
 *   F       │ C7              chord symbols, where there are any
 *   5 6 1̇ 6 │ 5̲ 3̲ 2 │ …          a line under a number halves it, – holds it a beat, a dot above or below is an octave
 *
 * Text alone: lines and dots are combining characters, so it can be read in a terminal and pasted anywhere.
 */
import {
  endOf,
  fifthsOf,
  type Key,
  keyOfFifths,
  midiOf,
  type Note,
  type Part,
  parsePitch,
  type Score,
  staffStep,
} from '../score/index.ts';

const LINE = '\u0332';
const DOUBLE_LINE = '\u0333';
const DOT_ABOVE = '\u0307';
const DOT_BELOW = '\u0323';

/** A sign, the word under it and the chord above it. */
interface Sign {
  readonly sign: string;
  readonly word: string;
  readonly chord?: string;
}

/** A bar as text. */
interface JianpuBar {
  readonly signs: readonly Sign[];
}

/** Numbered notation of one part (default the first that has pitches), bars to a line as `width` columns allow. */
export function formatJianpu(score: Score, { width = 72, part }: { width?: number; part?: Part } = {}): string {
  const melody = part ?? score.parts.find(({ percussion }) => !percussion) ?? score.parts[0]!;
  const notes = topVoice(melody.notes);
  const bars = score.bars.map((_, i) => barSigns(score, notes, i));
  return [heading(score), '', ...layLines(bars, width)].join('\n');
}

function heading({ bars, tempos }: Score): string {
  const { key, metre } = bars[0]!;
  return `1=${doOf(key).tonic.replace('#', '♯').replace('b', '♭')}  ${metre.join('/')}  ♩=${Math.round(tempos[0]!.quarterBpm)}`;
}

/** The key whose tonic is 1: the major key of the same signature, as singers of 简谱 have it. */
function doOf(key: Key): Key {
  return keyOfFifths(fifthsOf(key), 'major');
}

/** The highest of every chord, without what sounds beneath. */
function topVoice(notes: readonly Note[]): Note[] {
  const top: Note[] = [];
  for (const note of notes) {
    const last = top.at(-1);
    if (last && last.at === note.at) {
      if (midiOf(note.pitch) > midiOf(last.pitch)) top[top.length - 1] = note;
    } else if (!last || note.at >= last.at + last.length) top.push(note);
  }
  return top;
}

function barSigns(score: Score, notes: readonly Note[], index: number): JianpuBar {
  const bar = score.bars[index]!;
  const end = bar.at + bar.length;
  const beat = (4 / bar.metre[1]) * score.ticksPerQuarter;
  const signs: (Sign & { at: number })[] = [];
  // Beats after the first are signs of their own.
  const push = (from: number, made: readonly Sign[]): void => {
    signs.push(...made.map((sign, i) => ({ ...sign, at: from + i * beat })));
  };
  let at = bar.at;
  for (const note of notes) {
    if (note.at >= end || note.at + note.length <= bar.at) continue;
    if (note.at > at) push(at, silence(note.at - at, beat));
    const from = Math.max(note.at, bar.at);
    const until = Math.min(note.at + note.length, end);
    const held = note.at < bar.at;
    const word = held ? '' : (note.lyrics?.[0]?.text ?? '');
    push(from, held ? hold(until - from, beat) : sound(numberOf(note.pitch, bar.key), until - from, { beat, word }));
    at = until;
  }
  if (at < Math.min(end, endOf(score))) push(at, silence(end - at, beat));
  return {
    signs: withChords(
      signs,
      score.chords.filter((chord) => chord.at >= bar.at && chord.at < end),
    ),
  };
}

/** Each chord above the sign that sounds when it begins. */
function withChords(signs: readonly (Sign & { readonly at: number })[], chords: Score['chords']): Sign[] {
  const above = new Map<number, string[]>();
  for (const { at, symbol } of chords) {
    const place = Math.max(
      0,
      signs.findLastIndex((sign) => sign.at <= at),
    );
    above.set(place, [...(above.get(place) ?? []), symbol]);
  }
  return signs.map(({ sign, word }, i) => ({ sign, word, chord: above.get(i)?.join(' ') ?? '' }));
}

/** 1–7 with accidental and octave dots. */
function numberOf(pitch: string, key: Key): string {
  const { letter, alter } = parsePitch(pitch);
  const home = doOf(key);
  const steps = staffStep(pitch) - staffStep(`${home.tonic}4`);
  const degree = ((steps % 7) + 7) % 7;
  const octave = Math.floor(steps / 7);
  const plain = signatureOf(home, letter);
  const sign = alter > plain ? '♯'.repeat(alter - plain) : '♭'.repeat(plain - alter);
  return `${sign}${degree + 1}${(octave > 0 ? DOT_ABOVE : DOT_BELOW).repeat(Math.abs(octave))}`;
}

function signatureOf(key: Key, letter: string): number {
  return Math.floor((fifthsOf(key) + 6 - 'FCGDAEB'.indexOf(letter)) / 7);
}

function sound(number: string, length: number, { beat, word }: { beat: number; word: string }): Sign[] {
  const beats = length / beat;
  if (beats >= 1) {
    const rest = beats - Math.floor(beats);
    const dotted = rest === 0.5 && Math.floor(beats) === 1;
    const dashes = Array.from({ length: Math.floor(beats) - 1 }, () => ({ sign: '–', word: '' }));
    const tail = rest > 0 && !dotted ? hold(rest * beat, beat) : [];
    return [{ sign: dotted ? `${number}·` : number, word }, ...dashes, ...tail];
  }
  return [{ sign: underlined(number, beats), word }];
}

function hold(length: number, beat: number): Sign[] {
  const beats = length / beat;
  const whole = Array.from({ length: Math.floor(beats) }, () => ({ sign: '–', word: '' }));
  const rest = beats - Math.floor(beats);
  return rest > 0 ? [...whole, { sign: underlined('–', rest), word: '' }] : whole;
}

function silence(length: number, beat: number): Sign[] {
  const beats = length / beat;
  const whole = Array.from({ length: Math.floor(beats) }, () => ({ sign: '0', word: '' }));
  const rest = beats - Math.floor(beats);
  return rest > 0 ? [...whole, { sign: underlined('0', rest), word: '' }] : whole;
}

/** One line for an eighth, two for a sixteenth and shorter; a dot lengthens by half; other shares keep the line nearest below. */
function underlined(sign: string, beats: number): string {
  const dotted = beats === 0.75 || beats === 0.375;
  const mark = beats >= 0.5 ? LINE : DOUBLE_LINE;
  return `${sign}${mark}${dotted ? '·' : ''}`;
}

/** Columns of a sign: combining marks take none, Chinese characters two. */
function columns(text: string): number {
  return [...text].reduce((sum, c) => sum + (/\p{Mn}/u.test(c) ? 0 : /\p{Script=Han}|[，。！？]/u.test(c) ? 2 : 1), 0);
}

function layLines(bars: readonly JianpuBar[], width: number): string[] {
  const sung = bars.some(({ signs }) => signs.some(({ word }) => word !== ''));
  const charted = bars.some(({ signs }) => signs.some(({ chord }) => chord));
  const cells = bars.map(({ signs }) => {
    const widths = signs.map(({ sign, word, chord = '' }) => Math.max(columns(sign), columns(word), columns(chord)));
    const pad = (text: string, i: number): string => text + ' '.repeat(Math.max(0, widths[i]! - columns(text)));
    return {
      high: signs.map(({ chord = '' }, i) => pad(chord, i)).join(' '),
      top: signs.map(({ sign }, i) => pad(sign, i)).join(' '),
      low: signs.map(({ word }, i) => pad(word, i)).join(' '),
    };
  });
  const lines: string[] = [];
  let row: typeof cells = [];
  const flush = (): void => {
    if (row.length === 0) return;
    if (charted) lines.push(`  ${row.map(({ high }) => high).join('   ')}`.trimEnd());
    lines.push(`│ ${row.map(({ top }) => top).join(' │ ')} │`);
    if (sung) lines.push(`  ${row.map(({ low }) => low).join('   ')}`.trimEnd());
    row = [];
  };
  for (const cell of cells) {
    const used = row.reduce((sum, { top }) => sum + columns(top) + 3, 2);
    if (row.length > 0 && (used + columns(cell.top) > width || row.length === 4)) flush();
    row.push(cell);
  }
  flush();
  return lines;
}
