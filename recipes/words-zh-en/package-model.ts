/**
 * Makes the shipped folder of word vectors, scores them, and writes its README:
 *
 *   node recipes/words-zh-en/package-model.ts PREPARED_FOLDER DATA_FOLDER OUT_FOLDER
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors, words as wordTools } from '../../src/training/index.ts';
import { type Scores, scoreWords } from './scores.ts';

const { finishVectors, isChinese, loadWordFolder, saveWordFolder, subwordRows } = wordTools;
const recipe = JSON.parse(readFileSync(join(import.meta.dirname, 'recipe.json'), 'utf8'));
const [prepared, data, out] = process.argv.slice(2);
if (prepared === undefined || data === undefined || out === undefined) {
  throw new Error('usage: package-model.ts PREPARED_FOLDER DATA_FOLDER OUT_FOLDER');
}
const vocabulary = JSON.parse(readFileSync(join(prepared, 'vocabulary.json'), 'utf8')) as wordTools.Vocabulary;
const state = readSafetensors(readFileSync(join(prepared, 'state.safetensors')), 'state.safetensors');
const language = (list: readonly string[]): Uint8Array => Uint8Array.from(list, (word) => Number(!isChinese(word)));
const vectors = finishVectors(state.get('input')!.data, subwordRows(vocabulary), {
  words: language(vocabulary.words),
  subwords: language(vocabulary.subwords),
});
const card = {
  name: 'words',
  licence: 'Apache-2.0',
  summary: {
    en: 'Word vectors in Chinese and English, in one space: nearest words, similarity, relevance to a brief.',
    zh: '中英文词向量，同处一个空间：近义词、相似度、与创作要求的相关度。',
  },
  parameters: vectors.words.length + vectors.subwords.length,
  trainedOn: [
    { name: 'Chinese novels and poems in the public domain (chinese-novel, chinese-poetry)', licence: 'MIT' },
    { name: 'English books and poems (Project Gutenberg)', licence: 'public domain' },
    { name: 'Tatoeba sentence pairs', licence: 'CC BY 2.0 FR' },
    { name: 'Emoji names and tags (Unicode CLDR)', licence: 'Unicode-3.0' },
  ],
  recipe,
  limits: {
    en: 'Learned from old books, and from few modern sentences: words of the modern world are known by little. Old texts carry the prejudices of their time.',
    zh: '主要学自旧书，现代语句很少：现代事物的词义了解有限。旧文本带有其时代的偏见。',
  },
};
await saveWordFolder(out, { vocabulary, vectors, card });
const scores = scoreWords(loadWordFolder(out).vectors, data);
await saveWordFolder(out, { vocabulary, vectors, card: { ...card, scores: JSON.parse(JSON.stringify(scores)) } });
writeFileSync(join(out, 'README.md'), readme(scores));
const bytes = ['words.safetensors', 'vocabulary.json', 'card.json'].map((name) => statSync(join(out, name)).size);
process.stdout.write(`${JSON.stringify(scores, null, 2)}\n${(bytes.reduce((a, b) => a + b) / 1e6).toFixed(1)} MB\n`);

function readme({ similarity, analogies, sanity, translation }: Scores): string {
  const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const rows = Object.entries(analogies).map(
    ([name, score]) => `| ${name} | ${share(score.accuracy)} | ${share(score.known)} of ${score.questions} |`,
  );
  return `---
license: apache-2.0
language: [zh, en]
tags: [word-vectors, fasttext-like]
---

# words

${card.summary.en}

${card.summary.zh}

${vocabulary.words.length} words and ${vocabulary.subwords.length} subwords, ${recipe.training.dimensions} numbers each, 8 bits a number.

**Limits.** ${card.limits.en}

**局限。** ${card.limits.zh}

## Scores · 得分

| set · 测试集 | score · 得分 | words known · 词汇覆盖 |
| --- | --- | --- |
| WordSim-353 (Spearman) | ${similarity.spearman.toFixed(3)} | ${share(similarity.known)} of ${similarity.pairs} |
${rows.join('\n')}
| English → Chinese names of things, first of all words · 英译中首选 | ${share(translation.first)} | ${translation.words} words |
| the same, among the first ten · 前十 | ${share(translation.firstTen)} | ${translation.words} words |

${sanity.map((row) => `- ${row.a}–${row.b} ${row.near.toFixed(3)}, ${row.a}–${row.c} ${row.far.toFixed(3)}`).join('\n')}

The names of things were among the training pairs: that row shows whether the two languages share a space, not how well
unseen words are translated. 该行所用的名称见于训练，只说明两种语言是否同处一个空间。

Made by \`recipes/words-zh-en\`: prepare, train, package-model. 
`.replace(' \n', '\n');
}
