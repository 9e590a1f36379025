/** All plucked instruments of the house. */
import { pluckedRecipe } from './plucked.ts';
import { CHINESE_STRINGS } from './plucked-chinese.ts';
import { WESTERN_STRINGS } from './plucked-western.ts';
import type { Recipe } from './recipe.ts';

/** Recipes by instrument id. */
export const PLUCKED: Readonly<Record<string, Recipe>> = Object.fromEntries(
  Object.entries({ ...CHINESE_STRINGS, ...WESTERN_STRINGS }).map(([id, string]) => [id, pluckedRecipe(string)]),
);
