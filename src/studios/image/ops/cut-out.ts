/** The op `image/cut-out`: the subject of a picture without its background. */
import { z } from 'zod';
import { createRandom } from '../../../core/index.ts';
import { defineOp } from '../../../kernel/index.ts';
import type { Bitmap } from '../raster/index.ts';
import { refusal } from '../refusal.ts';
import { cutByEye } from './cut-by-eye.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';

export const cutOutPicture = defineOp({
  name: 'image/cut-out',
  version: 1,
  summary: { en: 'Takes the background away from a picture.', zh: '抠图：去掉图画的背景。' },
  options: z.object({
    box: z
      .tuple([z.int(), z.int(), z.int().positive(), z.int().positive()])
      .optional()
      .describe('the subject lies within: left, top, width, height in pixels'),
    model: z
      .string()
      .min(1)
      .optional()
      .describe('a model that tells the subject from the ground; without one the colours do'),
    least: z.number().min(0).max(1).default(0.5).describe('how sure the cut must be, 0 takes any; else it is refused'),
  }),
  inputs: [
    { name: 'picture', medium: PICTURE },
    { name: 'mask', medium: PICTURE, optional: true },
  ],
  model: ({ model }) => model ?? null,
  async run(context, [picture, mask], { box, least, model }) {
    const { cutOut } = await import('../cut-out/index.ts');
    const { holesOf } = await import('../mend/index.ts');
    const { mergedOf, writeOpenRaster } = await import('../picture/index.ts');
    const merged = await mergedOf(picture!.bytes);
    const { width, height } = merged;
    const within = mask ? holesOf(await mergedOf(mask.bytes), width, height) : undefined;
    await context.breathe();
    const found = model
      ? await cutByEye(await context.pictureEye(), opaque(merged), context.signal)
      : cutOut(opaque(merged), {
          random: createRandom(`cut-out/${context.seed}`),
          mask: within,
          box: box && { x: box[0], y: box[1], width: box[2], height: box[3] },
        });
    await context.breathe();
    if (!found || found.confidence < least) throw unclear(found?.confidence);
    const { bitmap, confidence, share } = found;
    const facts = { confidence: round(confidence), share: round(share) };
    const layers = [
      { id: 'picture', names: { en: 'picture', zh: '原画' }, bitmap: merged, x: 0, y: 0, visible: false },
      { id: 'subject', names: { en: 'subject', zh: '主体' }, bitmap, x: 0, y: 0 },
    ];
    const about = {
      cutOut: { ...facts, model: model ?? null, box: box ?? null, mask: mask?.work.id ?? null, from: picture!.work.id },
    };
    const bytes = await writeOpenRaster({ width, height, layers, about });
    return {
      works: [{ medium: PICTURE, title: picture!.work.title, bytes, mime: OPEN_RASTER, measures: facts }],
      report: facts,
    };
  },
});

/** On white, as it is seen on paper. */
function opaque({ width, height, data }: Bitmap): Bitmap {
  const flat = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]! / 255;
    for (let c = 0; c < 3; c++) flat[i + c] = data[i + c]! * alpha + 255 * (1 - alpha);
    flat[i + 3] = 255;
  }
  return { width, height, data: flat };
}

function round(value: number): number {
  return Number(value.toFixed(3));
}

function unclear(confidence = 0): Error {
  const found = confidence.toFixed(2);
  return refusal(
    'input',
    'image/no-clear-subject',
    {
      en: `Subject and background cannot be told apart here (confidence ${found}).`,
      zh: `此画的主体与背景难以区分（把握 ${found}）。`,
    },
    {
      en: 'Say where the subject is with --box or --mask, or take what there is with --least 0.',
      zh: '请用 --box 或 --mask 指出主体所在，或用 --least 0 接受现有结果。',
    },
    { confidence },
  );
}
