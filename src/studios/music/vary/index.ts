/** Variations of a tune, and ways between two. */
export { continueByRules } from './continue-by-rules.ts';
export { fillByRules, type Gap, standsIn } from './fill-by-rules.ts';
export { interpolate } from './interpolate.ts';
export { VARIATIONS, type Variation, vary } from './vary.ts';
