/**
 * Trains the encoder, or goes on with it:
 *
 *   node recipes/encoder-zh-en/train.ts DATASET_FOLDER RUN_FOLDER [STEPS]
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runRecipe } from '../../src/training/loop/courses.ts';

const { data: _, ...recipe } = JSON.parse(readFileSync(join(import.meta.dirname, 'recipe.json'), 'utf8'));
const [dataset, out, steps] = process.argv.slice(2);
if (dataset === undefined || out === undefined) throw new Error('usage: train.ts DATASET_FOLDER RUN_FOLDER [STEPS]');
await runRecipe(
  { ...recipe, dataset, out, threads: 2, ...(steps === undefined ? {} : { steps: Number(steps) }) },
  {
    onEvent: (event) => {
      if (event.type === 'training-step' && event.step % 20 !== 0) return;
      process.stderr.write(`${JSON.stringify(event)}\n`);
    },
  },
);
