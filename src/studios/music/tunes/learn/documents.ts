/**
 * Pieces as documents of tokens: whole tunes, windows of songs, and the same with holes.
 *
 *   tune ──▶ melody, sometimes with bars missing
 *   song ──▶ stretches of the voice, with and without chords · windows of voice and piano with the piano (or the voice) missing
 *   chart ─▶ stretches of chords
 */
import type { Random } from '../../../../core/index.ts';
import type { Score } from '../../score/index.ts';
import { type Controls, encodeTune, type Segment, type Style, type Track } from '../events/index.ts';
import { cutWindow, findStretches } from './cut-window.ts';

/** A piece to learn from. A score without parts is a chart: its chords alone are written. */
export interface TunePiece {
  readonly id: string;
  /** What its documents are counted as; those of songs are `voice`, `lead` and `piano`. */
  readonly kind: string;
  /** Left open where it is not known. */
  readonly style?: Style | undefined;
  readonly score: Score;
  readonly form?: string | undefined;
  /** Where it is known. */
  readonly mood?: { readonly valence: number; readonly arousal: number } | undefined;
  /** Present for a melody with other parts: the part that leads, and which part plays which track where that is plain. */
  readonly song?:
    | { readonly melody?: string | undefined; readonly tracks?: Partial<Record<Track, string>> | undefined }
    | undefined;
}

export interface Document {
  readonly tokens: readonly string[];
  /** For the shares of the card. */
  readonly kind: string;
  /** Id of the piece. */
  readonly id: string;
}

export interface DocumentOptions {
  readonly contextLength: number;
  /** Chance that a melody has bars missing. */
  readonly melodyHoles: number;
  /** Chance of each control to be left out. */
  readonly dropControl: number;
  /** Whether to write plain documents only: for measuring. */
  readonly plain: boolean;
}

/** Chance that a window of voice and piano has its chords written above. */
const WITH_CHORDS = 0.35;
const DROPPABLE = ['style', 'tempo', 'density', 'low', 'high', 'form', 'valence', 'arousal', 'bars'] as const;

/** The documents of one piece; a tune too long for the context is cut at a section. */
export function writeDocuments(tune: TunePiece, options: DocumentOptions, random: Random): Document[] {
  if (tune.song) {
    return [voiceDocuments, leadDocuments, pianoDocuments].flatMap((write) => write(tune, options, random));
  }
  if (tune.score.parts.length === 0) return chartDocuments(tune, options, random);
  return fitting(tune, tune.score, options, random).map((tokens) => ({ tokens, kind: tune.kind, id: tune.id }));
}

/** A melody in one piece, or its halves where it is too long. */
function fitting(tune: TunePiece, score: Score, options: DocumentOptions, random: Random): string[][] {
  const bars = score.bars.length;
  const span = !options.plain && random.next() < options.melodyHoles ? drawSpan(bars, random) : undefined;
  const holes =
    span && Array.from({ length: span.to - span.from }, (_, i) => ({ bar: span.from + i, track: 'melody' as const }));
  const tokens = encode(tune, score, options, random, holes, { melody: score.parts[0]!.id });
  if (tokens.length <= options.contextLength) return [tokens];
  if (bars < 8) return [];
  const half = Math.floor(bars / 2 / 8) * 8 || Math.floor(bars / 2);
  const rest = { ...tune, form: undefined };
  return [cutWindow(score, 0, half), cutWindow(score, half, bars)].flatMap((part) =>
    fitting(rest, part, options, random),
  );
}

function drawSpan(bars: number, random: Random): { from: number; to: number } {
  const length = 1 + random.integer(Math.min(8, Math.max(1, Math.floor(bars / 2))));
  const from = random.integer(Math.max(1, bars - length + 1));
  return { from, to: from + length };
}

function encode(
  tune: TunePiece,
  score: Score,
  options: DocumentOptions,
  random: Random,
  holes: readonly Segment[] | undefined,
  parts: Partial<Record<Track, string>>,
): string[] {
  const dropped = DROPPABLE.filter(
    (name) => !options.plain && random.next() < options.dropControl * (name === 'style' ? 0.3 : 1),
  );
  const controls = Object.fromEntries(dropped.map((name) => [name, undefined])) as Partial<Controls>;
  const named = { ...score, parts: partsByTrack(score, parts) };
  const tracks = Object.fromEntries(named.parts.map(({ id }) => [id, id as Track]));
  return encodeTune(named, {
    style: tune.style,
    form: tune.form,
    mood: tune.mood,
    controls,
    holes: holes ?? [],
    tracks,
  });
}

