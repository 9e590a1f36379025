/**
 * Turns open novels in Chinese and English into rows of tokens for the prose model:
 *
 *   chapters ─▶ without the withheld authors ─▶ byte-level BPE ─▶ `<s><title>…<text>…</s>` ─▶ one stream a split, cut into rows
 *
 *   node recipes/prose/prepare.ts DATA_FOLDER OUT_FOLDER
 *
 * DATA_FOLDER holds `text_zh_novels` and `text_en_books`. The authors named in the recipe are left out, so that training on
 * one author's work can be measured on authors the model has never read. The same recipe and data give the same bytes.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, sha256 } from '../../src/core/index.ts';
import { formatTokenizer, learnBytePairs } from '../../src/training/index.ts';
import { type Chapter, readChapters } from './chapters.ts';

const recipe = JSON.parse(readFileSync(join(import.meta.dirname, 'recipe.json'), 'utf8')) as {
  readonly seed: number;
  readonly data: {
    readonly contextLength: number;
    readonly vocabSize: number;
    /** Share of the chapters that the tokeniser is learned from. */
    readonly tokenizerShare: number;
    readonly validationShare: number;
    readonly withheldAuthors: readonly string[];
  };
};
const options = recipe.data;
/** Special tokens, numbered first. */
const SPECIAL = ['<pad>', '<s>', '</s>', '<title>', '<text>'];

const [dataFolder, outFolder] = process.argv.slice(2);
if (dataFolder === undefined || outFolder === undefined) throw new Error('usage: prepare.ts DATA_FOLDER OUT_FOLDER');
mkdirSync(outFolder, { recursive: true });

/** A number from 0 to 1 that follows from a chapter alone. */
const place = (chapter: Chapter, purpose: string): number =>
  Number.parseInt(sha256(`${purpose}:${chapter.book}/${chapter.n}`).slice(0, 8), 16) / 2 ** 32;

const chapters = readChapters(dataFolder).filter(({ author }) => !options.withheldAuthors.includes(author));
const training = chapters.filter((chapter) => place(chapter, 'validation') >= options.validationShare);
const validation = chapters.filter((chapter) => place(chapter, 'validation') < options.validationShare);
const heldOut = readChapters(join(dataFolder, '_heldout')).filter(
  ({ author }) => !options.withheldAuthors.includes(author),
);
const sample = training.filter((chapter) => place(chapter, 'tokenizer') < options.tokenizerShare);
const tokenizer = learnBytePairs(
  sample.map(({ text }) => text),
  {
    vocabSize: options.vocabSize,
    special: SPECIAL,
    onProgress: (done) => process.stderr.write(`\r${done} merges`),
  },
);
const splits = {
  train: writeSplit('train', createRandom(recipe.seed).shuffle(training)),
  validation: writeSplit('validation', validation),
  test: writeSplit('test', heldOut),
};
writeFileSync(join(outFolder, 'tokenizer.json'), formatTokenizer(tokenizer));
writeFileSync(join(outFolder, 'vocabulary.json'), JSON.stringify(tokenizer.vocabulary));
const description = {
  contextLength: options.contextLength,
  vocabSize: options.vocabSize,
  splits,
  digest: sha256(JSON.stringify(splits)),
};
writeFileSync(join(outFolder, 'dataset.json'), JSON.stringify(description, null, 2));
process.stderr.write(`\r${training.length} chapters, ${splits.train.rows} rows\n`);

function writeChapter({ title, text }: Chapter): number[] {
  const id = (token: string): number => tokenizer.find(token)!;
  return [id('<s>'), id('<title>'), ...tokenizer.encode(title), id('<text>'), ...tokenizer.encode(text), id('</s>')];
}

/** Chapters one after another, cut into rows; a chapter in a row sees only itself, and titles are given, not predicted. */
function writeSplit(name: string, of: readonly Chapter[]) {
  const length = options.contextLength;
  const documents = of.map(writeChapter);
  const rows = Math.ceil(documents.reduce((sum, document) => sum + document.length, 0) / length);
  const tokens = new Uint16Array(rows * length);
  const segments = new Uint8Array(rows * length);
  const predict = new Uint8Array(rows * length);
  const first = tokenizer.find('<text>')!;
  let at = 0;
  for (const document of documents) {
    const text = document.indexOf(first);
    for (const [i, token] of document.entries()) {
      const fresh = at % length === 0;
      tokens[at] = token;
      segments[at] = fresh ? 1 : segments[at - 1]! + (i === 0 ? 1 : 0);
      predict[at] = i > text ? 1 : 0;
      at += 1;
    }
  }
  const characters = of.reduce((sum, { text }) => sum + text.length, 0);
  writeFileSync(join(outFolder!, `${name}.tokens.u16`), tokens);
  writeFileSync(join(outFolder!, `${name}.segments.u8`), segments);
  writeFileSync(join(outFolder!, `${name}.predict.u8`), predict);
  const digest = createHash('sha256').update(tokens).update(segments).update(predict).digest('hex');
  return { rows, tokens: predict.reduce((a, b) => a + b, 0), characters, sha256: digest };
}
