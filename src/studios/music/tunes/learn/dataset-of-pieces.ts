/**
 * Pieces as a dataset that the training engine reads:
 *
 *   train       each piece several times, with bars missing and controls left out now and then
 *   validation, test   each piece once, plain
 */
import { createRandom, OsError, sha256 } from '../../../../core/index.ts';
import { VOCABULARY } from '../events/index.ts';
import { type Document, type DocumentOptions, type TunePiece, writeDocuments } from './documents.ts';
import { type DroppedTune, dropped } from './dropped.ts';
import { idsOf } from './numbers.ts';
import { packRows } from './pack-rows.ts';
import type { SplitPieces } from './split-pieces.ts';

/** How often a piece is written for training, and how; the manner of the default model's own recipe. */
const PASSES = 3;
const MANNER = { melodyHoles: 0.3, dropControl: 0.15 } as const;

export interface TuneDataset {
  /** By name: dataset.json, vocabulary.json, and the rows of each split. */
  readonly files: ReadonlyMap<string, Uint8Array | string>;
  readonly rows: number;
  readonly splits: Readonly<Record<keyof SplitPieces, SplitFacts>>;
}

export interface SplitFacts {
  readonly pieces: number;
  readonly rows: number;
  /** Tokens that are to be predicted. */
  readonly events: number;
}

/** Writes the dataset; the same pieces and seed give the same bytes. */
export function datasetOfPieces(pieces: SplitPieces, contextLength: number, seed: string): TuneDataset {
  const files = new Map<string, Uint8Array | string>();
  const train = pieces.train.flatMap((piece) =>
    Array.from({ length: PASSES }, (_, pass) =>
      documentsOf(piece, contextLength, `${seed}/${piece.id}/${pass}`),
    ).flat(),
  );
  const plain = (piece: TunePiece): Document[] => plainDocuments(piece, contextLength);
  const splits = {
    train: addSplit(files, 'train', createRandom(seed).shuffle(train), pieces.train.length, contextLength),
    validation: addSplit(
      files,
      'validation',
      pieces.validation.flatMap(plain),
      pieces.validation.length,
      contextLength,
    ),
    test: addSplit(files, 'test', pieces.test.flatMap(plain), pieces.test.length, contextLength),
  };
  const shapes = Object.fromEntries(
    Object.entries(splits).map(([name, { rows, events }]) => [name, { rows, tokens: events }]),
  );
  const digests = [...files].map(([name, bytes]) => [name, sha256(bytes)]);
  const description = { contextLength, vocabSize: VOCABULARY.length, splits: shapes };
  const digest = sha256(JSON.stringify({ ...description, digests, vocabulary: VOCABULARY }));
  files.set('vocabulary.json', JSON.stringify(VOCABULARY));
  files.set('dataset.json', `${JSON.stringify({ ...description, digest })}\n`);
  return { files, rows: splits.train.rows, splits };
}

/** The documents of a piece as it is: what a model is measured on. */
export function plainDocuments(piece: TunePiece, contextLength: number): Document[] {
  const options: DocumentOptions = { contextLength, ...MANNER, plain: true };
  return writeDocuments(piece, options, createRandom(piece.id));
}

/** Events of a piece, or the reason why it cannot be written at all. */
export function countEvents(piece: TunePiece, contextLength: number): number | DroppedTune {
  try {
    const documents = plainDocuments(piece, contextLength);
    if (documents.length === 0) {
      return dropped(
        piece.id,
        'too-dense',
        `over ${contextLength} events in its shortest stretch`,
        `最短片段也超过 ${contextLength} 个事件`,
      );
    }
    // What is written for training says more than the plain documents, chords among it.
    documentsOf(piece, contextLength, piece.id);
    return documents.reduce((sum, { tokens }) => sum + contentLength(tokens), 0);
  } catch (error) {
    if (!(error instanceof OsError) || error.kind === 'bug') throw error;
    return dropped(piece.id, 'beyond', error.message, error.zh?.message ?? error.message);
  }
}

function documentsOf(piece: TunePiece, contextLength: number, seed: string): Document[] {
  return writeDocuments(piece, { contextLength, ...MANNER, plain: false }, createRandom(seed));
}

const contentLength = (tokens: readonly string[]): number => tokens.length - tokens.indexOf('<music>') - 1;

function addSplit(
  files: Map<string, Uint8Array | string>,
  name: string,
  documents: readonly Document[],
  pieces: number,
  contextLength: number,
): SplitFacts {
  const numbered = documents.map(({ tokens }) => ({
    tokens: idsOf(tokens),
    predictFrom: tokens.indexOf('<music>') + 1,
  }));
  const { rows, tokens, segments, predict } = packRows(numbered, contextLength);
  files.set(`${name}.tokens.u16`, new Uint8Array(tokens.buffer));
  files.set(`${name}.segments.u8`, segments);
  files.set(`${name}.predict.u8`, predict);
  return { pieces, rows, events: predict.reduce((a, b) => a + b, 0) };
}
