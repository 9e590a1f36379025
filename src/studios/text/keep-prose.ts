/** The op `prose/keep`: a text from the editor becomes a work; what people wrote and what a model wrote stays marked. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { type Prose, proseSchema } from './prose/prose.ts';

export const keepProse = defineOp({
  name: 'prose/keep',
  version: 1,
  summary: { en: 'Keeps prose that was written in the editor as a work.', zh: '把编辑器中写成的散文存为作品。' },
  options: z.object({
    title: z.string().trim().max(120).default('').describe('title; the first words when empty'),
    text: z.string().min(1).max(200_000),
    spans: proseSchema.shape.spans.max(20_000).default([]).describe('who wrote which stretch, in UTF-16 units'),
    locks: z
      .array(z.object({ from: z.int(), to: z.int() }))
      .max(5000)
      .optional()
      .describe('passages that the artist locked, in UTF-16 units; kept in the work'),
  }),
  inputs: [{ name: 'before', medium: 'prose', optional: true }],
  run(_context, _inputs, { title, text, spans, locks }) {
    const name = title || [...text.trim()].slice(0, 16).join('') || '—';
    const within = cutTo(text, spans);
    const locked = joined(cutTo(text, locks ?? []));
    const document: Prose = {
      kind: 'prose',
      version: 1,
      title,
      text,
      spans: within,
      ...(locked.length > 0 && { locks: locked }),
    };
    const machine = within.reduce((sum, { from, to, by }) => sum + (by === 'machine' ? to - from : 0), 0);
    return {
      works: [{ medium: 'prose', title: name, document, measures: { hands: { share: machine / text.length } } }],
    };
  },
});

interface Range {
  readonly from: number;
  readonly to: number;
}

function cutTo<R extends Range>(text: string, ranges: readonly R[]): R[] {
  return ranges
    .map((range) => ({ ...range, from: Math.max(0, range.from), to: Math.min(text.length, range.to) }))
    .filter(({ from, to }) => to > from);
}

/** In order; what touches becomes one. */
function joined(ranges: readonly Range[]): { from: number; to: number }[] {
  const result: { from: number; to: number }[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}
