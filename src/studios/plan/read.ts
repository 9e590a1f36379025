/** The op `plan/read`: a brief becomes a plan. */
import { z } from 'zod';
import { defineOp, sceneElementSchema } from '../../kernel/index.ts';
import { readBrief } from './read-brief.ts';

export const readPlan = defineOp({
  name: 'plan/read',
  version: 2,
  summary: {
    en: 'Reads a brief in Chinese or English and writes the plan: themes, imagery, mood, season, form, scene.',
    zh: '读懂一句中文或英文的创作要求，写成创作方案：主题、意象、情绪、时令、体裁、画面。',
  },
  options: z.object({
    brief: z.string().describe("what the artist asks, in the artist's own words"),
    language: z.enum(['zh', 'en']).optional().describe('language to answer in; that of the brief when absent'),
    keep: z
      .array(sceneElementSchema)
      .optional()
      .describe('elements of an earlier scene, all of them; the locked ones stay as they are'),
    picture: z.boolean().optional().describe('a picture is wanted, whether or not the words ask for one'),
    forms: z.array(z.string()).optional().describe('names of verse forms and tunes that can be asked for'),
  }),
  run({ seed }, _inputs, { brief, language, forms, keep, picture }) {
    const plan = readBrief(brief, { language, forms, keep, picture, seed });
    return {
      works: [{ medium: 'plan', title: plan.title ?? [...brief.trim()].slice(0, 20).join(''), document: plan }],
    };
  },
});
