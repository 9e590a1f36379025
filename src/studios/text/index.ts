/** The text studio: poems that can be proved, and prose in a model's voice. */
import { defineStudio } from '../../kernel/index.ts';
import { acceptVerse } from './accept.ts';
import { suggestAlternatives } from './alternatives.ts';
import { checkVerseOp } from './check.ts';
import { completeProse } from './complete-prose.ts';
import { composeVerse } from './compose.ts';
import { critiqueText } from './critique.ts';
import { poemFormats } from './formats/poem-formats.ts';
import { proseFormats } from './formats/prose-formats.ts';
import { keepProse } from './keep-prose.ts';
import { keepVerse } from './keep-verse.ts';
import { listVerseForms } from './list-forms.ts';
import { markVerse } from './mark-verse.ts';
import { proseAsWritten } from './prose/as-written.ts';
import type { Prose } from './prose/prose.ts';
import { repairVerse } from './repair.ts';
import { suggestVerse } from './suggest.ts';
import { formatPoem } from './verse/format-poem.ts';
import type { Poem } from './verse/poem.ts';
import { writeProse } from './write-prose.ts';

export const textStudio = defineStudio({
  name: 'text',
  medium: 'verse',
  ops: [
    composeVerse,
    checkVerseOp,
    repairVerse,
    acceptVerse,
    listVerseForms,
    markVerse,
    suggestVerse,
    keepVerse,
    writeProse,
    completeProse,
    keepProse,
    suggestAlternatives,
  ],
  formats: [...poemFormats, ...proseFormats],
  words: ({ work, document }) => (work.medium === 'prose' ? (document as Prose).text : formatPoem(document as Poem)),
  critique: critiqueText,
  asWritten: proseAsWritten,
});

export type { Completion, WrittenToken } from './prose/complete-tokens.ts';
export type { Prose } from './prose/prose.ts';
export { checkVerse, explainProof } from './verse/check/index.ts';
export { fitForm, formWish, refuseLonger, type Scores } from './verse/compose/index.ts';
export { formatPoem } from './verse/format-poem.ts';
export { findForms, listForms, type VerseForm } from './verse/forms/index.ts';
export type { NoveltyReport } from './verse/novelty/index.ts';
export type { Poem, Proof, SyllableProof, Violation } from './verse/poem.ts';
export { CONTROL_TOKENS } from './verse/prompt.ts';
export { RHYME_BOOKS, type RhymeBookName } from './verse/prosody/index.ts';
