/** A plan filled by a language model. */
export { fillPlan } from './fill.ts';
