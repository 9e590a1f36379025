/** A score as the page knows it, and changes of it by hand; the system's own document (`docs`: music, version 1), read as it is. */

export interface Note {
  readonly at: number;
  readonly length: number;
  readonly pitch: string;
  readonly voice?: number;
  readonly velocity?: number;
  readonly locked?: boolean;
}

export interface Part {
  readonly id: string;
  readonly name: string;
  readonly instrument: string;
  readonly percussion?: boolean;
  readonly notes: readonly Note[];
}

export interface Score {
  readonly title: string;
  readonly ticksPerQuarter: number;
  readonly bars: readonly {
    readonly at: number;
    readonly length: number;
    readonly metre: readonly [number, number];
    readonly key: { readonly tonic: string; readonly mode: string };
  }[];
  readonly tempos: readonly { readonly at: number; readonly quarterBpm: number }[];
  readonly chords: readonly { readonly at: number; readonly symbol: string }[];
  readonly parts: readonly Part[];
}

/** A note that is meant: its part, and its place among the part's notes. */
export interface NoteAt {
  readonly part: number;
  readonly note: number;
}

/** The same score in ticks fine enough to edit: at least so many a quarter. */
const FINEST = 4;

/** The score with a quarter of at least four ticks, so that sixteenths can be written; notes in order of time, then pitch. */
export function fineScore(score: Score): Score {
  const factor = score.ticksPerQuarter >= FINEST ? 1 : FINEST / gcd(FINEST, score.ticksPerQuarter);
  const at = <T extends { readonly at: number }>(item: T): T => ({ ...item, at: item.at * factor });
  const long = <T extends { readonly at: number; readonly length: number }>(item: T): T => ({
    ...at(item),
    length: item.length * factor,
  });
  return {
    ...score,
    ticksPerQuarter: score.ticksPerQuarter * factor,
    bars: score.bars.map(long),
    tempos: score.tempos.map(at),
    chords: score.chords.map(at),
    parts: score.parts.map((part) => ({ ...part, notes: inOrder(part.notes.map(long)) })),
  };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** The options of `music/edit` that make `after` of `before`; null where nothing changed. */
export function editOf(before: Score, after: Score): object | null {
  const changes = after.parts.flatMap((part, i) => {
    const old = before.parts[i]!;
    if (old.notes === part.notes) return [];
    const key = (note: Note): string => JSON.stringify(note);
    const had = new Set(old.notes.map(key));
    const has = new Set(part.notes.map(key));
    const remove = old.notes
      .filter((note) => !has.has(key(note)))
      .map(({ at, pitch, voice }) => ({ at, pitch, ...(voice !== undefined && { voice }) }));
    const add = part.notes.filter((note) => !had.has(key(note)));
    return remove.length + add.length === 0 ? [] : [{ part: part.id, remove, add }];
  });
  const chords = JSON.stringify(before.chords) === JSON.stringify(after.chords) ? {} : { chords: after.chords };
  const tempo = after.tempos[0]!.quarterBpm;
  const faster = tempo === before.tempos[0]!.quarterBpm ? {} : { quarterBpm: tempo };
  const title = before.title === after.title ? {} : { title: after.title };
  const all = { ...chords, ...faster, ...title };
  if (changes.length === 0 && Object.keys(all).length === 0) return null;
  return { changes, ticksPerQuarter: after.ticksPerQuarter, ...all };
}

/** Replaces one note; undefined takes it away. Locked notes stay as they are unless the change is the lock itself. */
export function withNote(score: Score, { part, note }: NoteAt, to: Note | undefined): Score {
  const old = score.parts[part]?.notes[note];
  if (!old || (old.locked && (to === undefined || to.locked))) return score;
  return withNotes(score, part, (notes) => notes.flatMap((each, i) => (i !== note ? [each] : to ? [to] : [])));
}

/** Adds a note to a part. */
export function addNote(score: Score, part: number, note: Note): Score {
  return withNotes(score, part, (notes) => [...notes, note]);
}

/** Changes the notes of a part; they stay in order of time. */
export function withNotes(score: Score, part: number, change: (notes: readonly Note[]) => readonly Note[]): Score {
  return {
    ...score,
    parts: score.parts.map((each, i) => (i === part ? { ...each, notes: inOrder(change(each.notes)) } : each)),
  };
}

function inOrder(notes: readonly Note[]): Note[] {
  return [...notes].sort((a, b) => a.at - b.at || midiOf(a.pitch) - midiOf(b.pitch));
}

/** Locks every note of a part that begins in bars, or frees them when all are locked. */
export function toggleBarLocks(score: Score, part: number, bars: readonly [number, number]): Score {
  const from = score.bars[bars[0]]!.at;
  const last = score.bars[bars[1]]!;
  const inside = ({ at }: Note): boolean => at >= from && at < last.at + last.length;
  const lock = score.parts[part]!.notes.some((note) => inside(note) && !note.locked);
  return withNotes(score, part, (notes) => notes.map((note) => (inside(note) ? locked(note, lock) : note)));
}

/** A note locked, or free. */
export function locked({ locked: _, ...note }: Note, lock: boolean): Note {
  return lock ? { ...note, locked: true } : note;
}

/** Puts a chord at a tick; an empty symbol takes it away. */
export function withChord(score: Score, at: number, symbol: string): Score {
  const others = score.chords.filter((chord) => chord.at !== at);
  const chords = symbol.trim() === '' ? others : [...others, { at, symbol: symbol.trim() }];
  return { ...score, chords: chords.sort((a, b) => a.at - b.at) };
}

export function endOf({ bars }: Score): number {
  const last = bars.at(-1)!;
  return last.at + last.length;
}

/** Whether the first bar is a pickup, which is called 0. */
export function firstBarNumber({ bars, ticksPerQuarter }: Score): 0 | 1 {
  const [beats, unit] = bars[0]!.metre;
  return bars.length > 1 && bars[0]!.length < (beats * 4 * ticksPerQuarter) / unit ? 0 : 1;
}

const STEPS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const SHARP = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];
const FLAT = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'];

/** `F#4` → 66. */
export function midiOf(pitch: string): number {
  const [, letter = 'C', accidentals = '', octave = '4'] = /^([A-G])([#b]*)(-?\d+)$/.exec(pitch) ?? [];
  const alter = accidentals.startsWith('b') ? -accidentals.length : accidentals.length;
  return 12 * (Number(octave) + 1) + STEPS[letter]! + alter;
}

/** 66 → `F#4`, in a key with flats `Gb4`. */
export function pitchOf(midi: number, tonic = 'C'): string {
  const flat = tonic.includes('b') || tonic === 'F';
  return `${(flat ? FLAT : SHARP)[((midi % 12) + 12) % 12]}${Math.floor(midi / 12) - 1}`;
}
