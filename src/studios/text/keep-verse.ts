/** The op `verse/keep`: a poem as an artist wrote it, finished or not, becomes a work; which characters a model wrote stays known. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { checkVerse } from './verse/check/index.ts';
import { freeVerse } from './verse/free-verse.ts';
import type { Poem } from './verse/poem.ts';
import { RHYME_BOOKS } from './verse/prosody/index.ts';

export const keepVerse = defineOp({
  name: 'verse/keep',
  version: 1,
  summary: { en: 'Keeps a poem that was written in the editor as a work.', zh: '把编辑器中写成的诗词存为作品。' },
  options: z.object({
    lines: z
      .array(z.string().max(200))
      .min(1)
      .max(400)
      .describe('the lines, without punctuation; in free verse with it, empty lines between stanzas'),
    title: z.string().trim().max(120).default('').describe('title; the first line when empty'),
    form: z
      .string()
      .optional()
      .describe('form or tune; found by shape and tones when absent; free: none, the lines stay as they are'),
    rhymeBook: z.enum(RHYME_BOOKS).optional(),
    machine: z
      .array(z.tuple([z.int().min(0), z.int().min(0)]))
      .max(20_000)
      .default([])
      .describe('line and place, from 0, of each character that a model wrote'),
    locked: z
      .array(z.tuple([z.int().min(0), z.int().min(0)]))
      .max(20_000)
      .optional()
      .describe('line and place, from 0, of each character that the artist locked; kept in the work'),
  }),
  inputs: [{ name: 'before', medium: 'verse', optional: true }],
  run(_context, _inputs, { machine, locked = [], ...options }) {
    const poem = options.form === 'free' ? freeVerse(options) : checkVerse(options);
    const title = options.title || firstWords(poem.lines);
    const characters = [...poem.lines.join('')].length;
    const measures = { hands: { machine, share: characters === 0 ? 0 : machine.length / characters } };
    const there = locked.filter(([line, place]) => [...(poem.lines[line] ?? '')].length > place);
    const document: Poem = { ...poem, title, ...(there.length > 0 && { locked: there }) };
    return {
      works: [{ medium: 'verse', title, document, measures }],
      report: { proof: poem.proof },
    };
  },
});

/** The first line that says something, without the sign at its end. */
function firstWords(lines: readonly string[]): string {
  return lines.map((line) => line.replace(/[\p{P}\s]+$/u, '')).find((line) => line !== '') ?? '—';
}
