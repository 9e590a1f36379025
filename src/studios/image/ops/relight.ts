/** The op `image/relight`: a painting of ours at another hour, in another season or weather: the same things in the same places. */
import { z } from 'zod';
import { defineOp, type Plan } from '../../../kernel/index.ts';
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
  readonly made?: { readonly options?: { readonly seal?: string } };
}

export const relightPicture = defineOp({
  name: 'image/relight',
  version: 1,
  summary: {
    en: 'Paints a painting again at another hour, in another season or weather.',
    zh: '换光：同一构图，改换时辰、季节或天气重画。',
  },
  options: z.object({
    hour: z.enum(['dawn', 'morning', 'noon', 'afternoon', 'dusk', 'night']).optional(),
    season: z.enum(['spring', 'summer', 'autumn', 'winter']).optional(),
    weather: z.enum(['clear', 'cloudy', 'overcast', 'mist', 'rain', 'storm', 'snow', 'wind']).optional(),
    painter: z.string().optional().describe('manner of painting; as it was'),
    longest: z.int().min(64).max(8192).optional().describe('pixels of the longer side; as it was'),
  }),
  inputs: [{ name: 'picture', medium: PICTURE }],
  async run(context, [picture], { painter, longest, ...wish }) {
    const { relight } = await import('../composition/index.ts');
    const { paintScene, findPainter, writeOpenRaster } = await import('../paint-scene.ts');
    const { aboutOf, mergedOf } = await import('../picture/index.ts');
    const kept = aboutOf(picture!.bytes) as Kept;
    if (!kept.composition) throw noComposition();
    const { width, height } = await mergedOf(picture!.bytes);
    const layout = {
      composition: relight(kept.composition, wish),
      mode: kept.mode ?? 'landscape',
      worth: kept.worth,
    } as Layout;
    const plan = { scene: kept.scene ?? undefined, brief: kept.brief ?? '' } as Plan;
    const options = {
      painter: findPainter(painter ?? kept.painter ?? 'ink'),
      longest: longest ?? Math.max(width, height),
      seed: kept.composition.seed,
      settings: kept.settings ?? {},
      seal: kept.made?.options?.seal ?? '',
    };
    const progress = (done: number): void =>
      context.progress({ done, total: 1, note: { en: 'painted', zh: '已画成' } });
    const made = await paintScene(layout, plan, options, { breathe: () => context.breathe(), progress });
    const bytes = await writeOpenRaster({ ...made, about: { ...made.about, relit: wish } });
    const measures = { painter: options.painter.id };
    return { works: [{ medium: PICTURE, title: picture!.work.title, bytes, mime: OPEN_RASTER, measures }] };
  },
});

function noComposition() {
  return refusal(
    'input',
    'image/no-composition',
    {
      en: 'This picture does not know what it shows: it was not painted from a scene here.',
      zh: '这幅图没有构图记录：它不是在这里依场景画成的。',
    },
    { en: 'Relight a picture that `paint` made.', zh: '请选用 paint 画成的图。' },
  );
}
