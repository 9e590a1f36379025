/**
 * The head of a GGUF file, walked before any native loader sees the file: every count, length and offset is checked against the
 * bytes that are there. Nothing of it is believed but what llama.cpp will need, and nothing large is kept.
 *
 *   "GGUF" │ version │ counts │ key: value … │ name, shape, type, offset … │ tensors …
 *
 * After the specification in ggml's docs/gguf.md, versions 2 and 3.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What is known of a file from its head. */
export interface GgufHead {
  readonly version: number;
  /** Facts that are one value: text, number, truth. 64-bit integers as numbers. */
  readonly facts: ReadonlyMap<string, string | number | boolean>;
  /** Lengths of the lists among the facts. */
  readonly lists: ReadonlyMap<string, number>;
  /** The lists that were asked for, of texts or of whole numbers. */
  readonly kept: ReadonlyMap<string, readonly (string | number)[]>;
  readonly tensors: number;
  /** Bytes of the file. */
  readonly size: number;
}

/** Why a head cannot be used. */
export class BadHead extends Error {}

/** Most bytes that a head may have: vocabularies of a million pieces stay far below. */
const LONGEST_HEAD = 256 * 2 ** 20;
const MOST_FACTS = 100_000;
const MOST_TENSORS = 1_000_000;
const LONGEST_KEY = 65_535;
const LONGEST_TEXT = 16 * 2 ** 20;
const CHUNK = 2 ** 20;

/** Bytes of a value by the number of its kind; 8 is a text, 9 a list. */
const WIDTHS: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const TEXT = 8;
const LIST = 9;

/** Numbers in a block and bytes of a block, by the number of a type of tensor (ggml.h). */
const BLOCKS: Readonly<Record<number, readonly [number, number]>> = {
  0: [1, 4],
  1: [1, 2],
  2: [32, 18],
  3: [32, 20],
  6: [32, 22],
  7: [32, 24],
  8: [32, 34],
  10: [256, 84],
  11: [256, 110],
  12: [256, 144],
  13: [256, 176],
  14: [256, 210],
  15: [256, 292],
  24: [1, 1],
  25: [1, 2],
  26: [1, 4],
  27: [1, 8],
  28: [1, 8],
  30: [1, 2],
};

/** Whether bytes begin as a GGUF file does. */
export function isGguf(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 4)).toString('latin1') === 'GGUF';
}

