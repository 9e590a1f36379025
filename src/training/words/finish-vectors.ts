/**
 * Makes learned rows into vectors to compare: one unit vector a word, freed of what all words of its language share.
 *
 *   rows ─▶ word + subwords, mean ─▶ − mean of the language ─▶ − its strongest directions ─▶ length 1
 *
 * After Mu and Viswanath (2018), "All-but-the-top". Since that is linear, rows of subwords go the same way, and the vector
 * of an unknown word is the mean of its pieces.
 */
import type { SubwordRows } from './vocabulary.ts';

/** Unit vectors of words, and rows of subwords in the same frame, row-major. */
export interface FinishedVectors {
  readonly words: Float32Array;
  readonly subwords: Float32Array;
}

/** `languages` numbers the language of each word and of each subword from 0. `removed`: strongest directions, default 2. */
export function finishVectors(
  input: Float32Array,
  rows: SubwordRows,
  languages: { readonly words: Uint8Array; readonly subwords: Uint8Array },
  removed = 2,
): FinishedVectors {
  const count = languages.words.length;
  const size = input.length / (count + languages.subwords.length);
  const words = composed(input, rows, count, size);
  const subwords = input.slice(count * size);
  for (const language of new Set(languages.words)) {
    const mine = [...languages.words.keys()].filter((i) => languages.words[i] === language);
    const pieces = [...languages.subwords.keys()].filter((i) => languages.subwords[i] === language);
    const mean = meanRow(words, mine, size);
    subtract(words, mine, mean);
    subtract(subwords, pieces, mean);
    for (let k = 0; k < removed; k++) {
      const direction = strongest(words, mine, size);
      project(words, mine, direction);
      project(subwords, pieces, direction);
    }
  }
  for (let row = 0; row < words.length; row += size) normalise(words.subarray(row, row + size));
  return { words, subwords };
}

/** Brings a vector to length 1 in place; a zero vector stays. */
export function normalise(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 1;
  for (let i = 0; i < vector.length; i++) vector[i]! *= scale;
  return vector;
}

function composed(input: Float32Array, { starts, rows }: SubwordRows, count: number, size: number): Float32Array {
  const out = input.slice(0, count * size);
  for (let word = 0; word < count; word++) {
    const share = 1 / (1 + starts[word + 1]! - starts[word]!);
    for (let s = starts[word]!; s < starts[word + 1]!; s++) {
      for (let d = 0; d < size; d++) out[word * size + d]! += input[(count + rows[s]!) * size + d]!;
    }
    for (let d = 0; d < size; d++) out[word * size + d]! *= share;
  }
  return out;
}

function meanRow(values: Float32Array, rows: readonly number[], size: number): Float64Array {
  const mean = new Float64Array(size);
  for (const row of rows) for (let d = 0; d < size; d++) mean[d]! += values[row * size + d]! / rows.length;
  return mean;
}

function subtract(
  values: Float32Array,
  rows: readonly number[],
  from: Float64Array,
  scale?: (row: number) => number,
): void {
  const size = from.length;
  for (const row of rows) {
    const factor = scale?.(row) ?? 1;
    for (let d = 0; d < size; d++) values[row * size + d]! -= factor * from[d]!;
  }
}

function dot(values: Float32Array, row: number, direction: Float64Array): number {
  const size = direction.length;
  let sum = 0;
  for (let d = 0; d < size; d++) sum += values[row * size + d]! * direction[d]!;
  return sum;
}

function project(values: Float32Array, rows: readonly number[], direction: Float64Array): void {
  subtract(values, rows, direction, (row) => dot(values, row, direction));
}

/** The direction in which rows differ most, by power iteration. */
function strongest(values: Float32Array, rows: readonly number[], size: number): Float64Array {
  let direction = Float64Array.from({ length: size }, (_, d) => Math.cos(d) / Math.sqrt(size));
  for (let round = 0; round < 30; round++) {
    const next = new Float64Array(size);
    for (const row of rows) {
      const weight = dot(values, row, direction);
      for (let d = 0; d < size; d++) next[d]! += weight * values[row * size + d]!;
    }
    const length = Math.hypot(...next) || 1;
    direction = next.map((value) => value / length);
  }
  return direction;
}
