/** The op `image/outpaint`: a picture goes on beyond its edges, made of what it is made of. */
import { z } from 'zod';
import { createRandom } from '../../../core/index.ts';
import { defineOp } from '../../../kernel/index.ts';
import type { Bitmap } from '../raster/index.ts';
import { refusal } from '../refusal.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';

/** Pixels, or a share of the picture's width or height such as `10%`. */
const MORE = z
  .union([z.int().min(0).max(8192), z.string().regex(/^\d{1,3}(\.\d+)?%$/)])
  .default(0)
  .describe('pixels, or a share of the picture such as "10%"');

const SIDES = ['left', 'right', 'top', 'bottom'] as const;
type Margins = Readonly<Record<(typeof SIDES)[number], number>>;

const MOST = 100e6;

/** See `CompleteOptions`: where a picture goes on to the side, its heights go on. */
const DRIFT = 20_000;

export const outpaintPicture = defineOp({
  name: 'image/outpaint',
  version: 1,
  summary: { en: 'Lets a picture go on beyond its edges.', zh: '扩画：让画面向外延伸。' },
  options: z.object({ left: MORE, right: MORE, top: MORE, bottom: MORE }),
  inputs: [{ name: 'picture', medium: PICTURE }],
  async run(context, [picture], options) {
    const { addLayer, complete, coloursBehind } = await import('../mend/index.ts');
    const { mergedOf, readOpenRaster, writeOpenRaster } = await import('../picture/index.ts');
    const merged = await mergedOf(picture!.bytes);
    const margins = marginsOf(merged, options);
    const { canvas, holes } = await widen(merged, margins);
    const filled = await complete(coloursBehind(canvas), holes, {
      random: createRandom(`outpaint/${context.seed}`),
      drift: margins.left + margins.right > 0 ? DRIFT : 0,
      breathe: () => context.breathe(),
      progress: (done) => context.progress({ done, total: 1, note: { en: 'painted on', zh: '已延伸' } }),
    });
    const { layers } = await readOpenRaster(picture!.bytes);
    const moved = layers.map((layer) => ({ ...layer, x: layer.x + margins.left, y: layer.y + margins.top }));
    const about = { outpainted: { ...margins, from: picture!.work.id } };
    const { width, height } = canvas;
    const names = { en: 'painted on', zh: '延伸' };
    const made = addLayer({ width, height, layers: moved, about }, filled, holes, { id: 'beyond', names });
    const bytes = await writeOpenRaster(made);
    const measures = { width, height };
    return { works: [{ medium: PICTURE, title: picture!.work.title, bytes, mime: OPEN_RASTER, measures }] };
  },
});

/** Throws `image/nothing-to-fill`, `image/too-large`. */
function marginsOf({ width, height }: Bitmap, options: Readonly<Record<keyof Margins, number | string>>): Margins {
  const pixels = (side: keyof Margins): number => {
    const more = options[side];
    if (typeof more === 'number') return more;
    return Math.round((Number.parseFloat(more) / 100) * (side === 'left' || side === 'right' ? width : height));
  };
  const margins = { left: pixels('left'), right: pixels('right'), top: pixels('top'), bottom: pixels('bottom') };
  const [w, h] = [width + margins.left + margins.right, height + margins.top + margins.bottom];
  if (w === width && h === height) {
    throw refusal(
      'input',
      'image/nothing-to-fill',
      { en: 'No side was named to which the picture shall go on.', zh: '没有指定向哪一侧延伸。' },
      { en: 'Give pixels or a share for left, right, top or bottom.', zh: '请为左、右、上、下给出像素数或百分比。' },
    );
  }
  if (w * h <= MOST && w <= 4 * width && h <= 4 * height) return margins;
  throw refusal(
    'input',
    'image/too-large',
    {
      en: `The picture would have ${w}×${h} pixels; four times its width and height and 100 million in all are the most.`,
      zh: `画面将有 ${w}×${h} 像素；宽高各至多四倍，总共至多一亿像素。`,
    },
    { en: 'Go on less far.', zh: '请少延伸一些。' },
  );
}

/** The picture on a larger canvas, and the canvas around it as holes. */
async function widen(merged: Bitmap, { left, right, top, bottom }: Margins) {
  const { layOver } = await import('../picture/index.ts');
  const { createBitmap } = await import('../raster/index.ts');
  const { addBoxes } = await import('../mend/index.ts');
  const canvas = createBitmap(merged.width + left + right, merged.height + top + bottom);
  layOver(canvas, { id: 'picture', names: { en: '', zh: '' }, bitmap: merged, x: left, y: top });
  const { width, height } = canvas;
  const none = { width, height, data: new Uint8Array(width * height) };
  const holes = addBoxes(none, [
    { x: 0, y: 0, width: left, height },
    { x: width - right, y: 0, width: right, height },
    { x: 0, y: 0, width, height: top },
    { x: 0, y: height - bottom, width, height: bottom },
  ]);
  return { canvas, holes };
}
