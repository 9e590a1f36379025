/** The op `image/upscale`: a picture two or four times as wide and high. */
import { z } from 'zod';
import { defineOp, type OpContext } from '../../../kernel/index.ts';
import type { Bitmap } from '../raster/index.ts';
import { refusal } from '../refusal.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';

/** Pixels of the longer side of what may be made. */
const LONGEST = 16_384;
const MOST = 100e6;

export const upscalePicture = defineOp({
  name: 'image/upscale',
  version: 1,
  summary: { en: 'Makes a picture two or four times as large.', zh: '把图画放大二倍或四倍。' },
  options: z.object({
    times: z
      .union([z.literal(2), z.literal(4)])
      .default(2)
      .describe('pixels for each pixel, a side'),
    method: z
      .enum(['network', 'lanczos'])
      .default('network')
      .describe('our small network that sharpens edges, or plain resampling'),
    model: z.string().default('enlarger').describe('catalogue name of the network'),
  }),
  inputs: [{ name: 'picture', medium: PICTURE }],
  model: ({ method, model }) => (method === 'network' ? model : null),
  async run(context, [picture], { times, method }) {
    const { enlargeByLanczos } = await import('../mend/index.ts');
    const { mergedOf, writeOpenRaster } = await import('../picture/index.ts');
    const small = await mergedOf(picture!.bytes);
    checkSize(small, times);
    const made = method === 'lanczos' ? enlargeByLanczos(small, times) : await byNetwork(context, small, times);
    const names = { en: `enlarged ${times}×`, zh: `放大 ${times} 倍` };
    const bytes = await writeOpenRaster({
      width: made.width,
      height: made.height,
      layers: [{ id: 'picture', names, bitmap: made, x: 0, y: 0 }],
      about: { upscaled: { times, method, from: picture!.work.id } },
    });
    const measures = { width: made.width, height: made.height, method };
    return { works: [{ medium: PICTURE, title: picture!.work.title, bytes, mime: OPEN_RASTER, measures }] };
  },
});

async function byNetwork(context: OpContext, small: Bitmap, times: number): Promise<Bitmap> {
  const { enlargeByModel } = await import('../mend/index.ts');
  const { seed, signal } = context;
  const note = { en: 'enlarged', zh: '已放大' };
  const progress = (done: number): void => context.progress({ done, total: 1, note });
  return enlargeByModel(small, await context.pictureModel(), { times, seed, signal, progress });
}

function checkSize({ width, height }: Bitmap, times: number): void {
  const [w, h] = [width * times, height * times];
  if (Math.max(w, h) <= LONGEST && w * h <= MOST) return;
  throw refusal(
    'input',
    'image/too-large',
    {
      en: `The picture would have ${w}×${h} pixels; ${LONGEST} a side and 100 million in all are the most.`,
      zh: `放大后将有 ${w}×${h} 像素；每边至多 ${LONGEST}，总共至多一亿像素。`,
    },
    { en: 'Enlarge it fewer times, or take a smaller picture.', zh: '请减小倍数，或使用较小的图画。' },
  );
}
