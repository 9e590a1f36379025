/** Which recipe makes which instrument. */
import { BLOWN } from './blown-instruments.ts';
import { BOWED } from './bowed.ts';
import { DRUMS } from './drum-kit.ts';
import { KEYBOARDS } from './keyboards.ts';
import { PLUCKED } from './plucked-instruments.ts';
import type { Recipe } from './recipe.ts';
import { STRUCK } from './struck.ts';
import { SYNTHS } from './synths.ts';
import { VOICES } from './voices.ts';

/** Recipes by instrument id; every instrument has one. */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  ...PLUCKED,
  ...BOWED,
  ...BLOWN,
  ...KEYBOARDS,
  ...STRUCK,
  ...VOICES,
  ...SYNTHS,
  ...DRUMS,
};
