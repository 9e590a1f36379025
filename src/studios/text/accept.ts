/**
 * The op `verse/accept`: a draft from elsewhere, such as a language model's, passes the same engines as our own verse.
 *
 *   draft ─▶ proof ─ holds ─────────────────────────────▶ work, no repairs
 *              ├─ no such shape ─▶ the poem within the talk around it ─▶ as before
 *              └─ broken ─▶ fewest changes ─ few enough ─▶ work, so many repairs
 *                                └─ too many, no such shape ─▶ refused, with the reason
 */
import { z } from 'zod';
import { OsError } from '../../core/index.ts';
import { defineOp, type OpContext, type OpOutput } from '../../kernel/index.ts';
import { harvest, unfence } from './harvest.ts';
import { repairOptionsSchema, repairVerse } from './repair.ts';
import { checkVerse, parseVerse } from './verse/check/index.ts';
import { freeVerse } from './verse/free-verse.ts';
import type { Poem } from './verse/poem.ts';
import { RHYME_BOOKS } from './verse/prosody/index.ts';

export const acceptOptionsSchema = z.object({
  model: z.string().default('verse-zh').describe('the verse model that chooses new characters where some must change'),
  text: z.string().min(1).max(20_000).describe('the poem, a line each, or with punctuation'),
  title: z.string().max(120).optional(),
  form: z.string().optional().describe('form or tune; free: free verse; found by shape and tones when absent'),
  rhymeBook: z.enum(RHYME_BOOKS).optional(),
  mostRepairs: z.number().min(0).max(1).default(0.3).describe('share of characters that may be changed, 0-1'),
  by: z.string().max(200).default('').describe('who drafted it'),
});

/** Broken rules that a refusal names. */
const MOST_REASONS = 6;

type AcceptOptions = z.output<typeof acceptOptionsSchema>;

export const acceptVerse = defineOp({
  name: 'verse/accept',
  version: 1,
  summary: {
    en: 'Takes a drafted poem: proves it, mends it with the fewest changes, or refuses it with the reason.',
    zh: '接纳一首诗词草稿：合律则留，不合则以最少的改动修改，仍不行则说明原因拒绝。',
  },
  options: acceptOptionsSchema,
  model: ({ form, model }) => (form === 'free' ? null : model),
  async run(context, _inputs, options) {
    if (options.form === 'free') return { works: [acceptFree(options)], report: { repairs: 0 } };
    const { text, poem } = readDraft(options);
    if (!poem.proof.valid) return mend(context, { ...options, text }, poem);
    const { title } = options;
    const named = title || poem.title || poem.lines[0]!;
    return { works: [outputOf({ ...poem, title: named }, named, options, 0)], report: { repairs: 0 } };
  },
});

interface Draft {
  readonly text: string;
  readonly poem: Poem;
}

/** The poem in what was handed in: the whole where it has the shape of a form, else the longest part that keeps one, else the part with fewest faults. */
function readDraft({ text, title, form, rhymeBook }: AcceptOptions): Draft {
  const read = (part: string, named = title): Draft => {
    const poem = checkVerse({ text: part, title: named, form, rhymeBook });
    return { text: part, poem };
  };
  const whole = read(text);
  if (whole.poem.proof.valid || hasShape(whole)) return whole;
  let best: Draft | undefined;
  for (const part of harvest(text, { formNamed: form !== undefined })) {
    const found = read(part.text, title ?? part.title);
    if (found.poem.proof.valid) return found;
    if (hasShape(found) && faultsOf(found) < faultsOf(best)) best = found;
  }
  return best ?? whole;
}

/** Tunes are found by syllables alone, which any talk may happen to have: its marks must stand where lines of the form end. */
function hasShape({ text, poem }: Draft): boolean {
  if (poem.proof.syllables.length === 0) return false;
  const ends = new Set(endsOf(poem.lines));
  const typed = endsOf(parseVerse(text).lines);
  return typed.filter((end) => ends.has(end)).length >= 0.8 * typed.length;
}

/** How many syllables have been heard at the end of each line. */
function endsOf(lines: readonly string[]): number[] {
  let end = 0;
  return lines.map((line) => (end += [...line].length));
}

const faultsOf = (draft: Draft | undefined): number => draft?.poem.proof.violations.length ?? Number.POSITIVE_INFINITY;

