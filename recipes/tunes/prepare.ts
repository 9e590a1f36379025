/**
 * Turns the open tunes and songs, and tunes of our own rules, into rows of tokens for the tune model:
 *
 *   collections ─▶ scores ─▶ documents (whole, windows, with holes) ─▶ packed rows
 *   own rules ───┘
 *
 *   node recipes/tunes/prepare.ts DATA_FOLDER OUT_FOLDER
 *
 * DATA_FOLDER holds `music_cre_irish`, `music_openscore_lieder`, `music_billboard_chords`, and the pieces of the last test
 * under `_heldout`. The same recipe and data give the same bytes. `melodies.jsonl` lists the melodies learned from, for
 * the index of copies.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, sha256 } from '../../src/core/index.ts';
import { midiOf } from '../../src/studios/music/score/index.ts';
import {
  type Document,
  type DocumentOptions,
  packRows,
  VOCABULARY,
  writeDocuments,
} from '../../src/studios/music/tunes/index.ts';
import { readCharts } from './chord-charts.ts';
import { type OpenTune, pieceOf, readIrish, readSongs } from './open-tunes.ts';
import { composeRuleTunes } from './rule-tunes.ts';

const recipe = JSON.parse(readFileSync(join(import.meta.dirname, 'recipe.json'), 'utf8')) as {
  readonly seed: number;
  readonly data: Omit<DocumentOptions, 'plain'> & {
    readonly validationShare: number;
    readonly ruleTunes: number;
    readonly passes: Readonly<Record<OpenTune['source'], number>>;
  };
};
const options = recipe.data;
const [dataFolder, outFolder] = process.argv.slice(2);
if (dataFolder === undefined || outFolder === undefined) throw new Error('usage: prepare.ts DATA_FOLDER OUT_FOLDER');
mkdirSync(outFolder, { recursive: true });

const ids = new Map(VOCABULARY.map((token, id) => [token, id]));
const tunes = [...readAll(dataFolder), ...composeRuleTunes(options.ruleTunes, `${recipe.seed}/rules`)];
const training = tunes.filter((tune) => !isValidation(tune));
const validation = tunes.filter(isValidation);
const held = [...readAll(join(dataFolder, '_heldout')), ...composeRuleTunes(100, `${recipe.seed}/held-out-rules`)];

const train = createRandom(recipe.seed).shuffle(
  training.flatMap((tune) =>
    Array.from({ length: options.passes[tune.source] }, (_, pass) => documentsOf(tune, pass)).flat(),
  ),
);
const splits = {
  train: write('train', train),
  validation: write(
    'validation',
    validation.flatMap((tune) => documentsOf(tune, 'plain')),
  ),
  test: write(
    'test',
    held.flatMap((tune) => documentsOf(tune, 'plain')),
  ),
};
writeFileSync(join(outFolder, 'melodies.jsonl'), training.flatMap(melodyLine).join('\n'));
writeFileSync(join(outFolder, 'vocabulary.json'), JSON.stringify(VOCABULARY));
const description = {
  contextLength: options.contextLength,
  vocabSize: VOCABULARY.length,
  splits,
  digest: sha256(JSON.stringify({ splits, vocabulary: VOCABULARY })),
  pieces: { train: countBySource(training), validation: countBySource(validation), test: countBySource(held) },
  shares: sharesOf(train),
};
writeFileSync(join(outFolder, 'dataset.json'), JSON.stringify(description, null, 2));
process.stderr.write(`${JSON.stringify(description, null, 1)}\n`);

function readAll(folder: string): OpenTune[] {
  return [
    ...readIrish(join(folder, 'music_cre_irish')),
    ...readSongs(join(folder, 'music_openscore_lieder')),
    ...readCharts(join(folder, 'music_billboard_chords')),
  ];
}

function isValidation({ id }: OpenTune): boolean {
  return Number.parseInt(sha256(`validation:${id}`).slice(0, 8), 16) / 2 ** 32 < options.validationShare;
}

function documentsOf(tune: OpenTune, pass: number | 'plain'): Document[] {
  const random = createRandom(`${recipe.seed}/${tune.id}/${pass}`);
  return writeDocuments(pieceOf(tune), { ...options, plain: pass === 'plain' }, random);
}

function write(name: string, documents: readonly Document[]): { rows: number; tokens: number; sha256: string } {
  const numbered = documents.map(({ tokens, id }) => ({
    tokens: tokens.map((token) => {
      const number = ids.get(token);
      if (number === undefined) throw new Error(`${id}: no token ${token}`);
      return number;
    }),
    predictFrom: tokens.indexOf('<music>') + 1,
  }));
  const packed = packRows(numbered, options.contextLength);
  const file = (kind: string): string => join(outFolder!, `${name}.${kind}`);
  writeFileSync(file('tokens.u16'), packed.tokens);
  writeFileSync(file('segments.u8'), packed.segments);
  writeFileSync(file('predict.u8'), packed.predict);
  const bytes = Buffer.concat([Buffer.from(packed.tokens.buffer), packed.segments, packed.predict]);
  return { rows: packed.rows, tokens: packed.predict.reduce((a, b) => a + b, 0), sha256: sha256(bytes) };
}

function melodyLine({ id, title, source, score }: OpenTune): string[] {
  const part = score.parts[0];
  if (!part || part.notes.length < 8 || source === 'charts') return [];
  const bars = score.bars.map(({ at }) => at);
  const notes = part.notes.map(({ at, length, pitch }) => [at, length, midiOf(pitch)]);
  return [JSON.stringify({ id, title, source, bars, notes })];
}

function countBySource(list: readonly OpenTune[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(list, ({ source }) => source)].map(([source, own]) => [source, own.length]),
  );
}

/** Tokens of each kind of document among all that are learned from. */
function sharesOf(documents: readonly Document[]): Record<string, number> {
  const total = documents.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const kinds = [...Map.groupBy(documents, ({ kind }) => kind)];
  return Object.fromEntries(
    kinds.map(([kind, own]) => [
      kind,
      Number((own.reduce((sum, { tokens }) => sum + tokens.length, 0) / total).toFixed(4)),
    ]),
  );
}
