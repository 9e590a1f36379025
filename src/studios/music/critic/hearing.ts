/**
 * A score as the critic hears it: lines that move one note at a time, and which of them sound together.
 *
 *   part, voice ─▶ one line, or as many as its chords have notes (a hymn written in chords has its four lines)
 *   lines, highest first ─▶ moments: for each onset the note of every line
 *
 * Chordal accompaniment with changing numbers of notes is no line: rules of part-writing do not speak of it. Part-writing
 * is judged strictly when 3 to 6 lines move mostly together and about as often, as in a chorale; otherwise the same things
 * are hints at most: a melody over a bass and a figure is no chorale.
 */
import { beatLength, midiOf, type Note, type Part, type Score } from '../score/index.ts';
import { type Cadence, findCadences } from './cadences.ts';
import type { CritiqueOptions } from './options.ts';

/** A note of a line; `index` is its place among the notes of the part. */
export interface LineNote {
  readonly at: number;
  readonly to: number;
  readonly midi: number;
  readonly pitch: string;
  readonly index: number;
}

/** One voice of the texture. */
export interface Line {
  readonly part: Part;
  readonly voice: number;
  /** As a sentence calls it. */
  readonly name: string;
  readonly notes: readonly LineNote[];
}

/** What sounds at an onset. */
export interface Moment {
  readonly at: number;
  /** By line: index of the note that sounds, −1 for a rest. */
  readonly sounding: Int32Array;
}

/** Everything rules look at; the costly views are made when first asked for. */
export interface Hearing {
  readonly score: Score;
  readonly options: CritiqueOptions;
  /** Highest on average first. */
  readonly lines: readonly Line[];
  readonly style: 'strict' | 'free';
  moments(): readonly Moment[];
  cadences(): readonly Cadence[];
}

/** Most lines that pair rules compare. */
export const MOST_LINES = 16;

/** Listens to a score once. */
export function hear(score: Score, options: CritiqueOptions): Hearing {
  const lines = linesOf(score).slice(0, MOST_LINES);
  const style = options.style ?? (isChorale(lines, score) ? 'strict' : 'free');
  return {
    score,
    options,
    lines,
    style,
    moments: once(() => momentsOf(lines)),
    cadences: once(() => findCadences(score)),
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** All lines of the pitched parts, highest first. */
export function linesOf({ parts }: Score): Line[] {
  const lines = parts.flatMap((part) =>
    part.percussion ? [] : [...voicesOf(part)].flatMap((notes) => split(part, notes)),
  );
  const height = ({ notes }: Line): number => notes.reduce((sum, { midi }) => sum + midi, 0) / notes.length;
  return lines
    .map((line) => ({ line, height: height(line) }))
    .sort((a, b) => b.height - a.height)
    .map(({ line }) => line);
}

function voicesOf(part: Part): Iterable<[number, LineNote[]]> {
  const voices = new Map<string, [number, LineNote[]]>();
  for (const [index, note] of part.notes.entries()) {
    const name = `${note.staff ?? 1} ${note.voice ?? 1}`;
    const entry = voices.get(name) ?? [note.voice ?? 1, []];
    voices.set(name, entry);
    entry[1].push(lineNote(note, index));
  }
  return voices.values();
}

const lineNote = ({ at, length, pitch }: Note, index: number): LineNote => ({
  at,
  to: at + length,
  midi: midiOf(pitch),
  pitch,
  index,
});

/** A voice is one line; a voice of chords of one size is as many; anything else is accompaniment. */
function split(part: Part, [voice, notes]: [number, LineNote[]]): Line[] {
  const chords = chordsOf(notes);
  const size = chords[0]!.length;
  const same = chords.filter((chord) => chord.length === size).length;
  const several = part.notes.some((note) => (note.voice ?? 1) !== voice);
  const name = (part.name.trim() || part.id) + (several ? ` ${voice}` : '');
  if (size === 1 && same === chords.length) return [{ part, voice, name, notes: untangle(notes) }];
  if (size < 2 || size > 6 || same < chords.length) return [];
  return Array.from({ length: size }, (_, rank) => ({
    part,
    voice,
    name: `${name} ${rank + 1}`,
    notes: untangle(chords.map((chord) => chord[rank]!)),
  }));
}

/** Notes of one onset, highest first. */
function chordsOf(notes: readonly LineNote[]): LineNote[][] {
  const chords: LineNote[][] = [];
  for (const note of notes) {
    const last = chords.at(-1);
    if (last && last[0]!.at === note.at) last.push(note);
    else chords.push([note]);
  }
  for (const chord of chords) chord.sort((a, b) => b.midi - a.midi);
  return chords;
}

/** Ends a note where the next of its line begins. */
function untangle(notes: readonly LineNote[]): LineNote[] {
  return notes.map((note, i) => {
    const next = notes[i + 1];
    return next && next.at < note.to ? { ...note, to: next.at } : note;
  });
}

function momentsOf(lines: readonly Line[]): Moment[] {
  const ticks = [...new Set(lines.flatMap(({ notes }) => notes.map(({ at }) => at)))].sort((a, b) => a - b);
  const place = new Int32Array(lines.length).fill(-1);
  return ticks.map((at) => {
    const sounding = new Int32Array(lines.length);
    for (const [i, { notes }] of lines.entries()) {
      while ((notes[place[i]! + 1]?.at ?? Number.POSITIVE_INFINITY) <= at) place[i]! += 1;
      sounding[i] = (notes[place[i]!]?.to ?? -1) > at ? place[i]! : -1;
    }
    return { at, sounding };
  });
}

/** Most notes of a line of a chorale to one of the line with the fewest. */
const LIVELIEST = 2;

function isChorale(lines: readonly Line[], score: Score): boolean {
  const counts = lines.map(({ notes }) => notes.length);
  const alike = Math.max(...counts) <= LIVELIEST * Math.min(...counts);
  return lines.length >= 3 && lines.length <= 6 && alike && together(lines, score);
}

/** Whether most onsets are shared by most lines. */
function together(lines: readonly Line[], { bars, ticksPerQuarter }: Score): boolean {
  const onsets = new Map<number, number>();
  for (const { notes } of lines) for (const { at } of notes) onsets.set(at, (onsets.get(at) ?? 0) + 1);
  const beat = beatLength(bars[0]!.metre, ticksPerQuarter);
  const counts = [...onsets].filter(([at]) => at % beat === 0).map(([, count]) => count);
  return counts.filter((count) => count > lines.length / 2).length > counts.length / 2;
}
