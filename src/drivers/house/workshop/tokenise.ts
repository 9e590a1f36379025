/** A clean corpus in the tokens of a base, or in tokens learned from itself: whole documents held out for choosing and for measuring. */
import { join } from 'node:path';
import type { Json } from '../../../core/index.ts';
import type { Made, Workshop, WorkshopHooks } from '../../../kernel/index.ts';
import {
  type CleanDocument,
  formatTokenizer,
  type LoadedModel,
  learnBytePairs,
  loadModelFolder,
  OWN_SPECIAL,
  requireEnough,
  type Tokenizer,
  tokeniseDocuments,
  writeDurably,
} from '../../../training/index.ts';
import { readLines } from './shelf.ts';
import type { Surroundings } from './surroundings.ts';

type TokeniseRequest = Parameters<Workshop['tokenise']>[0];

/** Shares of the documents that are held out. */
const VALIDATION = 0.05;
const TEST = 0.08;
/** A title longer than this is cut: it opens every row. */
const LONGEST_TITLE = 24;
/** Tokens that a row repeats of the one before, as context. */
const OVERLAP = 16;
/** Tokens in a row of a model that is still to be made. */
const CONTEXT = 256;
/** Parts of the training rows that can be learned again one by one. */
const SHARDS = 8;

export async function tokenise(
  { shelf, folderOfModel }: Surroundings,
  { corpus, base, vocabulary = 0, seed }: TokeniseRequest,
  hooks: WorkshopHooks,
): Promise<Made> {
  const documents = await readLines<CleanDocument>(join(shelf.find('corpus', corpus.digest), 'documents.jsonl'));
  requireEnough(documents);
  hooks.onProgress({ done: 0, total: 1, note: { en: 'writing tokens', zh: '写成词元' } });
  const texts = documents.map(inLines);
  const own = vocabulary > 0;
  const model = own ? newModel(texts, vocabulary) : await loadModelFolder(await folderOfModel(base));
  let report: Awaited<ReturnType<typeof tokeniseDocuments>> | undefined;
  const digest = await shelf.keep('dataset', async (folder) => {
    if (own) await writeDurably(join(folder, 'tokenizer.json'), formatTokenizer(model.tokenizer));
    report = await tokeniseDocuments(texts, model.tokenizer, folder, {
      contextLength: model.config.max_position_embeddings,
      overlap: OVERLAP,
      validation: VALIDATION,
      test: TEST,
      shards: SHARDS,
      seed: `own-work/${seed}`,
      ...openingOf(model),
      signal: hooks.signal,
    });
    return report.digest;
  });
  const { splits, tokens, characters, shards } = report!;
  const kind = own
    ? { vocabulary: model.tokenizer.vocabulary.length, folder: shelf.find('dataset', digest) }
    : { base, baseDigest: model.digest };
  return {
    digest,
    corpus: corpus.digest,
    ...kind,
    documents: documents.length,
    characters,
    tokens,
    rows: splits.train.rows,
    splits: splits as unknown as Json,
    shards: shards as unknown as Json,
  };
}

/** What tokenising needs to know of the model that is to read the rows. */
interface Reader {
  readonly tokenizer: Tokenizer;
  readonly config: Pick<LoadedModel['config'], 'max_position_embeddings'>;
  readonly digest: string;
}

/** A model that is still to be made, with a tokeniser learned from the texts. */
function newModel(documents: readonly CleanDocument[], vocabSize: number): Reader {
  const tokenizer = learnBytePairs(
    documents.map(({ text }) => text),
    { vocabSize, special: OWN_SPECIAL },
  );
  return { tokenizer, config: { max_position_embeddings: CONTEXT }, digest: '' };
}

/** Paragraphs a line each, as the base has read them; blank lines between them would count as surprises. */
function inLines(document: CleanDocument): CleanDocument {
  return { ...document, text: document.text.replace(/\n\s*\n/g, '\n') };
}

/** How the base is used to a text beginning: `<s><title>…<text>` where it knows those tokens; a title leaves most of a row to the text. */
function openingOf({ tokenizer, config }: Reader): {
  begin?: string;
  prefix?: (document: { title: string }) => string;
} {
  const titled = tokenizer.find('<title>') !== undefined && tokenizer.find('<text>') !== undefined;
  if (!titled) return {};
  const room = Math.floor(config.max_position_embeddings / 2) - OVERLAP - 4;
  const cut = (title: readonly string[]): string => {
    const text = title.join('');
    return tokenizer.encode(text).length <= room ? text : cut(title.slice(0, -1));
  };
  return { begin: '', prefix: ({ title }) => `<s><title>${cut([...title].slice(0, LONGEST_TITLE))}<text>` };
}
