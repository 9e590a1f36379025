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
  }),
  inputs: [{ name: 'before', medium: 'prose', optional: true }],
  run(_context, _inputs, { title, text, spans }) {
    const name = title || [...text.trim()].slice(0, 16).join('') || '—';
    const within = spans
      .map(({ from, to, by }) => ({ from: Math.max(0, from), to: Math.min(text.length, to), by }))
      .filter(({ from, to }) => to > from);
    const document: Prose = { kind: 'prose', version: 1, title, text, spans: within };
    const machine = within.reduce((sum, { from, to, by }) => sum + (by === 'machine' ? to - from : 0), 0);
    return {
      works: [{ medium: 'prose', title: name, document, measures: { hands: { share: machine / text.length } } }],
    };
  },
});