/** Parts in the tracks they play, each with the name of its track. */
function partsByTrack(score: Score, parts: Partial<Record<Track, string>>): Score['parts'] {
  return Object.entries(parts).map(([track, id]) => ({ ...score.parts.find((part) => part.id === id)!, id: track }));
}

/** Place of the leading part, −1 for none. */
function melodyOf({ song, score }: TunePiece): number {
  return score.parts.findIndex(({ id }) => id === song?.melody);
}

function voiceDocuments(tune: TunePiece, options: DocumentOptions, random: Random): Document[] {
  const voice = melodyOf(tune);
  if (voice < 0) return [];
  const melody = { ...tune.score, chords: [], parts: [tune.score.parts[voice]!] };
  return findStretches(tune.score, voice, 32).flatMap(({ from, to }) => {
    const window = cutWindow(melody, from, to);
    if (window.parts[0]!.notes.length < 8) return [];
    return fitting(tune, window, options, random).map((tokens) => ({ tokens, kind: 'voice', id: tune.id }));
  });
}

/** The voice with its chords: either may be missing. */
function leadDocuments(tune: TunePiece, options: DocumentOptions, random: Random): Document[] {
  const voice = melodyOf(tune);
  if (voice < 0 || tune.score.chords.length === 0 || options.plain) return [];
  return findStretches(tune.score, voice, 16).flatMap(({ from, to }) => {
    const window = cutWindow(tune.score, from, to);
    const missing = random.pick([undefined, 'chords', 'melody'] as const);
    const holes = missing && window.bars.map((_, bar) => ({ bar, track: missing }));
    const tokens = encode(tune, window, options, random, holes, { melody: tune.score.parts[voice]!.id });
    return tokens.length <= options.contextLength ? [{ tokens, kind: 'lead', id: tune.id }] : [];
  });
}

/** What is asked of the model in a window of several parts: the tracks to be written, and how often. */
const TASKS: readonly { readonly write: readonly Track[]; readonly weight: number }[] = [
  { write: ['accompaniment', 'inner', 'bass'], weight: 6 },
  { write: ['bass'], weight: 2 },
  { write: ['accompaniment', 'inner'], weight: 2 },
  { write: ['melody'], weight: 2 },
  { write: [], weight: 3 },
];

function pianoDocuments(tune: TunePiece, options: DocumentOptions, random: Random): Document[] {
  const parts = tune.song?.tracks;
  if (!parts) return [];
  const voice = melodyOf(tune);
  return findStretches(tune.score, voice, 64).flatMap(({ from, to }) => {
    const documents: Document[] = [];
    let start = from;
    while (start + 4 <= to) {
      const found = longestWindow(tune, start, to, parts, options, random);
      if (!found) {
        start += 4;
        continue;
      }
      documents.push({ tokens: found.tokens, kind: 'piano', id: tune.id });
      start = found.to;
    }
    return documents;
  });
}

function longestWindow(
  tune: TunePiece,
  from: number,
  end: number,
  parts: Partial<Record<Track, string>>,
  options: DocumentOptions,
  random: Random,
): { readonly tokens: string[]; readonly to: number } | undefined {
  for (const size of [12, 8, 6, 4]) {
    const to = Math.min(from + size, end);
    const cut = cutWindow(tune.score, from, to);
    const window = !options.plain && random.next() < WITH_CHORDS ? cut : { ...cut, chords: [] };
    const { write } = options.plain ? TASKS.at(-1)! : drawTask(random);
    const holes = window.bars.flatMap((_, bar) =>
      write.filter((track) => parts[track] !== undefined).map((track) => ({ bar, track })),
    );
    const tokens = encode(tune, window, options, random, holes, parts);
    if (tokens.length <= options.contextLength) return { tokens, to };
  }
  return undefined;
}

function drawTask(random: Random): (typeof TASKS)[number] {
  let rest = random.next() * TASKS.reduce((sum, { weight }) => sum + weight, 0);
  for (const task of TASKS) {
    rest -= task.weight;
    if (rest < 0) return task;
  }
  return TASKS[0]!;
}

function chartDocuments(tune: TunePiece, options: DocumentOptions, random: Random): Document[] {
  const documents: Document[] = [];
  for (let from = 0; from + 8 <= tune.score.bars.length; from += 32) {
    const window = cutWindow(tune.score, from, Math.min(from + 32, tune.score.bars.length));
    const tokens = encode(tune, window, options, random, undefined, {});
    if (tokens.length <= options.contextLength) documents.push({ tokens, kind: tune.kind, id: tune.id });
  }
  return documents;
}
