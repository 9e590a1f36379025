/**
 * Puts a trained prose model into a model folder: weights in 16 bits, tokeniser, configuration and card.
 *
 *   node recipes/prose/package-model.ts DATASET_FOLDER WEIGHTS_FOLDER OUT_FOLDER [SCORES_JSON]
 *
 * WEIGHTS_FOLDER holds config.json and model.safetensors, as either trainer leaves them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  parameterCount,
  parseConfig,
  parseTokenizer,
  readSafetensors,
  saveModelFolder,
} from '../../src/training/index.ts';

const [dataset, weightsFolder, out, scores] = process.argv.slice(2);
if (dataset === undefined || weightsFolder === undefined || out === undefined) {
  throw new Error('usage: package-model.ts DATASET_FOLDER WEIGHTS_FOLDER OUT_FOLDER [SCORES_JSON]');
}
const recipe = JSON.parse(readFileSync(join(import.meta.dirname, 'recipe.json'), 'utf8')) as {
  readonly data: { readonly withheldAuthors: readonly string[] };
};
const config = parseConfig(
  readFileSync(join(weightsFolder, 'config.json'), 'utf8'),
  join(weightsFolder, 'config.json'),
);
const stored = readSafetensors(
  readFileSync(join(weightsFolder, 'model.safetensors')),
  join(weightsFolder, 'model.safetensors'),
);
await saveModelFolder(out, {
  config,
  tokenizer: parseTokenizer(readFileSync(join(dataset, 'tokenizer.json'), 'utf8')),
  weights: new Map([...stored].map(([name, { data }]) => [name, data])),
  card: {
    name: 'prose',
    licence: 'Apache-2.0',
    writes: 'prose',
    summary: {
      en: 'A small model of old novels in Chinese and English: the ground on which a voice of your own is trained.',
      zh: '读过中英文旧小说的小模型：训练你自己声音的底子。',
    },
    parameters: parameterCount(config),
    trainedOn: [
      {
        name: 'Chinese classical novels and tales (109 works)',
        licence: 'public domain, texts from the collection chinese-novel (MIT)',
        withheld: recipe.data.withheldAuthors,
      },
      {
        name: 'English prose of 100 authors, first published before 1930',
        licence: 'public domain in the United States',
        withheld: recipe.data.withheldAuthors,
      },
    ],
    recipe: 'recipes/prose/recipe.json',
    ...(scores === undefined ? {} : { scores: JSON.parse(readFileSync(scores, 'utf8')) as Record<string, number> }),
  },
});
