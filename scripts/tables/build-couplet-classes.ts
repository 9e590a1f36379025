/**
 * Learns which characters poets set against each other: `node scripts/tables/build-couplet-classes.ts DATA_FOLDER`.
 * The middle couplets of regulated octaves are read place by place; characters with like partners become one class
 * (spherical k-means, seeded), and how often two classes are paired, against chance, becomes one digit.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPoems } from '../../recipes/verse-zh/poems.ts';
import { createRandom } from '../../src/core/index.ts';
import { simplify } from '../../src/studios/text/verse/prosody/index.ts';

const OUT = join(import.meta.dirname, '../../src/studios/text/verse/check/couplet-classes.table.json');
const CHARACTERS = 3200;
const CONTEXTS = 600;
const CLASSES = 56;
const ROUNDS = 12;

type Pair = readonly [string, string];

/** Aligned character pairs of lines 3–4 and 5–6. */
function readPairs(folder: string): Pair[] {
  const pairs: Pair[] = [];
  for (const source of ['tang', 'song', 'supp']) {
    for (const poem of readPoems(folder, source)) {
      if (poem.form !== '五律' && poem.form !== '七律') continue;
      const lines = simplify(poem.paragraphs.join(''))
        .split(/[，。、；！？]/u)
        .filter((line) => line !== '');
      if (lines.length !== 8 || lines.some((line) => !/^\p{Script=Han}+$/u.test(line))) continue;
      for (const first of [2, 4]) {
        const second = [...lines[first + 1]!];
        for (const [index, character] of [...lines[first]!].entries()) {
          const other = second[index];
          if (other !== undefined) pairs.push([character, other]);
        }
      }
    }
  }
  return pairs;
}

function byFrequency(pairs: readonly Pair[]): string[] {
  const counts = new Map<string, number>();
  for (const character of pairs.flat()) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([character]) => character);
}

/** One unit vector per character: square roots of how often each frequent character stands against it. */
function toVectors(pairs: readonly Pair[], characters: readonly string[]): Float64Array[] {
  const index = new Map(characters.map((character, i) => [character, i]));
  const vectors = characters.map(() => new Float64Array(CONTEXTS));
  for (const [a, b] of pairs.flatMap(([x, y]): Pair[] => [
    [x, y],
    [y, x],
  ])) {
    const row = index.get(a);
    const column = index.get(b);
    if (row !== undefined && column !== undefined && column < CONTEXTS) vectors[row]![column]! += 1;
  }
  for (const vector of vectors) normalise(vector.map(Math.sqrt), vector);
  return vectors;
}

function normalise(source: Float64Array, target: Float64Array): void {
  const length = Math.hypot(...source) || 1;
  for (const [i, value] of source.entries()) target[i] = value / length;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

function cluster(vectors: readonly Float64Array[]): number[] {
  const random = createRandom('couplet-classes');
  const centres = Array.from({ length: CLASSES }, () => Float64Array.from(vectors[random.integer(CHARACTERS / 2)]!));
  let labels: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    labels = vectors.map((vector) => {
      const scores = centres.map((centre) => dot(vector, centre));
      return scores.indexOf(Math.max(...scores));
    });
    for (const [label, centre] of centres.entries()) {
      const sum = new Float64Array(CONTEXTS);
      for (const [i, vector] of vectors.entries())
        if (labels[i] === label) for (let j = 0; j < CONTEXTS; j += 1) sum[j]! += vector[j]!;
      normalise(sum, centre);
    }
  }
  return labels;
}

/** Log of observed over expected pairings, brought to 0–9: 3 is chance. */
function affinities(pairs: readonly Pair[], labelOf: ReadonlyMap<string, number>): string[] {
  const together = Array.from({ length: CLASSES }, () => new Float64Array(CLASSES));
  for (const [a, b] of pairs) {
    const x = labelOf.get(a);
    const y = labelOf.get(b);
    if (x === undefined || y === undefined) continue;
    together[x]![y]! += 0.5;
    together[y]![x]! += 0.5;
  }
  const totals = together.map((row) => row.reduce((a, b) => a + b, 0));
  const all = totals.reduce((a, b) => a + b, 0);
  return together.map((row, x) =>
    Array.from(row, (count, y) => {
      const lift = Math.log2((count + 1) / ((totals[x]! * totals[y]!) / all + 1));
      return Math.round(Math.min(9, Math.max(0, 3 + lift * 2)));
    }).join(''),
  );
}

function compile(folder: string): void {
  const pairs = readPairs(folder);
  const characters = byFrequency(pairs).slice(0, CHARACTERS);
  const labels = cluster(toVectors(pairs, characters));
  const labelOf = new Map(characters.map((character, index) => [character, labels[index]!]));
  const classes = Array.from({ length: CLASSES }, (_, label) =>
    characters.filter((_c, i) => labels[i] === label).join(''),
  );
  const about = {
    sources: ['Middle couplets of the regulated octaves in 全唐诗 and 全宋诗 (public domain)'],
    builtBy: 'scripts/tables/build-couplet-classes.ts',
    pairs: pairs.length,
  };
  writeFileSync(OUT, `${JSON.stringify({ about, classes, affinity: affinities(pairs, labelOf) }, undefined, 1)}\n`);
  console.log(`${pairs.length} pairs, ${CLASSES} classes`);
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('Usage: node scripts/tables/build-couplet-classes.ts DATA_FOLDER');
compile(folder);
