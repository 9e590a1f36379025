/**
 * Makes the shipped folder of word vectors out of a trained one, scores them, and writes its README:
 *
 *   node recipes/words-zh-en/package-model.ts MODEL_FOLDER DATA_FOLDER OUT_FOLDER
 */
import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { words as wordTools } from '../../src/training/index.ts';
import { type Scores, scoreWords } from './scores.ts';

const recipe = JSON.parse(readFileSync(join(import.meta.dirname, 'recipe.json'), 'utf8'));
const [model, data, out] = process.argv.slice(2);
if (model === undefined || data === undefined || out === undefined) {
  throw new Error('usage: package-model.ts MODEL_FOLDER DATA_FOLDER OUT_FOLDER');
}
cpSync(model, out, { recursive: true });
const { vectors, card: trained } = wordTools.loadWordFolder(out);
const { vocabulary } = vectors;
const scores = scoreWords(vectors, data);
const card = { ...trained, name: 'words', recipe, scores: JSON.parse(JSON.stringify(scores)) };
writeFileSync(join(out, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
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

${vocabulary.words.length} words and ${vocabulary.subwords.length} subwords, ${vectors.dimensions} numbers each, 8 bits a number.

**Limits.** ${recipe.limits.en}

**局限。** ${recipe.limits.zh}

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

Made by \`recipes/words-zh-en\`: prepare, \`llmagentos train\`, package-model. 
`.replace(' \n', '\n');
}
