/** A plan filled by a language model. */
export { checkFilled } from './check-filled.ts';
export { fillPlan } from './fill.ts';
export { FILL_SCHEMA } from './fill-schema.ts';
