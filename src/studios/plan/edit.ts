/** The op `plan/edit`: the artist's own hand on a plan; what they changed stands, the rest stays. */
import { z } from 'zod';
import { defineOp, planSchema } from '../../kernel/index.ts';

/** What can be changed: all but the brief, which is the artist's word already, and what was said back about it. */
const changesSchema = planSchema
  .omit({ version: true, brief: true, language: true, notes: true })
  .partial()
  .describe('fields of the plan as they shall be; absent ones stay');

export const editPlan = defineOp({
  name: 'plan/edit',
  version: 1,
  summary: {
    en: 'Changes a plan: themes, mood, palette, scene, form, key, tempo.',
    zh: '修改创作方案：主题、情绪、用色、画面、体裁、调与速度。',
  },
  options: z.object({
    changes: changesSchema,
    without: z
      .array(z.enum(['season', 'hour', 'palette', 'tempo', 'verse', 'music', 'locked']))
      .default([])
      .describe('fields that are taken out'),
  }),
  inputs: [{ name: 'plan', medium: 'plan' }],
  run(_context, [planWork], { changes, without }) {
    const plan = planSchema.parse(planWork!.document);
    const kept = Object.fromEntries(Object.entries(plan).filter(([name]) => !without.includes(name as never)));
    const document = planSchema.parse({ ...kept, ...changes });
    return { works: [{ medium: 'plan', title: document.title ?? planWork!.work.title, document }] };
  },
});
