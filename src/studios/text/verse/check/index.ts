export { type CheckOptions, checkVerse, formName, lineViolations } from './check-verse.ts';
export { type ExplainLanguage, explainProof } from './explain.ts';
export { type MarkedDraft, markDraft, OPEN } from './mark-draft.ts';
export { pairAffinity } from './parallelism.ts';
export { parseVerse } from './verse-text.ts';
