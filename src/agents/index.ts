/** Agents of the atelier: roles, their prompts in both languages, and the rules they go by where no language model thinks. */

export { actOfTalk } from './act-of-talk.ts';
export { type Difference, differences } from './differences.ts';
export { findRole, promptMarkOf, promptOf, ROLES, type Role, rulesMind, toolboxOf } from './roles.ts';
export type { Rating } from './tools/rate.ts';
