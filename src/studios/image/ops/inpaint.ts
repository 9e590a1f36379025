/** The op `image/inpaint`: what is taken out of a picture is filled with what the rest is made of. */
import { z } from 'zod';
import { createRandom } from '../../../core/index.ts';
import { defineOp, type InputWork } from '../../../kernel/index.ts';
import type { Holes } from '../mend/index.ts';
import { refusal } from '../refusal.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';

/** Left, top, width and height in pixels. */
const BOX = z.tuple([z.int(), z.int(), z.int().positive(), z.int().positive()]);

export const inpaintPicture = defineOp({
  name: 'image/inpaint',
  version: 1,
  summary: { en: 'Fills parts of a picture from the rest of it.', zh: '修补：以画中其余部分填补所选之处。' },
  options: z.object({
    boxes: z.array(BOX).max(64).default([]).describe('rectangles to fill: left, top, width, height in pixels'),
    grow: z.int().min(0).max(64).default(2).describe('pixels around them that are filled too'),
  }),
  inputs: [
    { name: 'picture', medium: PICTURE },
    { name: 'mask', medium: PICTURE, optional: true },
  ],
  async run(context, [picture, mask], { boxes, grow: by }) {
    const { addLayer, coloursBehind, complete, grow } = await import('../mend/index.ts');
    const { mergedOf, readOpenRaster, writeOpenRaster } = await import('../picture/index.ts');
    const merged = await mergedOf(picture!.bytes);
    const holes = grow(await chosen(merged, mask, boxes), by);
    checkHoles(holes);
    const filled = await complete(coloursBehind(merged), holes, {
      random: createRandom(`inpaint/${context.seed}`),
      breathe: () => context.breathe(),
      progress: (done) => context.progress({ done, total: 1, note: { en: 'filled', zh: '已填补' } }),
    });
    const before = await readOpenRaster(picture!.bytes);
    const made = addLayer(before, filled, holes, { id: 'mended', names: { en: 'mended', zh: '修补' } });
    const about = { ...made.about, inpainted: { boxes, grow: by, mask: mask?.work.id ?? null } };
    const bytes = await writeOpenRaster({ ...made, about });
    return { works: [{ medium: PICTURE, title: picture!.work.title, bytes, mime: OPEN_RASTER }] };
  },
});

async function chosen(
  { width, height }: { readonly width: number; readonly height: number },
  mask: InputWork | undefined,
  boxes: readonly (readonly [number, number, number, number])[],
): Promise<Holes> {
  const { addBoxes, holesOf } = await import('../mend/index.ts');
  const { mergedOf } = await import('../picture/index.ts');
  const none = { width, height, data: new Uint8Array(width * height) };
  const painted = mask ? holesOf(await mergedOf(mask.bytes), width, height) : none;
  return addBoxes(
    painted,
    boxes.map(([x, y, w, h]) => ({ x, y, width: w, height: h })),
  );
}

/** Throws `image/nothing-to-fill`, `image/nothing-left`. */
function checkHoles({ data }: Holes): void {
  const count = data.reduce((sum, hole) => sum + hole, 0);
  if (count === 0) {
    throw refusal(
      'input',
      'image/nothing-to-fill',
      { en: 'No pixel of the picture was chosen to be filled.', zh: '没有选中任何要填补的像素。' },
      {
        en: 'Name a mask (white where it is to be filled) or rectangles within the picture.',
        zh: '请给出蒙版（白色为要填补之处）或画面之内的矩形。',
      },
    );
  }
  if (count <= 0.9 * data.length) return;
  throw refusal(
    'input',
    'image/nothing-left',
    {
      en: 'Almost the whole picture was chosen: nothing is left to fill it from.',
      zh: '几乎选中了整幅画，已无可取材之处。',
    },
    {
      en: 'White is filled and black is kept: invert the mask if need be.',
      zh: '白处填补、黑处保留：必要时请反转蒙版。',
    },
  );
}
