/** Composing under a form: the door of this folder. */
export { type Candidate, type ComposeRequest, composePoems } from './compose.ts';
export { fitForm, formWish, refuseLonger } from './fit-length.ts';
export { createLettering, type Lettering } from './lettering.ts';
export { type ComposeOptions, composeOptionsSchema } from './options.ts';
export { type Scores, WEIGHTS } from './rank.ts';
export { type Change, planRepair, type RepairPlan } from './repair.ts';
export { type Suggestion, type SuggestRequest, suggestCharacters } from './suggest.ts';
export { resolveWish, type Wish } from './wish.ts';
