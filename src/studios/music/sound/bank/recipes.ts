/** Which recipe makes which instrument. */
import { BOWED } from './bowed.ts';
import { PLUCKED } from './plucked-instruments.ts';
import type { Recipe } from './recipe.ts';

/** Recipes by instrument id. */
export const RECIPES: Readonly<Record<string, Recipe>> = { ...PLUCKED, ...BOWED };
