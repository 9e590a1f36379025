/**
 * Reads the MusicXML that the product writes, by means of its own: times, bars, notes, chord symbols. Shares no code with the
 * product, so that a fault in the score cannot hide from it. Knows only what is needed for counting, not what is engraved.
 */

/** A sounding note. Times in quarters from the beginning; ties are joined, grace notes and rests left out. */
export interface WrittenNote {
  readonly at: number;
  readonly length: number;
  readonly midi: number;
  /** Default 1. */
  readonly voice?: number;
}

export interface WrittenBar {
  readonly at: number;
  /** What the time signature asks, in quarters. */
  readonly length: number;
  readonly metre: string;
  /** Whether every voice stays inside and the first fills it: own counting of durations, rests included. */
  readonly full: boolean;
}

export interface WrittenPart {
  /** `p1-violin`. */
  readonly id: string;
  readonly bars: readonly WrittenBar[];
  /** Notes of all voices, by onset. */
  readonly notes: readonly WrittenNote[];
}

/** A chord symbol: pitch classes from the time it stands at. */
export interface WrittenChord {
  readonly at: number;
  readonly classes: readonly number[];
}

export interface WrittenTune {
  readonly parts: readonly WrittenPart[];
  readonly chords: readonly WrittenChord[];
}

const STEPS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const PIECES =
  /<attributes>.*?<\/attributes>|<note[ >].*?<\/note>|<(backup|forward)>.*?<\/\1>|<harmony.*?<\/harmony>/gs;

/** Reads a partwise MusicXML text. */
export function readWritten(xml: string): WrittenTune {
  const chords: WrittenChord[] = [];
  const parts = [...xml.matchAll(/<part id="([^"]+)">(.*?)<\/part>/gs)].map(([, id, body], i) =>
    readPart(id!, body!, i === 0 ? chords : []),
  );
  return { parts, chords };
}

interface Reading {
  divisions: number;
  beats: number;
  unit: number;
}

function readPart(id: string, body: string, chords: WrittenChord[]): WrittenPart {
  const state: Reading = { divisions: 1, beats: 4, unit: 4 };
  const bars: WrittenBar[] = [];
  const notes: WrittenNote[] = [];
  const open = new Map<string, number>();
  let at = 0;
  for (const [, text] of body.matchAll(/<measure [^>]*>(.*?)<\/measure>/gs)) {
    const bar = readBar(text!, at, { state, notes, open, chords });
    bars.push(bar);
    at += bar.length;
  }
  return { id, bars, notes: notes.toSorted((a, b) => a.at - b.at || a.midi - b.midi) };
}

function readBar(
  text: string,
  start: number,
  {
    state,
    notes,
    open,
    chords,
  }: { state: Reading; notes: WrittenNote[]; open: Map<string, number>; chords: WrittenChord[] },
): WrittenBar {
  const ends = new Map<string, number>();
  let cursor = 0;
  let onset = 0;
  for (const [piece, moves] of text.matchAll(PIECES)) {
    if (piece.startsWith('<attributes')) readAttributes(piece, state);
    else if (piece.startsWith('<harmony'))
      chords.push({ at: start + cursor / state.divisions, classes: tonesOf(piece) });
    else if (moves === 'backup') cursor -= number(piece, 'duration');
    else if (moves === 'forward') cursor += number(piece, 'duration');
    else if (!piece.includes('<grace')) {
      if (!piece.includes('<chord/>')) onset = cursor;
      const duration = number(piece, 'duration');
      cursor = Math.max(cursor, onset + duration);
      const voice = textOf(piece, 'voice') ?? '1';
      ends.set(voice, Math.max(ends.get(voice) ?? 0, onset + duration));
      addNote(piece, { at: start + onset / state.divisions, length: duration / state.divisions, voice, notes, open });
    }
  }
  const length = (state.beats * 4) / state.unit;
  const whole = length * state.divisions;
  const full = [...ends.values()].every((end) => end <= whole) && Math.max(0, ...ends.values()) === whole;
  return { at: start, length, metre: `${state.beats}/${state.unit}`, full };
}

function readAttributes(piece: string, state: Reading): void {
  if (piece.includes('<divisions>')) state.divisions = number(piece, 'divisions');
  if (!piece.includes('<beats>')) return;
  state.beats = number(piece, 'beats');
  state.unit = number(piece, 'beat-type');
}

function addNote(
  piece: string,
  note: { at: number; length: number; voice: string; notes: WrittenNote[]; open: Map<string, number> },
): void {
  const { at, length, voice, notes, open } = note;
  const step = textOf(piece, 'step');
  if (step === undefined) return;
  const midi = 12 * (number(piece, 'octave') + 1) + STEPS[step]! + Number(textOf(piece, 'alter') ?? 0);
  const name = `${voice}/${midi}`;
  const tied = piece.includes('<tie type="stop"') ? open.get(name) : undefined;
  if (tied === undefined) notes.push({ at, length, midi, ...(voice === '1' ? {} : { voice: Number(voice) }) });
  else notes[tied] = { ...notes[tied]!, length: at + length - notes[tied]!.at };
  if (piece.includes('<tie type="start"')) open.set(name, tied ?? notes.length - 1);
  else open.delete(name);
}

/** Tones of a chord kind as the MusicXML specification names them. */
const KINDS: Readonly<Record<string, readonly number[]>> = {
  major: [0, 4, 7],
  minor: [0, 3, 7],
  augmented: [0, 4, 8],
  diminished: [0, 3, 6],
  dominant: [0, 4, 7, 10],
  'major-seventh': [0, 4, 7, 11],
  'minor-seventh': [0, 3, 7, 10],
  'diminished-seventh': [0, 3, 6, 9],
  'half-diminished': [0, 3, 6, 10],
  'major-sixth': [0, 4, 7, 9],
  'minor-sixth': [0, 3, 7, 9],
  'dominant-ninth': [0, 4, 7, 10, 2],
  'suspended-second': [0, 2, 7],
  'suspended-fourth': [0, 5, 7],
  power: [0, 7],
};

/** Kinds without a name of their own: the letters of the symbol. */
function tonesOf(piece: string): number[] {
  const root = textOf(piece, 'root-step');
  if (root === undefined) return [];
  const base = STEPS[root]! + Number(textOf(piece, 'root-alter') ?? 0) + 12;
  const kind = textOf(piece, 'kind') ?? 'major';
  const symbol = /<kind[^>]*text="([^"]*)"/.exec(piece)?.[1] ?? '';
  const named = KINDS[kind] ?? [
    0,
    symbol.startsWith('m') ? 3 : 4,
    ...(symbol.includes('no5') ? [] : [7]),
    ...(/7/.test(symbol) ? [10] : []),
  ];
  return named.map((tone) => (base + tone) % 12);
}

function textOf(piece: string, tag: string): string | undefined {
  return new RegExp(`<${tag}(?: [^>]*)?>([^<]*)</${tag}>`).exec(piece)?.[1];
}

function number(piece: string, tag: string): number {
  return Number(textOf(piece, tag));
}
