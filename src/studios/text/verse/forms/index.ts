export { findForm, findForms, getForm, listForms } from './catalogue.ts';
export { coreTones, type LineType, lineTypes, opposite } from './regulated.ts';
export type { FormRules, LinePattern, Refrain, ToneMark, VerseForm } from './types.ts';
