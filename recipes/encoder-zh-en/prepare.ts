/**
 * Turns open texts in Chinese and English into rows for an encoder:
 *
 *   paragraphs ─▶ byte-level BPE ─▶ `<s>` … `</s>` rows      translations and names of one thing share a row
 *
 *   node recipes/encoder-zh-en/prepare.ts DATA_FOLDER OUT_FOLDER
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, sha256 } from '../../src/core/index.ts';
import { encoders, formatTokenizer, learnBytePairs } from '../../src/training/index.ts';
import { chineseTexts, englishTexts, sentencePairs, thingNames } from '../words-zh-en/texts.ts';

const { ENCODER_TOKENS } = encoders;
const recipe = JSON.parse(readFileSync(join(import.meta.dirname, 'recipe.json'), 'utf8'));
const { contextLength, vocabSize, tokenizerShare, validationShare, rows: mostRows } = recipe.data;
const [data, out] = process.argv.slice(2);
if (data === undefined || out === undefined) throw new Error('usage: prepare.ts DATA_FOLDER OUT_FOLDER');
mkdirSync(out, { recursive: true });

const random = createRandom(`${recipe.name}/${recipe.seed}`);
const together = [
  ...sentencePairs(data).map(({ en, zh }, i) => (i % 2 === 0 ? `${en} ${zh}` : `${zh} ${en}`)),
  ...thingNames(data).map(({ en, zh }) => [...new Set([...zh, ...en])].join(' ')),
];
const paragraphs = [chineseTexts(data), englishTexts(data)].flatMap((texts, i) => {
  // About as many rows of running text from each language, taken from all over.
  const pieces = texts.flatMap((text) => piecesOf(text, i === 0 ? 110 : 330));
  return random
    .fork(`paragraphs/${i}`)
    .shuffle(pieces)
    .slice(0, mostRows / 2);
});
const all = random.fork('all').shuffle([...paragraphs, ...together]);
const sample = all.filter((_, i) => i % Math.round(1 / tokenizerShare) === 0);
const tokenizer = learnBytePairs(sample, { vocabSize, special: [...ENCODER_TOKENS] });
const held = (text: string): boolean =>
  Number.parseInt(sha256(`validation:${text}`).slice(0, 8), 16) / 2 ** 32 < validationShare;
const splits = {
  train: writeSplit(
    'train',
    all.filter((text) => !held(text)),
  ),
  validation: writeSplit('validation', all.filter(held)),
};
writeFileSync(join(out, 'tokenizer.json'), formatTokenizer(tokenizer));
const description = { contextLength, vocabSize, splits, digest: sha256(JSON.stringify(splits)) };
writeFileSync(join(out, 'dataset.json'), JSON.stringify(description, null, 2));
process.stderr.write(`${splits.train.rows} rows to learn from, ${splits.validation.rows} kept back\n`);

/** Whole sentences, joined until they have about so many characters. */
function piecesOf(text: string, size: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const sentence of text.match(/[^。！？.!?\n]*[。！？.!?\n]?[”’"']*/gu) ?? []) {
    if (piece.length + sentence.length > size && piece.length > 20) {
      pieces.push(piece.trim());
      piece = '';
    }
    piece += sentence.replaceAll('\n', ' ');
  }
  return piece.length > 20 ? [...pieces, piece.trim()] : pieces;
}

function writeSplit(name: string, texts: readonly string[]) {
  const tokens = new Uint16Array(texts.length * contextLength);
  const segments = new Uint8Array(tokens.length);
  texts.forEach((text, row) => {
    const ids = encoders.wordTokens(tokenizer, text, contextLength);
    tokens.set(ids, row * contextLength);
    segments.fill(1, row * contextLength, row * contextLength + ids.length);
  });
  writeFileSync(join(out!, `${name}.tokens.u16`), tokens);
  writeFileSync(join(out!, `${name}.segments.u8`), segments);
  writeFileSync(join(out!, `${name}.predict.u8`), segments);
  return {
    rows: texts.length,
    tokens: segments.reduce((a, b) => a + b, 0),
    sha256: sha256(new Uint8Array(tokens.buffer)),
  };
}
