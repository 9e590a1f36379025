/** Judges word vectors: on sets that people judged, where given; on rows that anyone can check; by their nearest words. */
import { checkStop } from '../evaluation/judge/judged-pictures.ts';
import type { Judge } from '../evaluation/judge/judgement.ts';
import type { Section } from '../evaluation/report/index.ts';
import { loadWordFolder } from './word-folder.ts';
import { scoreAnalogies, scoreSimilarity } from './word-scores.ts';
import { readWordSets, type WordSet } from './word-sets.ts';
import type { WordVectors } from './word-vectors.ts';

/** Triples: the first is to be nearer to the second than to the third. */
const CHECKED = [
  ['猫', '狗', '汽车'],
  ['月亮', '星星', '火车'],
  ['猫', 'cat', 'car'],
  ['cat', 'dog', 'car'],
  ['moon', 'star', 'train'],
] as const;
const PROBES = ['猫', '月亮', '悲伤', '河', 'cat', 'moon', 'sad', 'river'];
const NEIGHBOURS = 8;

/** Throws as `loadWordFolder` and `readWordSets`. */
export const judge: Judge = async (folder, options) => {
  const { vectors, card } = loadWordFolder(folder);
  const sets = options.data === undefined ? [] : await readWordSets(options.data);
  const scores: Section[] = [];
  for (const set of sets) {
    options.onStage?.({ en: `answering ${set.name}`, zh: `作答 ${set.name}` });
    await new Promise(setImmediate); // lets Ctrl-C in
    checkStop(options.signal);
    scores.push(scoreSet(vectors, set));
  }
  return {
    card,
    report: {
      title: { en: `Word vectors ${card.name}`, zh: `词向量 ${card.name}` },
      summary: card.summary,
      facts: [
        { name: { en: 'words', zh: '词数' }, value: String(vectors.vocabulary.words.length) },
        { name: { en: 'dimensions', zh: '维数' }, value: String(vectors.dimensions) },
      ],
      sections: [...scores, checked(vectors), neighbours(vectors)],
    },
  };
};

function scoreSet(vectors: WordVectors, set: WordSet): Section {
  const known = { en: 'words known, %', zh: '词汇覆盖（%）' };
  if (set.kind === 'similarity') {
    const { spearman, pairs, known: share } = scoreSimilarity(vectors, set.pairs);
    return {
      kind: 'table',
      title: { en: `How alike two words are: ${set.name}`, zh: `两词有多相似：${set.name}` },
      note: { en: 'Rank correlation of cosines with people’s judgement.', zh: '余弦与人工评分的秩相关。' },
      columns: [{ en: 'Spearman, −1 to 1 ↑', zh: 'Spearman（−1 到 1）↑' }, known, { en: 'pairs', zh: '词对' }],
      rows: [{ name: set.name, values: [spearman, 100 * share, pairs] }],
    };
  }
  const { accuracy, questions, known: share } = scoreAnalogies(vectors, set.questions);
  return {
    kind: 'table',
    title: { en: `a is to b as c is to …: ${set.name}`, zh: `类比：${set.name}` },
    note: {
      en: 'The nearest of all words of the language must be the right one.',
      zh: '须在该语言的全部词中恰好选中。',
    },
    columns: [{ en: 'right, % ↑', zh: '正确（%）↑' }, known, { en: 'questions', zh: '题数' }],
    rows: [{ name: set.name, values: [100 * accuracy, 100 * share, questions] }],
  };
}

function checked(vectors: WordVectors): Section {
  return {
    kind: 'bars',
    title: { en: 'Nearer to the first than to the second?', zh: '与前者更近，还是与后者？' },
    y: { en: 'cosine', zh: '余弦' },
    series: [
      { en: 'with the first', zh: '与前者' },
      { en: 'with the second', zh: '与后者' },
    ],
    bars: CHECKED.map(([word, near, far]) => ({
      name: `${word}: ${near} / ${far}`,
      values: [near, far].map((other) => vectors.similarity(word, other) ?? Number.NaN),
    })),
  };
}

function neighbours(vectors: WordVectors): Section {
  const list = (word: string, language: 'zh' | 'en'): string =>
    vectors
      .nearest(word, { count: NEIGHBOURS, language })
      .map(({ word: other, similarity }) => `${other} ${similarity.toFixed(2)}`)
      .join('\n');
  return {
    kind: 'samples',
    title: { en: 'Nearest words', zh: '最近的词' },
    columns: [
      { en: 'Chinese', zh: '中文' },
      { en: 'English', zh: '英文' },
    ],
    samples: PROBES.map((word) => ({ prompt: word, texts: [list(word, 'zh'), list(word, 'en')] })),
  };
}
