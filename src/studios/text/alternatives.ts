/** The op `text/alternatives`: other words for a place of a text, by a model that fills gaps, with their probabilities. It makes no work. */
import { z } from 'zod';
import { OsError } from '../../core/index.ts';
import { defineOp } from '../../kernel/index.ts';
import { fillSpan, gapsOf, type Stretch } from './gaps/fill-span.ts';
import { formFitter } from './gaps/fit-form.ts';
import { RHYME_BOOKS } from './verse/prosody/index.ts';

const rangeSchema = z.object({ from: z.int().min(0), to: z.int().min(0) });

export const suggestAlternatives = defineOp({
  name: 'text/alternatives',
  version: 1,
  summary: {
    en: 'Finds other words for a place of a text, with their probabilities; in verse only those that keep the form.',
    zh: '为文中一处寻找别的字词，并给出概率；诗词中只留合律的。',
  },
  options: z.object({
    model: z.string().min(1).describe('name of a model that fills gaps, in the catalogue'),
    text: z.string().min(1).max(200_000).describe('the whole text'),
    ...rangeSchema.shape,
    form: z.string().default('free').describe('form or tune that the words must keep; free: none'),
    rhymeBook: z.enum(RHYME_BOOKS).optional(),
    locks: z.array(rangeSchema).max(5000).default([]).describe('passages that stay as they are, in UTF-16 units'),
    count: z.int().min(1).max(100).default(12).describe('how many to show'),
  }),
  model: (options) => options.model,
  async run(context, _inputs, { text, from, to, form, rhymeBook, locks, count }) {
    const stretch = { text, from, to };
    checkPlace(stretch, locks);
    gapsOf(stretch);
    const fits = form === 'free' ? undefined : formFitter(stretch, { form, rhymeBook });
    const model = await context.gapFiller();
    const { found, read } = await fillSpan(model, stretch, context.signal);
    const candidates = [];
    let refused = 0;
    for (const one of found) {
      if (candidates.length === count) break;
      if (fits?.(one.text) ?? true) candidates.push(one);
      else refused += 1;
    }
    const now = text.slice(from, to);
    return { works: [], report: { now, candidates, refused, form, read, model: model.identity.name } };
  },
});

function checkPlace({ text, from, to }: Stretch, locks: readonly z.output<typeof rangeSchema>[]): void {
  if (from >= to || to > text.length) throw noSuchPlace(from, to, text.length);
  const lock = locks.find((one) => from < one.to && to > one.from);
  if (lock) throw lockedPlace(text.slice(Math.max(from, lock.from), Math.min(to, lock.to)));
}

function noSuchPlace(from: number, to: number, length: number): OsError {
  return new OsError({
    kind: 'input',
    code: 'text/no-such-place',
    message: `The text has ${length} units, and nothing stands from ${from} up to ${to}.`,
    hint: 'Mark at least one word.',
    zh: { message: `全文共 ${length} 个单位，从 ${from} 到 ${to} 之间没有文字。`, hint: '请至少选中一个字词。' },
  });
}

function lockedPlace(words: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'text/locked-place',
    message: `'${words}' is locked, so no other words are looked for.`,
    hint: 'Unlock it, or mark another place.',
    zh: { message: `“${words}”已锁定，不为它找别的字词。`, hint: '请先解锁，或选中别处。' },
  });
}
