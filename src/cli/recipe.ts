/**
 * A recipe: what to train, as data. `model` holds the sizes, `training` the engine's own options, and two short names of
 * them (`warmupSteps`, `weightDecay`). Entries that other engines understand alone are passed over, and named.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { OsError } from '../core/index.ts';
import { SOURCES_RECIPE, type SourcesRecipe } from './own-sources.ts';

const RECIPE = z.looseObject({
  name: z.string().optional(),
  seed: z.union([z.int(), z.string()]).optional(),
  model: z.looseObject({}).optional(),
  training: z.looseObject({ warmupSteps: z.int().optional(), weightDecay: z.number().optional() }).optional(),
});

/** Options for the training engine, still to be checked by it, and what was passed over. */
export interface ReadRecipe {
  readonly options: Readonly<Record<string, unknown>>;
  readonly passedOver: readonly string[];
}

/** A recipe of another network than a language model: handed over whole. */
export interface ReadCourse {
  readonly kind: string;
  readonly [option: string]: unknown;
}

/**
 * The recipe of a network that names its `kind`, told where its data lie: `data` is the folder of pictures or the dataset,
 * `vae` that of the autoencoder whose latents are learned. Undefined for language models. Throws as `readRecipe`.
 */
export function findCourse(path: string, data: string, vae?: string): ReadCourse | undefined {
  const recipe = parseRecipe(path) as Readonly<Record<string, unknown>>;
  if (typeof recipe.kind !== 'string' || recipe.kind === 'gpt') return undefined;
  const { pictures } = recipe;
  const found = typeof pictures === 'object' ? { pictures: { ...pictures, folder: data } } : { dataset: data };
  const decoder = vae ?? recipe.vae;
  return {
    ...recipe,
    kind: recipe.kind,
    ...found,
    ...(typeof decoder === 'string' ? { vae: findModel(resolve(decoder)) } : {}),
  };
}

/** The model folder of a run that is done, or the folder itself. */
export function findModel(folder: string): string {
  const finished = join(folder, 'model');
  return existsSync(join(finished, 'card.json')) ? finished : folder;
}

/** Reads a recipe file, or `recipe.json` of a folder; `known` names the engine's options. Throws `cli/recipe-missing`, `cli/bad-recipe`. */
export function readRecipe(path: string, known: readonly string[]): ReadRecipe {
  const { name, seed, model, training = {} } = parseRecipe(path);
  const { warmupSteps, weightDecay, ...rest } = training;
  const passedOver = Object.keys(rest).filter((key) => !known.includes(key));
  const options = {
    ...Object.fromEntries(Object.entries(rest).filter(([key]) => known.includes(key))),
    ...(warmupSteps === undefined ? {} : { schedule: { ...Object(rest.schedule), warmupSteps } }),
    ...(weightDecay === undefined ? {} : { adam: { ...Object(rest.adam), weightDecay } }),
    name,
    seed,
    model,
  };
  return { options, passedOver };
}

function fileOf(path: string): string {
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'recipe.json') : path;
  if (!existsSync(file)) throw recipeMissing(file);
  return file;
}

/** What a recipe says, unchecked but for its outline; `path` as for `readRecipe`. */
export function parseRecipe(path: string): z.output<typeof RECIPE> {
  const file = fileOf(path);
  try {
    return RECIPE.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw badRecipe(file, cause);
  }
}

/** A recipe that names repositories to learn from; undefined for the others. Throws as `readRecipe`. */
export function findSources(path: string): SourcesRecipe | undefined {
  const recipe = parseRecipe(path);
  if (recipe.sources === undefined) return undefined;
  const parsed = SOURCES_RECIPE.safeParse(recipe);
  if (parsed.success) return parsed.data;
  throw badRecipe(path, parsed.error);
}

function badRecipe(file: string, cause: unknown): OsError {
  const reason = cause instanceof z.ZodError ? z.prettifyError(cause).replace(/\s*\n\s*/g, ' ') : String(cause);
  return new OsError({
    kind: 'input',
    code: 'cli/bad-recipe',
    message: `“${file}” is not a recipe: ${reason}.`,
    hint: 'A recipe is JSON with name, seed, model and training, or with sources; see docs/recipes.md.',
    zh: {
      message: `“${file}”不是配方：${reason}。`,
      hint: '配方是含 name、seed、model、training 或 sources 的 JSON；见 docs/recipes.md。',
    },
    cause,
  });
}

function recipeMissing(file: string): OsError {
  const folder = dirname(file);
  const beside = existsSync(folder) ? readdirSync(folder).filter((name) => /^recipe-.+\.json$/.test(name)) : [];
  const names = beside.map((name) => join(folder, name));
  return new OsError({
    kind: 'missing',
    code: 'cli/recipe-missing',
    message: `There is no recipe “${file}”.`,
    hint: names.length
      ? `Name one of: ${names.join(', ')}.`
      : 'Name a recipe file, or a folder that holds recipe.json, such as recipes/verse-zh.',
    zh: {
      message: `没有配方“${file}”。`,
      hint: names.length
        ? `请指明其中之一：${names.join('、')}。`
        : '请指明配方文件，或含 recipe.json 的文件夹，如 recipes/verse-zh。',
    },
  });
}
