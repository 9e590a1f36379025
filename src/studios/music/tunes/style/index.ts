/** Manners of melodies: what they are known by, how much a melody has of one, and how plain its mode is. */
export { isLeading, styledMelodyOf } from './melody-of-score.ts';
export { modeClarity } from './mode-clarity.ts';
export { modeLeaning } from './mode-leaning.ts';
export { COUNTED_STYLES, countStyle, type StyleTable, styleEvidence, styleLikelihoods } from './style-evidence.ts';
export type { StyledMelody } from './turns.ts';
export { isDull, varietyOf } from './variety.ts';