async function mend(context: OpContext, options: AcceptOptions, draft: Poem) {
  if (draft.form === 'free') throw unmendable(draft);
  if (draft.proof.syllables.length === 0 || !hasShape({ text: options.text, poem: draft })) throw unmendable(draft);
  const characters = [...draft.lines.join('')].length;
  const { model, text, title, form, rhymeBook, mostRepairs } = options;
  const mended = await repairVerse.run(context, [], repairOptionsSchema.parse({ model, text, title, form, rhymeBook }));
  const { changes = [] } = mended.report as { changes?: readonly unknown[] };
  const [work] = mended.works;
  if (!work || !('document' in work)) throw unmendable(draft);
  if (changes.length > mostRepairs * characters) throw tooManyRepairs(changes.length, characters, draft);
  const poem = work.document as Poem;
  // What the decoder wrote is proved once more by whoever did not write it.
  const proved = checkVerse({ lines: poem.lines, form: poem.form, rhymeBook: poem.rhymeBook });
  if (!proved.proof.valid) throw unmendable(proved);
  const named = title || poem.title || poem.lines[0]!;
  const output = outputOf({ ...poem, title: named }, named, options, changes.length);
  return { works: [output], report: { repairs: changes.length, changes } };
}

function outputOf(document: Poem, title: string, { by }: AcceptOptions, repairs: number): OpOutput {
  return { medium: 'verse', title, document, measures: { draftedBy: by, repairs } };
}

/** Free verse has no form to break; but it must be words of a language, laid out in lines. */
function acceptFree(options: AcceptOptions): OpOutput {
  const text = unfence(options.text).trim();
  const lines = text.split('\n').map((line) => line.trim());
  const letters = [...text].filter((one) => !/\s/u.test(one));
  const written = letters.filter((one) => /\p{L}/u.test(one)).length / Math.max(1, letters.length);
  const longest = Math.max(...lines.map((line) => [...line].length));
  if (written < 0.7 || longest > 120 || hasLongRun(letters)) throw notVerse();
  const poem = freeVerse({ lines, title: options.title ?? '' });
  const title = options.title || lines.find((line) => line !== '') || '—';
  return outputOf({ ...poem, title }, title, options, 0);
}

/** A Latin word is at most so long; characters without any blank for longer are no words. */
function hasLongRun(letters: readonly string[]): boolean {
  return /(.)\1{5}/u.test(letters.join(''));
}

function tooManyRepairs(changes: number, characters: number, draft: Poem): OsError {
  return new OsError({
    kind: 'input',
    code: 'verse/too-many-repairs',
    message: `To keep its form ${changes} of its ${characters} characters would have to change: that would be another poem. ${reasonsOf(draft, 'en')}`,
    hint: 'Write a new draft that keeps tones and rhyme, or name another form.',
    zh: {
      message: `要合律须改动 ${characters} 字中的 ${changes} 字，那就成了另一首诗。${reasonsOf(draft, 'zh')}`,
      hint: '请按平仄与押韵重写草稿，或换一种体裁。',
    },
    details: { changes, characters },
  });
}

function notVerse(): OsError {
  return new OsError({
    kind: 'input',
    code: 'verse/not-verse',
    message: 'The draft is no verse: too little of it is words, or its lines are too long.',
    hint: 'Give lines of words, at most 120 characters each.',
    zh: { message: '草稿不成诗：文字太少，或诗行过长。', hint: '请给出由文字组成的诗行，每行至多 120 字。' },
  });
}

/** The first rules that were broken, each with its place. */
function reasonsOf({ proof }: Pick<Poem, 'proof'>, language: 'en' | 'zh'): string {
  const told = proof.violations.slice(0, MOST_REASONS).map(({ message }) => message[language]);
  return told.join(language === 'zh' ? '' : ' ');
}

/** No form has its shape, or its faults are not of the kind that other characters mend. */
function unmendable(draft: Pick<Poem, 'proof'>): OsError {
  return new OsError({
    kind: 'input',
    code: 'verse/not-mendable',
    message: `The draft breaks its form and changing characters cannot mend it. ${reasonsOf(draft, 'en')}`,
    hint: 'Write a new draft, or name another form.',
    zh: { message: `草稿不合律，改字也无济于事。${reasonsOf(draft, 'zh')}`, hint: '请重写草稿，或换一种体裁。' },
  });
}
