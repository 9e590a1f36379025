export {
  defineOp,
  type InputWork,
  type Op,
  type OpContext,
  type OpDefinition,
  type OpInput,
  type OpOutput,
  type OpResult,
  type Preview,
  type Progress,
} from './op.ts';
export {
  type Bilingual,
  bilingualSchema,
  type Plan,
  planSchema,
  type Theme,
  themeSchema,
  type VerseWish,
  verseWishSchema,
} from './plan.ts';
export type { ModelIdentity, TokenBatch, TokenModel } from './ports/token-model.ts';
export { hashRecord, type OpRecord } from './record.ts';
export { defineStudio, type Format, type Measure, refuseDuplicates, type Studio } from './studio.ts';
export { nameWork, type Work, type WorkFacts } from './work.ts';
