/** Tunes by rule. */
export { composeByRules, type SettledWish, settleWish } from './compose-by-rules.ts';
export { createLadder, type Ladder, supportOf } from './ladder.ts';
export { PROFILED_STYLES, profileOf } from './profile.ts';
