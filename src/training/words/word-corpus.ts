/**
 * What word vectors learn from, as a folder:
 *
 *   vocabulary.json   words, counts, subwords
 *   tokens.bin        u16, little-endian: running text as numbers of words, 65,535 between sentences
 *   pairs.bin         u16: centre and context by turns
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hashJson, type Sha256, sha256 } from '../../core/index.ts';
import { parseJson } from '../gpt/config.ts';
import { refusal } from '../refusal.ts';
import { BREAK } from './phrases.ts';
import { isChinese } from './segmenter.ts';
import { subwordRows, type Vocabulary } from './vocabulary.ts';
import type { WordCorpus } from './word-learner.ts';

const FILES = ['vocabulary.json', 'tokens.bin', 'pairs.bin'] as const;
/** Ids are 16 bits, the last of which parts sentences. */
const MOST_WORDS = BREAK;

/** The plain data of a vocabulary. */
export const VOCABULARY = z.object({
  words: z.array(z.string()).min(1).max(MOST_WORDS),
  counts: z.array(z.int().nonnegative()),
  subwords: z.array(z.string()),
});

/** A corpus and its words. */
export interface ReadCorpus {
  readonly vocabulary: Vocabulary;
  readonly corpus: WordCorpus;
  /** SHA-256 over the digests of the three files. */
  readonly digest: Sha256;
}

/** The number of a word's language: Chinese 0, English 1. */
export function languagesOf(words: readonly string[]): Uint8Array {
  return Uint8Array.from(words, (word) => Number(!isChinese(word)));
}

/** Reads and checks a folder; throws `training/dataset-missing`, `training/bad-dataset`. */
export async function readWordCorpus(folder: string): Promise<ReadCorpus> {
  const [json, tokens, pairs] = await Promise.all(FILES.map((file) => readPart(folder, file)));
  const parsed = VOCABULARY.safeParse(parseJson(json!.toString(), join(folder, FILES[0])));
  if (!parsed.success) throw badCorpus(folder, 'vocabulary.json lists no words', 'vocabulary.json 中没有词');
  const vocabulary = parsed.data;
  const { words, counts, subwords } = vocabulary;
  if (counts.length !== words.length) throw badCorpus(folder, 'words and counts differ in number', '词与词频数目不符');
  const corpus: WordCorpus = {
    tokens: numbers(tokens!),
    pairs: numbers(pairs!),
    counts,
    languages: languagesOf(words),
    subwords: subwordRows(vocabulary),
    subwordCount: subwords.length,
  };
  checkNumbers(folder, corpus);
  const digest = hashJson({ vocabulary: sha256(json!), tokens: sha256(tokens!), pairs: sha256(pairs!) });
  return { vocabulary, corpus, digest };
}

function checkNumbers(folder: string, { tokens, pairs, counts }: WordCorpus): void {
  if (pairs.length % 2 !== 0) throw badCorpus(folder, 'pairs.bin ends amid a pair', 'pairs.bin 末尾不成对');
  const strange = (id: number): boolean => id >= counts.length;
  if (tokens.some((id) => id !== BREAK && strange(id)) || pairs.some(strange)) {
    throw badCorpus(folder, 'a token stands for no word', '有词元超出词表');
  }
  if (tokens.every((id) => id === BREAK)) throw badCorpus(folder, 'tokens.bin holds no word', 'tokens.bin 中没有词');
}

function numbers(bytes: Buffer): Uint16Array {
  return new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 2 * Math.floor(bytes.length / 2)));
}

async function readPart(folder: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, file));
  } catch (cause) {
    throw refusal(
      'missing',
      'training/dataset-missing',
      { en: `The dataset folder '${folder}' has no ${file}.`, zh: `数据集文件夹“${folder}”缺少 ${file}。` },
      { en: 'Prepare it with recipes/words-zh-en/prepare.ts.', zh: '请用 recipes/words-zh-en/prepare.ts 准备。' },
      cause,
    );
  }
}

function badCorpus(folder: string, en: string, zh: string): Error {
  return refusal(
    'input',
    'training/bad-dataset',
    { en: `'${folder}' cannot be learned from: ${en}.`, zh: `无法从“${folder}”学习：${zh}。` },
    { en: 'Prepare the folder again.', zh: '请重新准备该文件夹。' },
  );
}
