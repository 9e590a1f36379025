/**
 * Trains the recipe of this folder on the latents of an autoencoder, or goes on with it:
 *   node recipes/diffusion-latent/train.ts <folder of emoji> <folder of the autoencoder> <run folder>
 */
import { readFile } from 'node:fs/promises';
import { runRecipe } from '../../src/training/loop/courses.ts';

const [pictures, vae, out] = process.argv.slice(2);
if (!pictures || !vae || !out) {
  console.error('usage: train.ts <folder of emoji> <folder of the autoencoder> <run folder>');
  process.exit(64);
}
const recipe = JSON.parse(await readFile(new URL('./recipe.json', import.meta.url), 'utf8'));
const options = { ...recipe, pictures: { ...recipe.pictures, folder: pictures }, vae, out, threads: 2 };
const began = performance.now();
await runRecipe(options, {
  onEvent: (event) => {
    if (event.type === 'training-step' && event.step % 20 !== 0) return;
    console.log(Math.round((performance.now() - began) / 1000), JSON.stringify(event));
  },
});
