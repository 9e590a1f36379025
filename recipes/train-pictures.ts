/**
 * Trains a picture recipe, or goes on with it:  node recipes/train-pictures.ts <recipe> <folder of pictures> <run folder>
 * where <recipe> is the name of a folder beside this file, such as gan-tiles.
 */
import { readFile } from 'node:fs/promises';
import { runRecipe } from '../src/training/loop/courses.ts';

const [name, pictures, out] = process.argv.slice(2);
if (!name || !pictures || !out) {
  console.error('usage: train-pictures.ts <recipe> <folder of pictures> <run folder>');
  process.exit(64);
}
const recipe = JSON.parse(await readFile(new URL(`./${name}/recipe.json`, import.meta.url), 'utf8'));
const began = performance.now();
const options = { ...recipe, pictures: { ...recipe.pictures, folder: pictures }, out, threads: 2 };
await runRecipe(options, {
  onEvent: (event) => {
    if (event.type === 'training-step' && event.step % 20 !== 0) return;
    console.log(Math.round((performance.now() - began) / 1000), JSON.stringify(event));
  },
});
