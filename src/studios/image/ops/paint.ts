/** The op `image/paint`: from a plan, and a poem if there is one, to pictures in layers. */
import { z } from 'zod';
import { defineOp, type InputWork, planSchema } from '../../../kernel/index.ts';
import { PAINT_VERSION, paintOptions } from './paint-options.ts';

export const paintPicture = defineOp({
  name: 'image/paint',
  version: PAINT_VERSION,
  summary: {
    en: 'Paints the scene of a plan in a manner, in layers; a poem is written where there is room.',
    zh: '依创作方案作画，分图层；有诗则题于留白处。',
  },
  options: paintOptions,
  inputs: [
    { name: 'plan', medium: 'plan' },
    { name: 'poem', medium: 'verse', optional: true },
  ],
  async run(context, [planWork, poem], options) {
    const { paintPlan } = await import('../paint-plan.ts');
    const plan = planSchema.parse(planWork!.document);
    return paintPlan(context, {
      plan,
      poem: poem && poemOf(poem),
      title: poem?.work.title,
      options,
      seed: context.seed,
    });
  },
});

const poemDocument = z.object({ title: z.string().default(''), lines: z.array(z.string()) });

const poemOf = ({ document }: InputWork): z.output<typeof poemDocument> => poemDocument.parse(document);
