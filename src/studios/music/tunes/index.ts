/**
 * Tunes: the language in which the tune model reads and writes, tunes by rule, and composing with the model.
 */
export * from './compose/index.ts';
export * from './events/index.ts';
export * from './learn/index.ts';
export { composeByRules, PROFILED_STYLES, settleWish } from './rules/index.ts';
export {
  countStyle,
  isDull,
  isLeading,
  modeClarity,
  type StyledMelody,
  styledMelodyOf,
  styleEvidence,
  styleLikelihoods,
  varietyOf,
} from './style/index.ts';
export { type TuneWish, tuneWishSchema } from './wish.ts';
