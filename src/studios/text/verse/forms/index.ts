export { findForm, findForms, getForm, listForms } from './catalogue.ts';
export { coreTones, type LineType, lineTypes, opposite } from './regulated.ts';
export { listTonePatterns, type TonePattern } from './tone-patterns.ts';
export type { FormRules, LinePattern, Refrain, ToneMark, VerseForm } from './types.ts';
