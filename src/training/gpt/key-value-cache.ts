/**
 * Keys and values of all positions so far, for `width` rows: one array per layer and kind, laid out (P, W, C), so that
 * a new position is appended at the end and the filled part is a view.
 *
 * Every cell (position, row) carries a tag that says which computation wrote it. Rows that descend from one another share
 * the tags of their common past, and `select` moves only the cells whose tags differ: for beam search that is the last
 * few positions, never the prompt.
 */

export interface KeyValueCache {
  readonly width: number;
  /** Filled positions. */
  readonly length: number;
  /** The filled part of array `index` (2 · layer for keys, 2 · layer + 1 for values), (length, W, C). Not a copy. */
  view(index: number): Float32Array;
  /** Appends T positions; `rows` is (arrays, T, W, C). */
  append(rows: Float32Array): void;
  /** Appends T positions computed for one row to all rows; `rows` is (arrays, T, 1, C). */
  appendShared(rows: Float32Array): void;
  /** Row i becomes old row `parents[i]`; the width becomes `parents.length`. */
  select(parents: readonly number[]): void;
  /** Forgets the positions from `length` on. */
  rewind(length: number): void;
}

/** Sizes of a cache. */
export interface CacheSizes {
  /** Arrays: two per layer. */
  readonly arrays: number;
  /** Numbers per cell, C. */
  readonly channels: number;
  readonly width: number;
}

const FIRST_CAPACITY = 64;

/** An empty cache; it grows by doubling. */
export function createKeyValueCache({ arrays, channels, width: startWidth }: CacheSizes): KeyValueCache {
  let width = startWidth;
  let length = 0;
  let capacity = FIRST_CAPACITY;
  let written = 0;
  let tags = new Int32Array(capacity * width);
  let stores = Array.from({ length: arrays }, () => new Float32Array(capacity * width * channels));

  const reserve = (positions: number): void => {
    if (positions <= capacity) return;
    while (capacity < positions) capacity *= 2;
    stores = stores.map((store) => grown(store, capacity * width * channels));
    tags = grown(tags, capacity * width);
  };

  const select = (parents: readonly number[]): void => {
    const old = { stores, tags, length, width, channels };
    if (parents.length === width) moveRows(old, parents);
    else {
      stores = stores.map((store) => spreadRows(store, old, parents, channels, capacity));
      tags = spreadRows(tags, old, parents, 1, capacity);
      width = parents.length;
    }
  };

  return {
    get width() {
      return width;
    },
    get length() {
      return length;
    },
    view: (index) => stores[index]!.subarray(0, length * width * channels),
    append: (rows) => {
      const size = rows.length / arrays;
      const steps = size / (width * channels);
      reserve(length + steps);
      stores.forEach((store, i) => {
        store.set(rows.subarray(i * size, (i + 1) * size), length * width * channels);
      });
      for (let cell = length * width; cell < (length + steps) * width; cell++) tags[cell] = ++written;
      length += steps;
    },
    appendShared: (rows) => {
      const size = rows.length / arrays;
      const steps = size / channels;
      reserve(length + steps);
      for (let step = 0; step < steps; step++) {
        const at = (length + step) * width;
        tags.fill(++written, at, at + width);
        stores.forEach((store, i) => {
          const cell = rows.subarray(i * size + step * channels, i * size + (step + 1) * channels);
          for (let row = 0; row < width; row++) store.set(cell, (at + row) * channels);
        });
      }
      length += steps;
    },
    select,
    rewind: (to) => {
      length = to;
    },
  };
}

/** What the cache holds: cells (position, row) of `channels` numbers in each store, a tag for each cell. */
interface Cells {
  readonly stores: readonly Float32Array[];
  readonly tags: Int32Array;
  readonly length: number;
  readonly width: number;
  readonly channels: number;
}

/** Row i takes the cells of row `parents[i]` in place, where their tags differ. */
function moveRows({ stores, tags, length, width, channels }: Cells, parents: readonly number[]): void {
  const line = width * channels;
  const scratch = new Float32Array(line);
  for (let p = 0; p < length; p++) {
    const old = tags.slice(p * width, (p + 1) * width);
    const moved = parents.flatMap((parent, i) => (old[parent] === old[i] ? [] : [i]));
    if (moved.length === 0) continue;
    for (const store of stores) {
      scratch.set(store.subarray(p * line, (p + 1) * line));
      for (const i of moved) {
        const from = parents[i]! * channels;
        store.set(scratch.subarray(from, from + channels), p * line + i * channels);
      }
    }
    for (const i of moved) tags[p * width + i] = old[parents[i]!]!;
  }
}

/** A new array for another width: row i holds the cells, of `size` numbers each, of old row `parents[i]`. */
function spreadRows<T extends Float32Array | Int32Array>(
  old: T,
  { length, width }: Cells,
  parents: readonly number[],
  size: number,
  capacity: number,
): T {
  const made = fresh(old, capacity * parents.length * size);
  for (let p = 0; p < length; p++) {
    parents.forEach((parent, i) => {
      const from = (p * width + parent) * size;
      made.set(old.subarray(from, from + size), (p * parents.length + i) * size);
    });
  }
  return made;
}

function grown<T extends Float32Array | Int32Array>(old: T, size: number): T {
  const made = fresh(old, size);
  made.set(old);
  return made;
}

function fresh<T extends Float32Array | Int32Array>(like: T, size: number): T {
  return (like instanceof Float32Array ? new Float32Array(size) : new Int32Array(size)) as T;
}
