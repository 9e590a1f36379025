import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import {
  BREAK,
  buildVocabulary,
  createSegmenter,
  createWordLearner,
  cutWords,
  findPhrases,
  finishVectors,
  freshWordState,
  isChinese,
  joinPhrases,
  learnLexicon,
  loadWordFolder,
  saveWordFolder,
  scoreAnalogies,
  scoreSimilarity,
  spearman,
  subwordRows,
  subwordsOf,
  type WordCorpus,
} from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'words-'));
after(() => rmSync(folder, { recursive: true }));

const TOPICS = {
  animals: ['猫', '狗', '宠物', '尾巴', 'cat', 'dog', 'pet', 'tail'],
  roads: ['汽车', '火车', '车站', '公路', 'car', 'train', 'station', 'road'],
  sky: ['月亮', '星星', '夜空', '云', 'moon', 'star', 'night', 'cloud'],
};
const TRANSLATIONS = Object.values(TOPICS).flatMap((words) => words.slice(0, 4).map((zh, i) => [zh, words[i + 4]!]));

/** Sentences in one language, each on one topic; pairs of a word and its translation. */
function toyCorpus(): { corpus: WordCorpus; vocabulary: ReturnType<typeof buildVocabulary> } {
  const random = createRandom('toy');
  const sentences = Array.from({ length: 1000 }, (_, i) => {
    const topic = random.pick(Object.values(TOPICS)).filter((word) => isChinese(word) === (i % 2 === 0));
    return Array.from({ length: 6 }, () => random.pick(topic));
  });
  const counts = new Map<string, number>();
  for (const word of sentences.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const vocabulary = buildVocabulary(counts, { least: 1 });
  const id = (word: string): number => vocabulary.words.indexOf(word);
  const tokens = Uint16Array.from(sentences.flatMap((words) => [...words.map(id), BREAK]));
  const pairs = Array.from({ length: 40 }, () => TRANSLATIONS.flatMap(([a, b]) => [id(a!), id(b!), id(b!), id(a!)]));
  const corpus: WordCorpus = {
    tokens,
    pairs: Uint16Array.from(pairs.flat()),
    counts: vocabulary.counts,
    languages: Uint8Array.from(vocabulary.words, (word) => Number(!isChinese(word))),
    subwords: subwordRows(vocabulary),
    subwordCount: vocabulary.subwords.length,
  };
  return { corpus, vocabulary };
}

const OPTIONS = { dimensions: 16, epochs: 4, chunk: 2000, threshold: 1, seed: 'toy' };

test('[TR220] Chinese words are learned from text in which nothing parts them', () => {
  const random = createRandom('lexicon');
  const words = ['月亮', '星星', '汽车', '望远镜', '睡觉', '我', '你', '看', '在', '想', '去', '了', '小猫', '图书馆'];
  const text = Array.from({ length: 3000 }, () =>
    Array.from({ length: 3 + random.integer(5) }, () => random.pick(words)).join(''),
  );
  const lexicon = learnLexicon(text, { cohesion: 1.5, known: ['自行车'] });
  const found = [...lexicon.keys()].filter((word) => word.length > 1).sort();
  assert.deepEqual(found, [...words.filter((word) => word.length > 1), '自行车'].sort());
  const segment = createSegmenter(lexicon);
  assert.deepEqual(cutWords("我在图书馆看星星。Don't feed the cat’s dog!", segment), [
    ...['我', '在', '图书馆', '看', '星星'],
    ...["don't", 'feed', 'the', 'cat', 'dog'],
  ]);
  assert.deepEqual(segment('我骑自行车'), ['我', '骑', '自行车']);
});

test('[TR221] phrases are words that meet far more often than by chance', () => {
  const random = createRandom('phrases');
  const tokens = Array.from({ length: 4000 }, () => {
    const word = 2 + random.integer(60);
    return word === 2 ? [0, 1] : [word];
  }).flat();
  const stream = Uint16Array.from([...tokens, BREAK]);
  assert.deepEqual(findPhrases(stream, { least: 20, lift: 20 }), [[0, 1]]);
  const joined = joinPhrases(Uint16Array.of(5, 0, 1, BREAK, 0, 7), (a, b) => (a === 0 && b === 1 ? 99 : undefined));
  assert.deepEqual([...joined], [5, 99, BREAK, 0, 7]);
  assert.ok(subwordsOf('cat').includes('<ca') && subwordsOf('cat').includes('at>'));
  assert.deepEqual(subwordsOf('小猫咪'), ['小', '猫', '咪', '小猫', '猫咪']);
});

test('[TR222] words of one topic come near each other in both languages, and translations meet', async () => {
  const { corpus, vocabulary } = toyCorpus();
  const learner = createWordLearner(corpus, freshWordState(corpus, OPTIONS), OPTIONS);
  const losses = Array.from({ length: learner.steps }, () => learner.step());
  assert.ok(losses.at(-1)! < 0.8 * losses[0]!, `${losses[0]} to ${losses.at(-1)}`);
  const languages = {
    words: corpus.languages,
    subwords: Uint8Array.from(vocabulary.subwords, (piece) => Number(!isChinese(piece))),
  };
  const finished = finishVectors(learner.state.input, corpus.subwords, languages, 0);
  const card = { name: 'toy', licence: 'CC0-1.0', summary: { en: 'toy', zh: '玩具' } };
  await saveWordFolder(folder, { vocabulary, vectors: finished, card });
  const { vectors } = loadWordFolder(folder);
  assert.ok(vectors.similarity('猫', '狗')! > vectors.similarity('猫', '汽车')!);
  assert.ok(vectors.similarity('cat', 'dog')! > vectors.similarity('cat', 'car')!);
  assert.ok(vectors.similarity('猫', 'cat')! > vectors.similarity('猫', 'car')!);
  assert.ok(TOPICS.sky.includes(vectors.nearest('moon', { count: 1, language: 'en' })[0]!.word));
  assert.ok(vectors.relevance('月亮 moon', '星星和夜空') > vectors.relevance('月亮 moon', '火车 road') + 0.2);
  assert.equal(vectors.relevance('', '星星'), 0);
  assert.ok(vectors.similarity('马车', '公路')! > vectors.similarity('马车', '猫')!, 'a word known by a piece');
  assert.equal(vectors.vector('ξξ'), undefined);
  const pairs = [
    { a: '猫', b: '狗', score: 9 },
    { a: 'cat', b: 'car', score: 1 },
    { a: '猫', b: 'unseen', score: 1 },
  ];
  assert.deepEqual(scoreSimilarity(vectors, pairs), { spearman: 1, pairs: 3, known: 2 / 3 });
  const { accuracy, known } = scoreAnalogies(vectors, [['猫', '狗', 'cat', 'dog'] as const]);
  assert.ok(known === 1 && (accuracy === 0 || accuracy === 1));
});

test('[TR223] learning that was broken off and goes on ends with the same bits', () => {
  const { corpus } = toyCorpus();
  const whole = createWordLearner(corpus, freshWordState(corpus, OPTIONS), OPTIONS);
  for (let i = 0; i < 5; i++) whole.step();
  const first = createWordLearner(corpus, freshWordState(corpus, OPTIONS), OPTIONS);
  for (let i = 0; i < 2; i++) first.step();
  const { step, input, output } = first.state;
  const second = createWordLearner(corpus, { step, input: input.slice(), output: output.slice() }, OPTIONS);
  for (let i = 0; i < 3; i++) second.step();
  assert.deepEqual(second.state, whole.state);
});

test('[TR224] rank correlation as SciPy computes it, with ties', () => {
  const [a, b] = [
    [1, 2, 2, 3, 5, 4],
    [0.3, 0.1, 0.4, 0.4, 0.9, 0.2],
  ];
  assert.ok(Math.abs(spearman(a!, b!) - 0.42647058823529416) < 1e-12);
});

test('[TR225] a folder that holds no word vectors is refused', () => {
  assert.throws(() => loadWordFolder(join(folder, 'nowhere')), { code: 'training/bad-words' });
  writeFileSync(join(folder, 'vocabulary.json'), '{"words":["a"],"counts":[1],"subwords":[]}');
  assert.throws(() => loadWordFolder(folder), { code: 'training/bad-words' });
});
