/** Word vectors on disk: `words.safetensors` (8 bits a number), `vocabulary.json` and `card.json`. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../gpt/config.ts';
import { type ModelCard, parseCard } from '../model/card.ts';
import { writeDurably } from '../model/durable.ts';
import { formatSafetensors, readSafetensors } from '../model/safetensors.ts';
import { refusal } from '../refusal.ts';
import type { FinishedVectors } from './finish-vectors.ts';
import type { Vocabulary } from './vocabulary.ts';
import { VOCABULARY } from './word-corpus.ts';
import { createWordVectors, type WordVectors } from './word-vectors.ts';

const FILES = { card: 'card.json', vocabulary: 'vocabulary.json', vectors: 'words.safetensors' } as const;

/** Writes a model's folder, each file durably. */
export async function saveWordFolder(
  folder: string,
  model: { readonly vocabulary: Vocabulary; readonly vectors: FinishedVectors; readonly card: ModelCard },
): Promise<void> {
  const { vocabulary, vectors, card } = model;
  const size = vectors.words.length / vocabulary.words.length;
  const tensors = new Map([
    ['words', { shape: [vocabulary.words.length, size], data: vectors.words }],
    ['subwords', { shape: [vocabulary.subwords.length, size], data: vectors.subwords }],
  ]);
  mkdirSync(folder, { recursive: true });
  await writeDurably(join(folder, FILES.vectors), formatSafetensors(tensors, { precision: 'I8' }));
  await writeDurably(join(folder, FILES.vocabulary), JSON.stringify(vocabulary));
  await writeDurably(join(folder, FILES.card), `${JSON.stringify(card, null, 2)}\n`);
}

/** Loads a folder; throws `training/bad-words`, and the errors of a broken card or safetensors file. */
export function loadWordFolder(folder: string): { readonly vectors: WordVectors; readonly card: ModelCard } {
  const read = (file: string): Buffer => {
    try {
      return readFileSync(join(folder, file));
    } catch (error) {
      throw badWords(folder, `${file}: ${(error as Error).message}`, error);
    }
  };
  const card = parseCard(read(FILES.card).toString(), join(folder, FILES.card));
  const parsed = VOCABULARY.safeParse(parseJson(read(FILES.vocabulary).toString(), FILES.vocabulary));
  if (!parsed.success) throw badWords(folder, `${FILES.vocabulary} lists no words`);
  const tensors = readSafetensors(read(FILES.vectors), FILES.vectors);
  const [words, subwords] = [tensors.get('words'), tensors.get('subwords')];
  const { data: vocabulary } = parsed;
  if (
    words?.shape[0] !== vocabulary.words.length ||
    subwords?.shape[0] !== vocabulary.subwords.length ||
    vocabulary.counts.length !== vocabulary.words.length
  ) {
    throw badWords(folder, 'words and vectors differ in number');
  }
  return { vectors: createWordVectors(vocabulary, words.data, subwords.data), card };
}

function badWords(folder: string, reason: string, cause?: unknown): Error {
  return refusal(
    'input',
    'training/bad-words',
    { en: `'${folder}' holds no word vectors: ${reason}.`, zh: `“${folder}”中没有可用的词向量：${reason}。` },
    {
      en: 'Name a folder with card.json, vocabulary.json and words.safetensors.',
      zh: '请指定含 card.json、vocabulary.json 和 words.safetensors 的文件夹。',
    },
    cause,
  );
}
