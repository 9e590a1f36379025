/** How pictures say in their files how they were made: ours, and those of other generators. */
export type { Generation } from './generation.ts';
export { type Asked, type OwnRecord, parseRecord, type Recipe, recipeSchema } from './own-record.ts';
export { readGeneration } from './read-generation.ts';
export { OWN_KEY, readTexts } from './read-texts.ts';
export { encodeWithRecord } from './write-metadata.ts';
