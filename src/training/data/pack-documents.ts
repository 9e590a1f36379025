/**
 * Documents of tokens into rows of one length:
 *
 *   document  ─▶  <s> t₁ t₂ … tₙ </s>  ─▶  windows of at most `length`, each beginning with the last `overlap` tokens of
 *   the one before, which are read and not predicted, so that every token is predicted once  ─▶  rows by best fit
 *
 * The windows of a document are segments of their own: nothing is seen across documents. Placement depends on nothing but
 * the documents given and their order.
 */

/** The tokens of one document; `prefix` opens each of its windows and is not predicted. */
export interface TokenDocument {
  readonly id: string;
  readonly prefix: readonly number[];
  readonly tokens: readonly number[];
}

export interface PackShape {
  /** Cells of a row. */
  readonly length: number;
  /** Tokens that a window repeats of the one before, 1 … length/2; with 1 every token is predicted once. */
  readonly overlap: number;
}

/** Where a window lies: row, first cell, cells, and how many of them are context (prefix and overlap). */
export type Span = readonly [row: number, at: number, cells: number, context: number];

/** Rows as `dataset.json` describes them, with the spans of each document in order. */
export interface PackedDocuments {
  readonly rows: number;
  readonly tokens: Uint16Array;
  readonly segments: Uint8Array;
  readonly predict: Uint8Array;
  readonly spans: readonly (readonly Span[])[];
}

interface Window {
  readonly document: number;
  readonly cells: readonly number[];
  readonly context: number;
}

const MOST_SEGMENTS = 255;

/** Packs documents in their order. A document without two tokens takes no row. */
export function packDocuments(documents: readonly TokenDocument[], shape: PackShape): PackedDocuments {
  const windows = documents.flatMap((document, i) => windowsOf(document, i, shape));
  const places = placeWindows(
    windows.map(({ cells }) => cells.length),
    shape.length,
  );
  const rows = places.reduce((most, { row }) => Math.max(most, row + 1), 0);
  const size = rows * shape.length;
  const packed = { tokens: new Uint16Array(size), segments: new Uint8Array(size), predict: new Uint8Array(size) };
  const spans: Span[][] = documents.map(() => []);
  windows.forEach(({ document, cells, context }, i) => {
    const { row, at, segment } = places[i]!;
    const from = row * shape.length + at;
    packed.tokens.set(cells, from);
    packed.segments.fill(segment, from, from + cells.length);
    packed.predict.fill(1, from + context, from + cells.length);
    spans[document]!.push([row, at, cells.length, context]);
  });
  return { rows, ...packed, spans };
}

function windowsOf({ prefix, tokens }: TokenDocument, document: number, { length, overlap }: PackShape): Window[] {
  const room = length - prefix.length;
  const windows: Window[] = [];
  for (let from = 0; from + (from === 0 ? 1 : overlap) < tokens.length || from === 0; from += room - overlap) {
    const context = prefix.length + (from === 0 ? 0 : overlap);
    windows.push({ document, cells: [...prefix, ...tokens.slice(from, from + room)], context });
  }
  return windows.filter(({ cells, context }) => cells.length > Math.max(1, context));
}

interface Place {
  readonly row: number;
  readonly at: number;
  readonly segment: number;
}

/** Best fit, longest first: a window goes where it leaves the least room; ties go to the earlier row and window. */
function placeWindows(sizes: readonly number[], length: number): Place[] {
  const order = sizes.map((_, i) => i).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const open: number[][] = Array.from({ length: length + 1 }, () => []); // rows by the room they have left, earliest last
  const used: { cells: number; segments: number }[] = [];
  const places: Place[] = new Array(sizes.length);
  for (const i of order) {
    const size = sizes[i]!;
    let room = size;
    while (room <= length && open[room]!.length === 0) room++;
    const row = room <= length ? open[room]!.pop()! : used.push({ cells: 0, segments: 0 }) - 1;
    const state = used[row]!;
    places[i] = { row, at: state.cells, segment: ++state.segments };
    state.cells += size;
    if (state.segments < MOST_SEGMENTS && length - state.cells > 1) open[length - state.cells]!.push(row);
  }
  return places;
}

/** The tokens of a document as they were before packing, read back out of its spans. */
export function unpackDocument(
  tokens: Uint16Array,
  spans: readonly Span[],
  prefix: number,
  length: number,
): { readonly prefix: number[]; readonly tokens: number[] } {
  const cells = (span: Span): number[] => [
    ...tokens.subarray(span[0] * length + span[1], span[0] * length + span[1] + span[2]),
  ];
  const parts = spans.map((span) => cells(span).slice(span[3]));
  return { prefix: spans[0] ? cells(spans[0]).slice(0, prefix) : [], tokens: parts.flat() };
}
