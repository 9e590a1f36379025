/**
 * A dataset made from documents, as data: what is in each of its files. Writing it and forgetting a document both go through
 * here, so that a dataset without a document is the same bytes whether the document was withdrawn or never there.
 *
 *   dataset.json        sizes, shards, how it was prepared, digest
 *   vocabulary.json     text of each token
 *   provenance.jsonl    a line per document: where its windows lie
 *   <split>.{tokens.u16,segments.u8,predict.u8}    rows; the training rows shard after shard
 */
import { z } from 'zod';
import { canonicalJson, hashJson, type Json, type Sha256, sha256 } from '../../core/index.ts';
import { type PackedDocuments, packDocuments, type Span, type TokenDocument } from './pack-documents.ts';
import { type SplitName, splitDocuments } from './split-documents.ts';

/** What is known of a document besides its tokens. */
export interface DocumentFacts {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly licence: string;
  readonly sha256: Sha256;
  /** Ids of documents left out as copies of this one. */
  readonly copies: readonly string[];
}

/** A document ready to be packed. */
export interface PreparedDocument extends DocumentFacts, TokenDocument {}

/** How a dataset is prepared; kept in dataset.json, for it must be prepared so again when a document is withdrawn. */
export const PREPARATION = z.object({
  contextLength: z.int().min(4).max(65_536),
  overlap: z.int().min(0),
  validation: z.number().min(0).max(0.5),
  test: z.number().min(0).max(0.4),
  shards: z.int().min(1).max(1024),
  seed: z.string(),
});
export type Preparation = z.infer<typeof PREPARATION>;

const SPAN = z.tuple([z.int(), z.int(), z.int(), z.int()]);
/** A line of provenance.jsonl. */
export const PROVENANCE = z.object({
  id: z.string(),
  source: z.string(),
  title: z.string(),
  licence: z.string(),
  sha256: z.string(),
  copies: z.array(z.string()),
  split: z.enum(['train', 'validation', 'test']),
  shard: z.int(),
  /** Tokens that open each window and belong to no text. */
  prefix: z.int(),
  spans: z.array(SPAN),
});
export type Provenance = z.infer<typeof PROVENANCE>;

/** Rows of a shard and what they are known by. */
export interface ShardFacts {
  readonly rows: number;
  readonly tokens: number;
  readonly digest: Sha256;
}

/** All files of a dataset, and its shards by split. */
export interface DatasetContents {
  readonly files: ReadonlyMap<string, Uint8Array | string>;
  readonly digest: Sha256;
  readonly shards: Readonly<Record<SplitName, readonly ShardFacts[]>>;
  readonly provenance: readonly Provenance[];
}

const SPLITS: readonly SplitName[] = ['train', 'validation', 'test'];

/** Splits and packs documents, in their order. */
export function prepareDataset(
  documents: readonly PreparedDocument[],
  vocabulary: readonly string[],
  preparation: Preparation,
): DatasetContents {
  const destinations = splitDocuments(
    documents.map((document) => document.sha256),
    preparation,
  );
  const files = new Map<string, Uint8Array | string>();
  const provenance: Provenance[] = new Array(documents.length);
  const shards: Record<SplitName, ShardFacts[]> = { train: [], validation: [], test: [] };
  for (const split of SPLITS) {
    const parts: PackedDocuments[] = [];
    for (let shard = 0; shard < (split === 'train' ? preparation.shards : 1); shard++) {
      const chosen = documents.flatMap((_, i) =>
        destinations[i]!.split === split && destinations[i]!.shard === shard ? [i] : [],
      );
      const packed = packDocuments(
        chosen.map((i) => documents[i]!),
        { length: preparation.contextLength, overlap: preparation.overlap },
      );
      const before = parts.reduce((sum, { rows }) => sum + rows, 0);
      for (const [nth, i] of chosen.entries())
        provenance[i] = lineOf(documents[i]!, split, shard, packed.spans[nth]!, before);
      parts.push(packed);
      shards[split].push(factsOf(packed));
    }
    if (parts.some(({ rows }) => rows > 0)) addRows(files, split, parts);
  }
  const splits = Object.fromEntries(
    SPLITS.filter((split) => files.has(`${split}.tokens.u16`)).map((split) => [split, totalOf(shards[split])]),
  );
  const description = { contextLength: preparation.contextLength, vocabSize: vocabulary.length, splits, preparation };
  const words = JSON.stringify(vocabulary);
  const digest = hashJson({ ...description, vocabulary: sha256(words) } as unknown as Json);
  files.set('vocabulary.json', words);
  files.set('provenance.jsonl', provenance.map((line) => `${canonicalJson(line as Json)}\n`).join(''));
  files.set('dataset.json', `${canonicalJson({ ...description, digest } as unknown as Json)}\n`);
  return { files, digest, shards, provenance };
}

function lineOf(
  document: PreparedDocument,
  split: SplitName,
  shard: number,
  spans: readonly Span[],
  before: number,
): Provenance {
  const { tokens: _, prefix, ...facts } = document;
  const moved = spans.map(([row, ...rest]): [number, number, number, number] => [row + before, ...rest]);
  return { ...facts, copies: [...facts.copies], split, shard, prefix: prefix.length, spans: moved };
}

function factsOf({ rows, tokens, segments, predict }: PackedDocuments): ShardFacts {
  const digest = hashJson([bytesOf(tokens), segments, predict].map((bytes) => sha256(bytes)));
  return { rows, tokens: predict.reduce((sum, one) => sum + one, 0), digest };
}

function totalOf(shards: readonly ShardFacts[]): { rows: number; tokens: number; shards: readonly ShardFacts[] } {
  const sum = (field: 'rows' | 'tokens'): number => shards.reduce((total, shard) => total + shard[field], 0);
  return { rows: sum('rows'), tokens: sum('tokens'), shards };
}

function addRows(files: Map<string, Uint8Array | string>, split: SplitName, parts: readonly PackedDocuments[]): void {
  files.set(`${split}.tokens.u16`, Buffer.concat(parts.map(({ tokens }) => bytesOf(tokens))));
  files.set(`${split}.segments.u8`, Buffer.concat(parts.map(({ segments }) => segments)));
  files.set(`${split}.predict.u8`, Buffer.concat(parts.map(({ predict }) => predict)));
}

const bytesOf = (tokens: Uint16Array): Uint8Array =>
  new Uint8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength);
