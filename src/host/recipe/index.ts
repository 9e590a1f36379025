/** The recipe of a work, and how it travels in files. */
export { carries, carryRecipe, RECIPE_MARK } from './carry-recipe.ts';
export { type Recipe, type RecipeStep, recipeOf } from './recipe-of.ts';
