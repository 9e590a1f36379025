/**
 * Builds the index by which copies of training lines are recognised, reads it back, and measures it:
 *
 *   node recipes/verse-zh/build-novelty-index.ts POEMS_JSONL OUT_FILE
 *
 * POEMS_JSONL is the `poems.jsonl` of prepare.ts. The same poems give the same bytes. Every training line is looked up
 * again, and recombined lines (a head of one line, a tail of another) that stand in no poem measure the false positives.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRandom, sha256 } from '../../src/core/index.ts';
import {
  buildNoveltyIndex,
  type IndexedPoem,
  loadNoveltyIndex,
  type NoveltyIndex,
  SHORTEST_LINE,
} from '../../src/studios/text/verse/novelty/index.ts';

const PROBES = 2_000_000;

const [poemsFile, outFile] = process.argv.slice(2);
if (poemsFile === undefined || outFile === undefined) {
  throw new Error('usage: build-novelty-index.ts POEMS_JSONL OUT_FILE');
}
const poems = readFileSync(poemsFile, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as IndexedPoem);
const bytes = buildNoveltyIndex(poems);
writeFileSync(outFile, bytes);

const started = performance.now();
const index = loadNoveltyIndex(outFile);
const loadMs = performance.now() - started;
const lines = [...new Set(poems.flatMap((poem) => poem.lines))].filter((line) => [...line].length >= SHORTEST_LINE);
const report = {
  poems: index.poemCount,
  lines: index.lineCount,
  bytes: bytes.length,
  sha256: sha256(bytes),
  loadMs: round(loadMs),
  ...measureHits(index, lines),
  ...measureFalsePositives(index, lines),
  ...measureNear(index, lines),
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);

function measureHits(index: NoveltyIndex, lines: readonly string[]): object {
  const start = performance.now();
  const found = lines.filter((line) => index.hasLine(line)).length;
  return { trainingLinesFound: found / lines.length, hitMicroseconds: perItem(start, lines.length) };
}

function measureFalsePositives(index: NoveltyIndex, lines: readonly string[]): object {
  const known = new Set(lines);
  const random = createRandom('novelty-probes');
  const probes: string[] = [];
  while (probes.length < PROBES) {
    const probe = recombine(random.pick(lines), random.pick(lines));
    if (!known.has(probe)) probes.push(probe);
  }
  const start = performance.now();
  const wrong = probes.filter((probe) => index.hasLine(probe)).length;
  return {
    probes: PROBES,
    falsePositives: wrong,
    falsePositiveRateExpected: index.falsePositiveRate,
    missMicroseconds: perItem(start, PROBES),
  };
}

/** How long a search for near copies takes, how often it is right for a line with one character spoilt, and how often recombined lines are near ones. */
function measureNear(index: NoveltyIndex, lines: readonly string[]): object {
  const known = new Set(lines);
  const random = createRandom('novelty-near');
  const sample = Array.from({ length: 200 }, () => random.pick(lines));
  const spoilt = sample.map((line) => {
    const place = random.integer(line.length);
    return [...line].with(place, random.pick([...random.pick(lines)])).join('');
  });
  const start = performance.now();
  const near = spoilt.map((line) => (known.has(line) ? 'same' : index.findNearLine(line)));
  const nearMilliseconds = perItem(start, spoilt.length) / 1000;
  const originals = near.map((found) => (typeof found === 'object' ? found.original : undefined));
  return {
    nearMilliseconds: round(nearMilliseconds),
    spoiltLinesFound: near.filter((found) => found !== undefined).length / spoilt.length,
    nearOriginalsThatAreNoTrainingLine: originals.filter((line) => line !== undefined && !known.has(line)).length,
  };
}

function recombine(a: string, b: string): string {
  const [head, tail] = [[...a], [...b]];
  const cut = Math.ceil(head.length / 2);
  return [...head.slice(0, cut), ...tail.slice(-(head.length - cut))].join('');
}

function perItem(start: number, count: number): number {
  return round(((performance.now() - start) * 1000) / count);
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
