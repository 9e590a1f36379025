/**
 * The op `image/vary`: a painting of ours once more, a little or very different:
 *
 *   strength 0 … 0.25   other strokes          0.25 … 0.5   other shapes in the same places          above   another layout, farther and farther
 */
import { z } from 'zod';
import { defineOp, type OpOutput, type Plan, planSchema } from '../../../kernel/index.ts';
import type { Composition, Layout } from '../composition/index.ts';
import { refusal } from '../refusal.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';

/** What a painting keeps of itself. */
interface Kept {
  readonly composition?: Composition;
  readonly painter?: string;
  readonly mode?: Layout['mode'];
  readonly worth?: Layout['worth'];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly scene?: Plan['scene'];
  readonly brief?: string;
  readonly made?: { readonly plan?: unknown; readonly options?: { readonly seal?: string } };
}

/** Below it only strokes change. */
const SHAPES = 0.25;
/** From here on the layout is another. */
const LAYOUTS = 0.5;
/** Layouts among which the nearest and the farthest are looked for. */
const TRIED = 4;

export const varyPicture = defineOp({
  name: 'image/vary',
  version: 1,
  summary: { en: 'Paints variations of a painting, near to it or far.', zh: '画出一幅画的变体，或近或远。' },
  options: z.object({
    strength: z.number().min(0).max(1).default(0.4).describe('0 other strokes … 0.5 and more another layout'),
    count: z.int().min(1).max(6).default(1).describe('how many'),
    painter: z.string().optional().describe('manner of painting; as it was'),
    longest: z.int().min(64).max(8192).optional().describe('pixels of the longer side; as it was'),
  }),
  inputs: [{ name: 'picture', medium: PICTURE }],
  async run(context, [picture], { strength, count, painter, longest }) {
    const { paintScene, findPainter, writeOpenRaster } = await import('../paint-scene.ts');
    const { aboutOf, mergedOf } = await import('../picture/index.ts');
    const { noteMissing } = await import('../lettering/index.ts');
    const kept = aboutOf(picture!.bytes) as Kept;
    const own = kept.composition;
    if (!own) throw noComposition();
    const { width, height } = await mergedOf(picture!.bytes);
    const works: OpOutput[] = [];
    const missing: string[] = [];
    for (let i = 0; i < count; i++) {
      const seed = `${own.seed}/vary/${context.seed}/${i}`;
      const layout = await layoutOf(kept, own, strength, seed);
      const options = {
        painter: findPainter(painter ?? kept.painter ?? 'ink'),
        longest: longest ?? Math.max(width, height),
        seed,
        settings: kept.settings ?? {},
        seal: kept.made?.options?.seal ?? '',
      };
      const progress = (done: number): void =>
        context.progress({ done: i + done, total: count, note: { en: 'painted', zh: '已画成' } });
      const plan = { scene: kept.scene ?? undefined, brief: kept.brief ?? '' } as Plan;
      const { unwritten, ...made } = await paintScene(layout, plan, options, {
        breathe: () => context.breathe(),
        progress,
      });
      missing.push(...unwritten);
      const bytes = await writeOpenRaster({ ...made, about: { ...made.about, varied: { strength, seed } } });
      const measures = { painter: options.painter.id };
      works.push({ medium: PICTURE, title: picture!.work.title, bytes, mime: OPEN_RASTER, measures });
    }
    return { works, report: { notes: noteMissing(missing) } };
  },
});

async function layoutOf(kept: Kept, own: Composition, strength: number, seed: string): Promise<Layout> {
  const same = { mode: kept.mode ?? 'landscape', worth: kept.worth } as Layout;
  if (strength < SHAPES) return { ...same, composition: { ...own, seed } };
  if (strength < LAYOUTS) {
    const placed = own.placed.map((each) => ({ ...each, seed: `${each.seed}/${seed}` }));
    return { ...same, composition: { ...own, seed, placed } };
  }
  const plan = planSchema.safeParse(kept.made?.plan);
  if (!plan.success) throw noComposition();
  const { composeScene } = await import('../paint-scene.ts');
  const size = [own.width, own.height].map(Math.round) as [number, number];
  const layouts = composeScene(plan.data, { seed, inscription: own.inscription, size }, TRIED);
  const byDistance = layouts.toSorted((a, b) => apart(a.composition, own) - apart(b.composition, own));
  return byDistance[Math.round(((strength - LAYOUTS) / (1 - LAYOUTS)) * (byDistance.length - 1))]!;
}

/** Mean distance of the same things in two compositions, in units; a thing that only one has is far. */
function apart(one: Composition, other: Composition): number {
  const places = new Map(other.placed.map(({ name, box }) => [name, box]));
  const distances = one.placed.map(({ name, box }) => {
    const there = places.get(name);
    if (!there) return 500;
    return Math.hypot(
      box.x + box.width / 2 - there.x - there.width / 2,
      box.y + box.height / 2 - there.y - there.height / 2,
    );
  });
  return distances.reduce((a, b) => a + b, 0) / Math.max(1, distances.length);
}

function noComposition(): Error {
  return refusal(
    'input',
    'image/no-composition',
    {
      en: 'This picture does not know what it shows: it was not painted from words here.',
      zh: '这幅图没有构图记录：它不是在这里依文字画成的。',
    },
    { en: 'Vary a picture that `paint` made.', zh: '请选用 paint 画成的图。' },
  );
}
