/** Clean documents to a dataset folder, in the tokens of any tokeniser. */
import { join } from 'node:path';
import { cancelled } from '../../core/index.ts';
import type { CorpusDocument } from '../corpus/index.ts';
import { writeDurably } from '../model/durable.ts';
import { refusal } from '../refusal.ts';
import { isSpecial, type Tokenizer } from '../tokenizer/tokenizer.ts';
import { type Preparation, type PreparedDocument, prepareDataset, type ShardFacts } from './prepared-dataset.ts';
import type { SplitName } from './split-documents.ts';

/** What is needed of a document. */
export type TextDocument = Pick<CorpusDocument, 'id' | 'source' | 'title' | 'text' | 'licence' | 'sha256'> & {
  readonly copies?: readonly string[];
};

/** What is needed of a tokeniser. */
export type EncodingTokenizer = Pick<Tokenizer, 'vocabulary' | 'find' | 'encode'>;

/** How to tokenise; only the context has no default. */
export interface TokeniseOptions {
  /** Tokens in a row. */
  readonly contextLength: number;
  /** Tokens a window repeats of the one before, default 1: every token is predicted once. */
  readonly overlap?: number;
  /** Shares of documents held out, default 0.1 and 0. */
  readonly validation?: number;
  readonly test?: number;
  /** Parts of the training rows that can be retrained one by one, default 1. */
  readonly shards?: number;
  readonly seed?: string;
  /** Tokens around each document; default the first known of `<s>`, and of `</s>` and `<|endoftext|>`; '' for none. */
  readonly begin?: string;
  readonly end?: string;
  /** What opens every window of a document and is not learned, such as `<林一>`; special tokens in it count as such. */
  readonly prefix?: (document: TextDocument) => string;
  readonly signal?: AbortSignal;
}

/** What was written. */
export interface TokeniseReport {
  readonly folder: string;
  readonly digest: string;
  readonly documents: number;
  readonly characters: number;
  readonly tokens: number;
  readonly splits: Readonly<
    Record<SplitName, { readonly documents: number; readonly rows: number; readonly tokens: number }>
  >;
  readonly shards: readonly ShardFacts[];
}

/**
 * Encodes, splits and packs documents and writes the folder, dataset.json last. Special tokens written in a text are taken
 * as plain characters. Throws `training/nothing-to-tokenise`, `training/bad-tokenise-options` and `core/cancelled`.
 */
export async function tokeniseDocuments(
  documents: readonly TextDocument[],
  tokenizer: EncodingTokenizer,
  folder: string,
  options: TokeniseOptions,
): Promise<TokeniseReport> {
  const preparation = completePreparation(options);
  if (documents.length === 0) throw nothing();
  const encode = createPlainEncoder(tokenizer);
  const begin = edge(tokenizer, options.begin, ['<s>', '<|startoftext|>']);
  const end = edge(tokenizer, options.end, ['</s>', '<|endoftext|>']);
  const prepared = documents.map((document): PreparedDocument => {
    if (options.signal?.aborted) throw cancelled(options.signal.reason);
    const { id, source, title, licence, sha256, copies = [] } = document;
    const prefix = options.prefix ? tokenizer.encode(options.prefix(document)) : [];
    if (2 * (prefix.length + preparation.overlap) >= preparation.contextLength) {
      throw badOptions(
        `a prefix of ${prefix.length} tokens and an overlap of ${preparation.overlap} leave too little of ${preparation.contextLength}`,
      );
    }
    const tokens = [...begin, ...encode(document.text), ...end];
    return { id, source, title, licence: licence.name, sha256, copies, prefix, tokens };
  });
  const contents = prepareDataset(prepared, tokenizer.vocabulary, preparation);
  if (!contents.files.has('train.tokens.u16')) throw nothing();
  for (const [file, content] of contents.files) await writeDurably(join(folder, file), content);
  const splitOf = (split: SplitName) => ({
    documents: contents.provenance.filter((line) => line.split === split).length,
    rows: contents.shards[split].reduce((sum, { rows }) => sum + rows, 0),
    tokens: contents.shards[split].reduce((sum, { tokens }) => sum + tokens, 0),
  });
  return {
    folder,
    digest: contents.digest,
    documents: documents.length,
    characters: documents.reduce((sum, { text }) => sum + text.length, 0),
    tokens: prepared.reduce((sum, { tokens }) => sum + tokens.length, 0),
    splits: { train: splitOf('train'), validation: splitOf('validation'), test: splitOf('test') },
    shards: contents.shards.train,
  };
}

function completePreparation(options: TokeniseOptions): Preparation {
  const { contextLength, overlap = 1, validation = 0.1, test = 0, shards = 1, seed = 'split' } = options;
  const whole = [contextLength, overlap, shards].every((value) => Number.isSafeInteger(value));
  const wrong =
    (!whole && 'sizes must be whole numbers') ||
    ((contextLength < 4 || contextLength > 65_536) && `contextLength ${contextLength} is not within 4–65536`) ||
    ((overlap < 0 || 2 * overlap >= contextLength) &&
      `overlap ${overlap} is not within 0–${Math.ceil(contextLength / 2) - 1}`) ||
    ((shards < 1 || shards > 1024) && `shards ${shards} is not within 1–1024`) ||
    (!(validation >= 0 && validation <= 0.5 && test >= 0 && test <= 0.4) &&
      `shares ${validation} and ${test} are not within 0–0.5 and 0–0.4`);
  if (wrong) throw badOptions(wrong);
  return { contextLength, overlap, validation, test, shards, seed };
}

/** Encodes without letting `<s>` and the like, written in a text, become control tokens. */
export function createPlainEncoder(tokenizer: EncodingTokenizer): (text: string) => number[] {
  const special = tokenizer.vocabulary.filter((token) => isSpecial(token) || /^<\|.*\|>$/.test(token));
  return (text) => {
    const written = special.filter((token) => text.includes(token));
    if (written.length === 0) return tokenizer.encode(text);
    const pattern = new RegExp(
      `(?<=<)(?=(?:${written.map((token) => token.slice(1).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')}))`,
    );
    return text.split(pattern).flatMap((part) => tokenizer.encode(part));
  };
}

function edge(tokenizer: EncodingTokenizer, given: string | undefined, usual: readonly string[]): number[] {
  if (given === '') return [];
  if (given === '') return [];
  const names = given === undefined ? usual : [given];
  const id = names.map((name) => tokenizer.find(name)).find((found) => found !== undefined);
  if (id === undefined && given !== undefined) throw badOptions(`the tokeniser has no token '${given}'`);
  return id === undefined ? [] : [id];
}

function badOptions(reason: string): Error {
  return refusal(
    'input',
    'training/bad-tokenise-options',
    { en: `The documents cannot be tokenised so: ${reason}.`, zh: `无法这样切分文本：${reason}。` },
    { en: 'Change the option that is named.', zh: '请修改所指出的选项。' },
  );
}

function nothing(): Error {
  return refusal(
    'input',
    'training/nothing-to-tokenise',
    { en: 'No document was left to train on.', zh: '没有剩下可供训练的文本。' },
    {
      en: 'Look into the cleaning report for what was left out and why, and add more texts.',
      zh: '请查看清理报告了解略过了什么及原因，并补充文本。',
    },
  );
}
