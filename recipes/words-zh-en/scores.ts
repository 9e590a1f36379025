/** Scores of word vectors on the sets that people judged, and rows that anyone can check. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { words as wordTools } from '../../src/training/index.ts';
import { thingNames } from './texts.ts';

const { isChinese, scoreAnalogies, scoreSimilarity } = wordTools;

/** What the README and the card report. */
export type Scores = ReturnType<typeof scoreWords>;

/** Triples: the first is to be nearer to the second than to the third. */
const SANITY = [
  ['猫', '狗', '汽车'],
  ['cat', 'dog', 'car'],
  ['猫', 'cat', 'car'],
  ['月亮', '星星', '火车'],
  ['moon', 'star', 'train'],
] as const;

/** Measures everything; `data` holds `eval_words` and the names of things. */
export function scoreWords(vectors: wordTools.WordVectors, data: string) {
  const lines = (name: string): string[] =>
    readFileSync(join(data, 'eval_words', name), 'utf8')
      .split(/\r?\n/)
      .filter((line) => line !== '');
  const judged = lines('en_wordsim353.tsv')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([a, b, score]) => ({ a: a!, b: b!, score: Number(score) }));
  const spaced = (name: string): wordTools.Analogy[] =>
    lines(name)
      .filter((line) => !line.startsWith(':'))
      .map((line) => line.split(/\s+/) as unknown as wordTools.Analogy);
  const google = lines('en_google_analogies.tsv')
    .slice(1)
    .map((line) => line.split('\t'));
  const ofGoogle = (grammar: boolean): wordTools.Analogy[] =>
    google
      .filter(([type]) => type!.startsWith('gram') === grammar)
      .map((fields) => fields.slice(1) as unknown as wordTools.Analogy);
  return {
    similarity: scoreSimilarity(vectors, judged),
    analogies: {
      'CA8 semantic (zh)': scoreAnalogies(vectors, spaced('zh_ca8_semantic.txt')),
      'Google semantic (en)': scoreAnalogies(vectors, ofGoogle(false)),
      'Google syntactic (en)': scoreAnalogies(vectors, ofGoogle(true)),
    },
    sanity: SANITY.map(([a, b, c]) => ({
      a,
      b,
      c,
      near: vectors.similarity(a, b) ?? Number.NaN,
      far: vectors.similarity(a, c) ?? Number.NaN,
    })),
    translation: scoreTranslation(vectors, data),
  };
}

/** English one-word names of emoji whose Chinese name is one known word, too: is it the nearest Chinese word? */
function scoreTranslation(vectors: wordTools.WordVectors, data: string) {
  const named = thingNames(data)
    .map(({ en, zh }) => ({ en: en[0]!, zh: zh[0]! }))
    .filter(({ en, zh }) => /^[a-z]+$/.test(en) && isChinese(zh) && vectors.has(en) && vectors.has(zh));
  const places = named.map(({ en, zh }) =>
    vectors.nearest(en, { count: 10, language: 'zh' }).findIndex(({ word }) => word === zh),
  );
  const share = (most: number): number =>
    places.filter((place) => place >= 0 && place < most).length / Math.max(places.length, 1);
  return { words: named.length, first: share(1), firstTen: share(10) };
}
