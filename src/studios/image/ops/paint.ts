/** The op `image/paint`: from a plan, and a poem if there is one, to pictures in layers. */
import { z } from 'zod';
import { defineOp, type InputWork, type OpOutput, type Plan, planSchema } from '../../../kernel/index.ts';
import type { Composition } from '../composition/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';

export const paintPicture = defineOp({
  name: 'image/paint',
  version: 1,
  summary: {
    en: 'Paints the scene of a plan in a manner, in layers; a poem is written where there is room.',
    zh: '依创作方案作画，分图层；有诗则题于留白处。',
  },
  options: z.object({
    painter: z.string().optional().describe('manner of painting; the plan’s, or ink'),
    size: z
      .tuple([z.int().min(64).max(8192), z.int().min(64).max(8192)])
      .optional()
      .describe('pixels, width first; the plan’s, or by its format'),
    longest: z.int().min(64).max(8192).default(1024).describe('pixels of the longer side when no size is given'),
    count: z.int().min(1).max(12).optional().describe('how many alternatives; the plan’s number, or 1'),
    inscribe: z.boolean().default(true).describe('whether the poem is written on it'),
    seal: z.string().max(4).default('').describe('characters of the seal, at most four'),
    settings: z.record(z.string(), z.unknown()).default({}).describe('the painter’s own settings'),
  }),
  inputs: [
    { name: 'plan', medium: 'plan' },
    { name: 'poem', medium: 'verse', optional: true },
  ],
  async run(context, [planWork, poem], options) {
    const { composeScene, paintScene, findPainter, writeOpenRaster } = await import('../paint-scene.ts');
    const plan = planSchema.parse(planWork!.document);
    const painter = findPainter(options.painter ?? plan.scene?.painter ?? 'ink');
    const inscription = options.inscribe ? inscriptionOf(poem, plan) : undefined;
    const count = options.count ?? plan.scene?.count ?? 1;
    const seed = `${context.seed}`;
    const size = options.size ?? plan.scene?.size;
    const layouts = composeScene(plan, { seed, inscription, size }, count);
    const works: OpOutput[] = [];
    for (const [i, layout] of layouts.entries()) {
      const progress = (done: number): void =>
        context.progress({ done: i + done, total: count, note: { en: 'painted', zh: '已画成' } });
      const settings = { ...options, ...(size && { longest: Math.max(...size) }), painter, inscription, seed };
      const picture = await paintScene(layout, plan, settings, { breathe: () => context.breathe(), progress });
      const measures = { painter: painter.id, layout: layout.worth };
      const bytes = await writeOpenRaster(picture);
      works.push({ medium: PICTURE, title: titleOf(plan, poem), bytes, mime: OPEN_RASTER, measures });
    }
    return { works, report: { layouts: layouts.map(({ worth, mode }) => ({ mode, ...worth })) } };
  },
});

const poemDocument = z.object({ title: z.string().default(''), lines: z.array(z.string()) });

function inscriptionOf(poem: InputWork | undefined, { language }: Plan): Composition['inscription'] {
  if (!poem) return undefined;
  const { title, lines } = poemDocument.parse(poem.document);
  const text = lines.flatMap((line) => (language === 'zh' ? line.split(/(?<=[，。！？；])/u) : [line]));
  return { title, lines: text.filter((line) => line.trim() !== ''), language };
}

function titleOf(plan: Plan, poem: InputWork | undefined): string {
  return poem?.work.title || plan.title || plan.themes[0]?.word || plan.brief.slice(0, 24) || '—';
}
