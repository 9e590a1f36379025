/**
 * What collecting gives: documents with text, works that are listed by their facts (pictures, scores), and a report that
 * says of every file what became of it.
 */
import type { Sha256 } from '../../core/index.ts';
import { type Bilingual, refusal } from '../refusal.ts';

/** Kinds of file that are recognised. */
export type SourceKind =
  | 'text'
  | 'markdown'
  | 'html'
  | 'epub'
  | 'docx'
  | 'jsonl'
  | 'abc'
  | 'midi'
  | 'musicxml'
  | 'picture';

/** One text with what is known of it. */
export interface CorpusDocument {
  /** `path` or `path#n`; unique in a collection and stable while the file keeps its name. */
  readonly id: string;
  /** Path of the file, from the collected folder, with `/`. */
  readonly source: string;
  readonly kind: SourceKind;
  readonly title: string;
  readonly author?: string;
  /** The book a chapter belongs to; documents of one book share running heads. */
  readonly book?: string;
  readonly text: string;
  readonly licence: Licence;
  /** Of the text as UTF-8. */
  readonly bytes: number;
  readonly sha256: Sha256;
}

/** Under which terms a source stands, and how that is known. */
export interface Licence {
  readonly name: string;
  readonly from: 'recipe' | 'document' | 'file' | 'unknown';
  /** The file it was read from. */
  readonly path?: string;
}

/** A file that is not text to train on: a picture or a score, with basic facts. */
export interface ListedWork {
  readonly id: string;
  readonly source: string;
  readonly kind: 'midi' | 'musicxml' | 'picture';
  readonly title?: string;
  readonly facts: Readonly<Record<string, number | string | readonly string[]>>;
  readonly licence: Licence;
  readonly bytes: number;
  readonly sha256: Sha256;
}

/** A file, or a part of one, that was left out. */
export interface Skip {
  readonly source: string;
  readonly reason: Bilingual;
}

/** What became of a file that was read. */
export interface SourceRecord {
  readonly source: string;
  readonly kind: SourceKind;
  readonly bytes: number;
  readonly sha256: Sha256;
  readonly encoding?: string;
  readonly documents: number;
  readonly characters: number;
  readonly licence: Licence;
  readonly warnings: readonly Bilingual[];
}

export interface CollectReport {
  readonly folder: string;
  readonly files: number;
  readonly sources: readonly SourceRecord[];
  readonly skipped: readonly Skip[];
}

export interface Collection {
  readonly documents: readonly CorpusDocument[];
  readonly works: readonly ListedWork[];
  readonly report: CollectReport;
}

/** What a reader makes of one file. */
export interface Reading {
  readonly pieces: readonly Piece[];
  readonly work?: { readonly title?: string; readonly facts: ListedWork['facts'] };
  readonly encoding?: string;
  readonly warnings?: readonly Bilingual[];
}

/** One text in a file; `label` tells it from the others of the file. */
export interface Piece {
  readonly text: string;
  readonly label?: string;
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly book?: string | undefined;
  readonly licence?: string | undefined;
}

const UNREADABLE = 'training/unreadable-source';

/** The refusal of one file, with its reason; collecting reports it and goes on. */
export function unreadable(en: string, zh: string, cause?: unknown): Error {
  return refusal(
    'input',
    'training/unreadable-source',
    { en, zh },
    { en: 'Mend or remove the file; the others are not affected.', zh: '请修复或移走该文件；其他文件不受影响。' },
    cause,
  );
}

/** The reason, when the thrown thing is the refusal of one file. */
export function reasonOf(thrown: unknown): Bilingual | undefined {
  const error = thrown as { code?: string; message: string; zh?: { message: string } };
  return error.code === UNREADABLE ? { en: error.message, zh: error.zh?.message ?? error.message } : undefined;
}

/** Limits that keep a hostile or careless file from filling the memory. */
export interface ReadLimits {
  /** A text, book or score as it lies on disk and unpacked, default 64 MiB; jsonl is streamed and may be larger. */
  readonly maxFileBytes: number;
  /** All text together, default 512 Mi characters. */
  readonly maxCharacters: number;
  /** One line of jsonl, default 16 MiB. */
  readonly maxLineBytes: number;
}

export const READ_LIMITS: ReadLimits = {
  maxFileBytes: 64 * 2 ** 20,
  maxCharacters: 512 * 2 ** 20,
  maxLineBytes: 16 * 2 ** 20,
};
