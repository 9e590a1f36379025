/**
 * Makes the shipped model folder out of trained weights:
 *
 *   node recipes/verse-zh/package-model.ts DATASET_FOLDER WEIGHTS_FOLDER OUT_FOLDER
 *
 * WEIGHTS_FOLDER holds config.json and model.safetensors, from either trainer. Tokeniser and card are written new, the novelty
 * index is copied from the dataset folder. Scores come later, from score-model.ts.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCharacterTokenizer, parseConfig, readSafetensors, saveModelFolder } from '../../src/training/index.ts';

const [dataset, weightsFolder, out] = process.argv.slice(2);
if (dataset === undefined || weightsFolder === undefined || out === undefined) {
  throw new Error('usage: package-model.ts DATASET_FOLDER WEIGHTS_FOLDER OUT_FOLDER');
}
const readJson = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const recipe = readJson(join(import.meta.dirname, 'recipe.json'));
const facts = readJson(join(dataset, 'dataset.json'));
const vocabulary = JSON.parse(readFileSync(join(dataset, 'vocabulary.json'), 'utf8')) as string[];
const stored = readSafetensors(readFileSync(join(weightsFolder, 'model.safetensors')), 'model.safetensors');

mkdirSync(out, { recursive: true });
await saveModelFolder(out, {
  config: parseConfig(readFileSync(join(weightsFolder, 'config.json'), 'utf8')),
  tokenizer: createCharacterTokenizer(vocabulary),
  weights: new Map([...stored].map(([name, { data }]) => [name, data as Float32Array])),
  card: {
    name: 'verse-zh',
    licence: 'Apache-2.0',
    summary: {
      en: 'A small language model of classical Chinese verse, steered by form, themes, title and rhyme.',
      zh: '古典诗词小模型，可用体裁、主题词、题目和韵部引导。',
    },
    trainedOn: [
      {
        name: '全唐诗 (chinese-poetry)',
        licence: 'MIT; poems in the public domain',
        url: 'https://github.com/chinese-poetry/chinese-poetry',
      },
      {
        name: '宋词、花间集、南唐二主词 (chinese-poetry)',
        licence: 'MIT; poems in the public domain',
        url: 'https://github.com/chinese-poetry/chinese-poetry',
      },
      {
        name: '全宋诗, poets still anthologised (chinese-poetry)',
        licence: 'MIT; poems in the public domain',
        url: 'https://github.com/chinese-poetry/chinese-poetry',
      },
      {
        name: '先秦至元诗 (Werneror/Poetry)',
        licence: 'MIT; poems in the public domain',
        url: 'https://github.com/Werneror/Poetry',
      },
    ],
    dataset: facts,
    recipe,
    limits: {
      en: 'Writes in the manner of Tang and Song verse; imitates, and does not know the modern world. Sense can falter within a couplet. Old texts carry the prejudices of their time.',
      zh: '仿唐宋诗词的笔法写作，不识今世之事；一联之内文意偶有不通。古籍带有其时代的偏见。',
    },
  },
});
const index = join(dataset, 'novelty.bin');
if (existsSync(index)) copyFileSync(index, join(out, 'novelty.bin'));
