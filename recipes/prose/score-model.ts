/**
 * Measures a packaged prose model on held-out chapters beside a 5-gram model of the same training text, lets it write from
 * a few openings, and puts all of it into the model's own card.json and README.md:
 *
 *   node recipes/prose/score-model.ts DATASET_FOLDER MODEL_FOLDER
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../src/core/index.ts';
import { createHouseTokenModel } from '../../src/drivers/house/index.ts';
import { proseOptionsSchema } from '../../src/studios/text/prose/options.ts';
import { writePassage } from '../../src/studios/text/prose/write-passage.ts';
import { evaluateModel } from '../../src/training/index.ts';

/** Openings, each gone on from with seed 1. */
const OPENINGS = [
  '却说那老者见了众人，',
  '是夜月明如昼，',
  'The old man looked at the sea and',
  '"Come in," said the girl,',
];

const [dataset, folder] = process.argv.slice(2);
if (dataset === undefined || folder === undefined) throw new Error('usage: score-model.ts DATASET_FOLDER MODEL_FOLDER');
const description = JSON.parse(readFileSync(join(dataset, 'dataset.json'), 'utf8')) as {
  readonly splits: Readonly<Record<string, { readonly tokens: number; readonly characters: number }>>;
};
const { model, baseline } = await evaluateModel(folder, dataset, { split: 'test' });
const { tokens, characters } = description.splits.test!;
const bits = (loss: number): number => round((loss / Math.LN2) * (tokens / characters));
const scores = {
  heldOut: {
    tokens: model.tokens,
    perplexityPerToken: round(model.perplexity),
    bitsPerCharacter: bits(model.loss),
  },
  fiveGram: { perplexityPerToken: round(baseline!.perplexity), bitsPerCharacter: bits(baseline!.loss) },
};
const path = join(folder, 'card.json');
const card = { ...JSON.parse(readFileSync(path, 'utf8')), scores };
writeFileSync(path, `${JSON.stringify(card, null, 2)}\n`);
writeFileSync(join(folder, 'README.md'), readme(await writeSamples(folder)));
process.stdout.write(`${JSON.stringify(scores)}\n`);

async function writeSamples(modelFolder: string): Promise<string[]> {
  await using writer = await createHouseTokenModel(modelFolder, { arithmetic: 'I8' });
  const samples: string[] = [];
  for (const opening of OPENINGS) {
    const options = proseOptionsSchema.parse({ opening, length: /[a-z]/.test(opening) ? 240 : 100 });
    const signal = new AbortController().signal;
    const passage = await writePassage({ model: writer, options, random: createRandom('1'), signal, onText: () => {} });
    samples.push(`> **${opening}** ${passage.text.trim().split(/\n+/).join('\n>\n> ')}`);
  }
  return samples;
}

function readme(samples: readonly string[]): string {
  return `# prose

A small model of old novels in Chinese and English: the ground on which a voice of one's own is trained
(\`llmagentos train --on my-novels/ --name my-voice\`). It goes on from an opening; it does not follow instructions.

读过中英文旧小说的小模型：用 \`llmagentos train --on 我的小说/ --name 我的声音\` 训练你自己声音的底子。它会接着开头写，不会听从指令。

Made with recipes/prose (prepare.ts, recipes/pytorch/train.py in bfloat16, package-model.ts, score-model.ts); byte-level BPE of
8,192 tokens, ${(card.parameters / 1e6).toFixed(1)} million parameters, Llama shape. Withheld from training, so that others can be measured on them: 曹雪芹、高鹗,
蒲松龄, L. Frank Baum.

| held-out chapters · 留出章节 | perplexity per token · 每词元困惑度 | bits per character · 每字符比特 |
| --- | --- | --- |
| this model · 本模型 | ${scores.heldOut.perplexityPerToken} | ${scores.heldOut.bitsPerCharacter} |
| 5-gram (Kneser–Ney) of the same training text · 同一训练文本的五元模型 | ${scores.fiveGram.perplexityPerToken} | ${scores.fiveGram.bitsPerCharacter} |

Old texts carry the prejudices of their time. · 旧文本带有当时的偏见。

## As it writes · 它写的样子

Seed 1, first draw. · 种子 1，未经挑选。

${samples.join('\n\n')}
`;
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}
