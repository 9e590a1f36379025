/** The op `verse/repair`: the fewest changes that make a poem keep its form, the new characters chosen by the verse model. */
import { z } from 'zod';
import { OsError } from '../../core/index.ts';
import { defineOp } from '../../kernel/index.ts';
import { noveltyOf, toOutput } from './compose.ts';
import { checkVerse } from './verse/check/index.ts';
import { composeOptionsSchema, composePoems, createLettering, planRepair, resolveWish } from './verse/compose/index.ts';
import { findForms, getForm } from './verse/forms/index.ts';
import { loadRhymeBook, RHYME_BOOKS } from './verse/prosody/index.ts';

export const repairOptionsSchema = z.object({
  model: z.string().default('verse-zh'),
  text: z.string().min(1).max(20_000).describe('the poem to mend'),
  title: z.string().optional(),
  form: z.string().optional(),
  rhymeBook: z.enum(RHYME_BOOKS).optional(),
  keep: z
    .array(z.tuple([z.int().min(0), z.int().min(0)]))
    .max(2000)
    .default([])
    .describe('line and place, from 0, of characters that must not be changed'),
  count: z.int().min(1).max(10).default(1).describe('how many ways of mending to return'),
});

export const repairVerse = defineOp({
  name: 'verse/repair',
  version: 1,
  summary: { en: 'Mends a poem with the fewest changes.', zh: '以最少的改动使诗词合律。' },
  options: repairOptionsSchema,
  model: (options) => options.model,
  async run(context, _inputs, options) {
    const before = checkVerse(options);
    if (before.proof.valid) return { works: [], report: { changes: [], before } };
    const model = await context.tokenModel();
    const letters = createLettering(model.vocabulary, loadRhymeBook(before.rhymeBook));
    const forms = findForms(options.form ?? getForm(before.form).name);
    const plan = planRepair(before.lines, forms, letters, new Set(options.keep.map((place) => place.join(':'))));
    if (plan === undefined) throw wrongShape(forms[0]!.name);
    const held = plan.changes.find(({ line, place }) => options.keep.some(([l, p]) => l === line && p === place));
    if (held !== undefined) throw lockedFault([...before.lines[held.line]!][held.place]!, held);
    const composeOptions = composeOptionsSchema.parse({
      decode: 'beam',
      guidance: 0,
      allowCopies: true,
      candidates: Math.max(8, options.count),
      count: options.count,
      title: options.title,
      form: plan.form.id,
      rhymeBook: before.rhymeBook,
    });
    const { chosen } = await composePoems({
      model,
      wish: resolveWish(undefined, composeOptions),
      options: composeOptions,
      given: plan,
      random: context.random,
      novelty: noveltyOf(model),
      signal: context.signal,
      onText: (text) => context.preview({ candidate: 0, text }),
    });
    return { works: chosen.map(toOutput), report: { changes: plan.changes, before } };
  },
});

function lockedFault(character: string, { line, place }: { line: number; place: number }): OsError {
  return new OsError({
    kind: 'input',
    code: 'verse/locked-fault',
    message: `'${character}' in line ${line + 1}, place ${place + 1} is locked, and no change around it makes the poem keep its form.`,
    hint: 'Unlock it, or choose another form or rhyme book.',
    zh: {
      message: `第 ${line + 1} 句第 ${place + 1} 字“${character}”已锁定，改动其余各字也不能使全诗合律。`,
      hint: '请解锁此字，或换一种体裁、韵书。',
    },
    details: { line, place, character },
  });
}

function wrongShape(name: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'verse/cannot-repair-shape',
    message: `The poem has not the number of lines or syllables of ${name}, and repair only changes characters.`,
    hint: 'Add or cut syllables first, or name the form the poem is meant to have with --form.',
    zh: {
      message: `这首诗的句数或字数与${name}不符，而修改只替换字。`,
      hint: '请先增删字数，或用 --form 指定它应属的体裁。',
    },
  });
}
