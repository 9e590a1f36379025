/**
 * Counts what manners are known by, in the melodies that the tune model learns from:
 *
 *   rows of the training split ─▶ documents ─▶ melodies by manner, each once ─▶ counts ─▶ styles.table.json
 *
 *   node recipes/tunes/style-table.ts DATASET_FOLDER OUT_JSON
 *
 * DATASET_FOLDER is what prepare.ts wrote. Says how many melodies of the validation split the table names rightly when the
 * committed table is used (run it twice after a change).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { midiOf } from '../../src/studios/music/score/index.ts';
import {
  barStarts,
  countStyle,
  readNotes,
  type StyledMelody,
  sheetOfTokens,
  styleLikelihoods,
  tracksOf,
} from '../../src/studios/music/tunes/index.ts';

/** Outcomes met fewer times than this are counted together. */
const FEWEST = 3;
/** Documents of a melody, with chords or without. */
const ALONE: readonly string[] = ['melody', 'chords'];
const [folder, out] = process.argv.slice(2);
if (folder === undefined || out === undefined) throw new Error('usage: style-table.ts DATASET_FOLDER OUT_JSON');
const vocabulary = JSON.parse(readFileSync(join(folder, 'vocabulary.json'), 'utf8')) as string[];

const melodies = readSplit('train');
const table = Object.fromEntries(
  [...Map.groupBy(melodies, ({ style }) => style)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([style, own]) => [style, countStyle(own, FEWEST)]),
);
writeFileSync(out, `${JSON.stringify(table)}\n`);
const validation = readSplit('validation');
process.stdout.write(`${JSON.stringify({ melodies: countBy(melodies), validation: named(validation) }, null, 1)}\n`);

function countBy(list: readonly { readonly style: string }[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(list, ({ style }) => style)].map(([style, own]) => [style, own.length]));
}

/** Shares named rightly, by manner, with how many there were. */
function named(list: readonly (StyledMelody & { readonly style: string })[]): Record<string, string> {
  const right = (melody: StyledMelody & { readonly style: string }): boolean => {
    const [best] = [...styleLikelihoods(melody)].sort(([, a], [, b]) => b - a);
    return best?.[0] === melody.style;
  };
  const groups = [...Map.groupBy(list, ({ style }) => style), ['all', list] as const];
  return Object.fromEntries(groups.map(([style, own]) => [style, `${own.filter(right).length} of ${own.length}`]));
}

/** Melodies with their manner; equal ones once. */
function readSplit(name: string): (StyledMelody & { readonly style: string })[] {
  const bytes = readFileSync(join(folder!, `${name}.tokens.u16`));
  const numbers = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  const seen = new Set<string>();
  return documentsOf(numbers).flatMap((tokens) => {
    const { controls, sheet } = sheetOfTokens(tokens);
    const { style, metre, mode } = controls;
    const tracks = tracksOf(sheet);
    if (style === undefined || !tracks.includes('melody') || tracks.some((track) => !ALONE.includes(track))) return [];
    if (sheet.bars.some((bar) => bar.metre !== metre || bar.key !== '1' || bar.mode !== mode)) return [];
    const notes = readNotes(sheet.tracks.melody!, sheet.bars, 'C').map(({ at, length, pitch }) => ({
      at,
      length,
      midi: midiOf(pitch),
    }));
    const text = `${style} ${notes.map(({ at, midi }) => `${at}:${midi}`).join(' ')}`;
    if (notes.length < 8 || seen.has(text)) return [];
    seen.add(text);
    return [{ style, metre, mode, tonic: 0, notes, barStarts: barStarts(sheet.bars) }];
  });
}

function documentsOf(numbers: Uint16Array): string[][] {
  const documents: string[][] = [];
  for (const number of numbers) {
    const token = vocabulary[number]!;
    if (token === '<s>') documents.push([]);
    if (token !== '<pad>') documents.at(-1)?.push(token);
  }
  return documents;
}
