/** Variations of a tune, and ways between two. */
export { interpolate } from './interpolate.ts';
export { VARIATIONS, type Variation, vary } from './vary.ts';
