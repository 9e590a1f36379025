/**
 * Lays out what the sticker network learns from for recipes/pytorch/diffusion.py, which trains it faster where there is a
 * GPU or bfloat16: latents, prompts as numbers, and the model folder it starts from.
 *
 *   node recipes/stickers/lay-out.ts recipes/stickers/recipe.json SHEETS LATENT OUT [--from MODEL]
 *
 * SHEETS is the folder that prepare.ts made, LATENT the trained autoencoder. OUT gets `train.safetensors` and
 * `validation.safetensors` (latents plain and mirrored, (n, C, H, W), scaled; `asked`, (n, ASKED, width): what each may be
 * asked for by) and `start/`, a model folder with fresh weights, or those of MODEL.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/core/index.ts';
import {
  createParameters,
  diffusion,
  formatSafetensors,
  loadPictureAtlas,
  loadVaeFolder,
  words as wordVectors,
} from '../../src/training/index.ts';

/** Prompts laid out for each picture. */
const ASKED = 16;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { from: { type: 'string' } } });
const [recipe, sheets, latent, out] = positionals;
if (!recipe || !sheets || !latent || !out) throw new Error('usage: lay-out.ts RECIPE SHEETS LATENT OUT [--from MODEL]');
const options = diffusion.diffusionCourseOptions({ ...readRecipe(recipe), vae: latent, out });
const set = await loadPictureAtlas(sheets, { width: 128 });
const collection = await diffusion.loadLatents(diffusion.pictureCollection(set, options), latent, options);
const { vectors } = wordVectors.loadWordFolder(options.words!);
const words = { dimensions: vectors.dimensions, styles: [...(collection.styles ?? [])] };
const config = diffusion.diffusionConfig({
  picture: collection.picture,
  labels: [],
  words,
  network: options.network,
  process: options.process,
  prediction: options.prediction,
  scaling: collection.scaling ?? null,
  clip: null,
  decoder: 'vae',
});
const promptRow = diffusion.createPromptRow(words, vectors);
mkdirSync(out, { recursive: true });
layOut('train', collection.train);
if (collection.validation) layOut('validation', collection.validation);
const parameters = values.from
  ? (await diffusion.loadDiffusionFolder(values.from)).parameters
  : createParameters(diffusion.diffusionParameters(config), options.seed);
await diffusion.saveDiffusionFolder(
  join(out, 'start'),
  { config, parameters, card: cardOf(), vae: await loadVaeFolder(latent), words: options.words },
  { precision: 'F32' },
);
process.stdout.write(`${collection.train.count} pictures, styles ${words.styles.join(', ')}\n`);

function readRecipe(path: string): Record<string, unknown> {
  const { kind: _, name, ...recipe } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  return { name, ...recipe };
}

function layOut(name: string, data: diffusion.DiffusionData): void {
  const all = Array.from({ length: data.count }, (_, i) => i);
  const { channels, height, width } = collection.picture;
  const shape = [data.count, channels, height, width];
  const random = createRandom(`${options.seed}/${name}`);
  const side = (mirrored: boolean): Float32Array => {
    const always = { ...random, next: () => (mirrored ? 0.1 : 0.9) };
    return scaled(data.batch(all, always));
  };
  const rows = all.flatMap((i) => Array.from({ length: ASKED }, () => promptRow(data.promptOf!(i, random))));
  const asked = new Float32Array(rows.length * rows[0]!.length);
  rows.forEach((row, i) => {
    asked.set(row, i * row.length);
  });
  const tensors = new Map([
    ['plain', { shape, data: side(false) }],
    ['mirrored', { shape, data: side(true) }],
    ['asked', { shape: [data.count, ASKED, rows[0]!.length], data: asked }],
  ]);
  writeFileSync(join(out!, `${name}.safetensors`), formatSafetensors(tensors, { precision: 'F32' }));
}

/** As the course does before a step: mean 0 and deviation 1 by channel. */
function scaled(latents: Float32Array): Float32Array {
  const { mean, deviation } = config.scaling!;
  const area = collection.picture.height * collection.picture.width;
  return latents.map((value, i) => {
    const channel = Math.floor(i / area) % mean.length;
    return (value - mean[channel]!) / deviation[channel]!;
  });
}

function cardOf() {
  const { name, licence, trainedOn, validationShare, pictures } = options;
  const { folder: _, ...source } = pictures;
  return {
    name,
    licence,
    summary: { en: 'Makes small pictures of things out of words.', zh: '由文字生成物件小图。' },
    trainedOn: [...trainedOn],
    pictures: collection.digest,
    learning: { source, pictures: collection.pixels, validationShare },
  };
}
