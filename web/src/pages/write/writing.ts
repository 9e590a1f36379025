/**
 * Running text as a work, and a work as running text: prose by stretches, free verse by line and place.
 *
 *   text, spans, locks (UTF-16 units) ◀─▶ prose          ◀─▶ lines, [line, place] of characters: verse of the form `free`
 */
import { runOp } from '../../api/run.ts';
import type { Range, Span, Writing } from './spans.ts';

/** What is written in the desk for running text. */
export type TextKind = 'prose' | 'free';

type Place = readonly [line: number, place: number];

/** Keeps a text as a work; answers its id. */
export async function keepWriting(writing: Writing, kind: TextKind): Promise<string> {
  const inputs = writing.from === null ? [] : [writing.from];
  const [op, options] = kind === 'prose' ? proseOf(writing) : freeOf(writing);
  return (await runOp({ op, options, inputs })).works[0]!;
}

function proseOf({ title, text, spans, locks }: Writing): [string, Record<string, unknown>] {
  return ['prose/keep', { title, text, spans, ...(locks.length > 0 && { locks }) }];
}

function freeOf({ title, text, spans, locks }: Writing): [string, Record<string, unknown>] {
  const lines = text.trimEnd().split('\n');
  const machine = placesIn(
    text,
    spans.filter(({ by }) => by === 'machine'),
  );
  const locked = placesIn(text, locks);
  return ['verse/keep', { form: 'free', title, lines, machine, ...(locked.length > 0 && { locked }) }];
}

/** Characters that lie in one of the ranges. */
function placesIn(text: string, ranges: readonly Range[]): Place[] {
  return charactersOf(text)
    .filter(({ at }) => ranges.some(({ from, to }) => at >= from && at < to))
    .map(({ place }) => place);
}

function charactersOf(text: string): { at: number; end: number; place: Place }[] {
  let at = 0;
  return text.split('\n').flatMap((line, i) => {
    const characters = [...line].map((c, j) => {
      const from = at;
      at += c.length;
      return { at: from, end: at, place: [i, j] as const };
    });
    at += 1;
    return characters;
  });
}

/** What a work of free verse says of itself. */
interface FreePoem {
  readonly title: string;
  readonly lines: readonly string[];
  readonly locked?: readonly Place[];
}

/** Free verse on the desk. */
export function writingOfFree({ title, lines, locked = [] }: FreePoem, machine: readonly Place[], id: string): Writing {
  const text = lines.join('\n');
  const stretches = (places: readonly Place[]): Range[] => rangesOf(text, new Set(places.map(String)));
  return { title, text, spans: spansOf(text, stretches(machine)), locks: stretches(locked), from: id };
}

/** Places that follow one another become one stretch; a line break between two of them belongs to it. */
function rangesOf(text: string, places: ReadonlySet<string>): Range[] {
  const ranges: { from: number; to: number }[] = [];
  for (const { at, end, place } of charactersOf(text)) {
    if (!places.has(String(place))) continue;
    const last = ranges.at(-1);
    if (last && text.slice(last.to, at).trim() === '') last.to = end;
    else ranges.push({ from: at, to: end });
  }
  return ranges;
}

function spansOf(text: string, machine: readonly Range[]): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const { from, to } of machine) {
    if (from > at) spans.push({ from: at, to: from, by: 'human' });
    spans.push({ from, to, by: 'machine' });
    at = to;
  }
  return at < text.length ? [...spans, { from: at, to: text.length, by: 'human' }] : spans;
}