/** A number among the facts of the file's own architecture, such as `llama.context_length`. */
export function factOf({ facts }: GgufHead, name: string): number | undefined {
  const value = facts.get(`${facts.get('general.architecture')}.${name}`);
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** Walks the head of a file; `keep` names lists whose entries are wanted. Throws `BadHead`, and what the disk throws. */
export function readGgufHead(path: string, keep: readonly string[] = []): GgufHead {
  const file = openSync(path, 'r');
  try {
    return walk(createCursor(file, fstatSync(file).size), keep);
  } finally {
    closeSync(file);
  }
}

function walk(cursor: Cursor, keep: readonly string[]): GgufHead {
  if (cursor.text(4) !== 'GGUF') throw new BadHead('it does not begin with GGUF');
  const version = cursor.u32();
  if (version !== 2 && version !== 3) throw new BadHead(`its version is ${version}; 2 and 3 are known`);
  const tensors = cursor.count(MOST_TENSORS, 'tensors');
  const count = cursor.count(MOST_FACTS, 'facts');
  const facts = new Map<string, string | number | boolean>();
  const lists = new Map<string, number>();
  const kept = new Map<string, (string | number)[]>(keep.map((key) => [key, []]));
  for (let i = 0; i < count; i++) readFact(cursor, { facts, lists, kept });
  const alignment = facts.get('general.alignment') ?? 32;
  if (typeof alignment !== 'number' || alignment < 8 || alignment > 65_536 || (alignment & (alignment - 1)) !== 0) {
    throw new BadHead(`its alignment is ${alignment}`);
  }
  const ends: number[] = [];
  for (let i = 0; i < tensors; i++) ends.push(readTensor(cursor, alignment));
  const start = Math.ceil(cursor.at() / alignment) * alignment;
  const end = start + ends.reduce((most, one) => Math.max(most, one), 0);
  if (end > cursor.size) throw new BadHead(`its tensors need ${end} bytes, the file has ${cursor.size}`);
  return { version, facts, lists, kept, tensors, size: cursor.size };
}

interface Found {
  readonly facts: Map<string, string | number | boolean>;
  readonly lists: Map<string, number>;
  readonly kept: Map<string, (string | number)[]>;
}

function readFact(cursor: Cursor, { facts, lists, kept }: Found): void {
  const key = cursor.text(cursor.count(LONGEST_KEY, 'bytes of a key'));
  const kind = cursor.u32();
  if (kind !== LIST) {
    facts.set(key, readValue(cursor, kind, key));
    return;
  }
  const of = cursor.u32();
  const length = cursor.count(LONGEST_HEAD, `entries of ${key}`);
  lists.set(key, length);
  const into = kept.get(key);
  if (into) for (let i = 0; i < length; i++) into.push(readValue(cursor, of, key) as string | number);
  else if (of === TEXT) for (let i = 0; i < length; i++) cursor.skip(cursor.count(LONGEST_TEXT, `bytes in ${key}`));
  else cursor.skip(length * widthOf(of, key));
}

function widthOf(kind: number, key: string): number {
  const width = WIDTHS[kind];
  if (width === undefined) throw new BadHead(`${key.slice(0, 80)} is of the unknown kind ${kind}`);
  return width;
}

function readValue(cursor: Cursor, kind: number, key: string): string | number | boolean {
  if (kind === TEXT) return cursor.text(cursor.count(LONGEST_TEXT, `bytes of ${key}`));
  const width = widthOf(kind, key);
  const view = cursor.view(width);
  if (kind === 7) return view.getUint8(0) !== 0;
  if (kind === 6) return view.getFloat32(0, true);
  if (kind === 12) return view.getFloat64(0, true);
  if (width === 8) return Number(kind === 10 ? view.getBigUint64(0, true) : view.getBigInt64(0, true));
  if (width === 4) return kind === 4 ? view.getUint32(0, true) : view.getInt32(0, true);
  if (width === 2) return kind === 2 ? view.getUint16(0, true) : view.getInt16(0, true);
  return kind === 0 ? view.getUint8(0) : view.getInt8(0);
}

/** Where a tensor ends, counted from the first. */
function readTensor(cursor: Cursor, alignment: number): number {
  const name = cursor.text(cursor.count(LONGEST_KEY, 'bytes of a name'));
  const axes = cursor.u32();
  if (axes > 4) throw new BadHead(`${name.slice(0, 80)} has ${axes} axes`);
  let numbers = 1;
  for (let i = 0; i < axes; i++) numbers *= cursor.count(Number.MAX_SAFE_INTEGER, `an axis of ${name}`);
  const type = cursor.u32();
  const offset = cursor.count(Number.MAX_SAFE_INTEGER, `the place of ${name}`);
  if (offset % alignment !== 0) throw new BadHead(`${name.slice(0, 80)} lies at ${offset}, out of line`);
  const [block, bytes] = BLOCKS[type] ?? [1, 0];
  if (numbers % block !== 0) throw new BadHead(`${name.slice(0, 80)} does not come out in blocks of ${block}`);
  return offset + (numbers / block) * bytes;
}

interface Cursor {
  readonly size: number;
  at(): number;
  u32(): number;
  /** A 64-bit length, at most `most`. */
  count(most: number, what: string): number;
  text(bytes: number): string;
  view(bytes: number): DataView;
  skip(bytes: number): void;
}

/** Reads a file from its beginning, a chunk at a time; never past its end or the longest head. */
function createCursor(file: number, size: number): Cursor {
  let chunk = new Uint8Array(0);
  let [from, at] = [0, 0];
  const need = (bytes: number): void => {
    if (at + bytes > Math.min(size, LONGEST_HEAD)) throw new BadHead(`it ends at ${size}, in the middle of its head`);
  };
  const view = (bytes: number): DataView => {
    need(bytes);
    if (at < from || at + bytes > from + chunk.length) {
      const fresh = new Uint8Array(Math.min(size - at, Math.max(bytes, CHUNK)));
      const read = readSync(file, fresh, 0, fresh.length, at);
      [chunk, from] = [fresh.subarray(0, read), at];
      if (read < bytes) throw new BadHead('it ends in the middle of its head');
    }
    const found = new DataView(chunk.buffer, chunk.byteOffset + at - from, bytes);
    at += bytes;
    return found;
  };
  const text = (bytes: number): string => {
    const { buffer, byteOffset } = view(bytes);
    return Buffer.from(buffer, byteOffset, bytes).toString('utf8');
  };
  return {
    size,
    at: () => at,
    u32: () => view(4).getUint32(0, true),
    count: (most, what) => {
      const value = view(8).getBigUint64(0, true);
      if (value > BigInt(most)) throw new BadHead(`${value} ${what.slice(0, 80)}`);
      return Number(value);
    },
    text,
    view,
    skip: (bytes) => {
      need(bytes);
      at += bytes;
    },
  };
}
