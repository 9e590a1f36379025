/** The op `image/repaint`: any picture gone over in the manner of a painter of the house. */
import { z } from 'zod';
import { createRandom } from '../../../core/index.ts';
import { defineOp } from '../../../kernel/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';
import { opaquePicture } from './take-picture.ts';

/** What each manner can be told; the painters that need not know what they paint. */
const SETTINGS = {
  oil: ['fineness', 'relief'],
  pixel: ['grid', 'colours', 'palette', 'dither'],
  woodcut: ['colours', 'line', 'grain'],
} as const;

const options = z
  .strictObject({
    painter: z.enum(['oil', 'pixel', 'woodcut']).default('oil').describe('manner of painting'),
    longest: z
      .int()
      .min(64)
      .max(4096)
      .default(1024)
      .describe('pixels of the longer side; a smaller picture is enlarged first'),
    fineness: z.number().min(0).max(1).optional().describe('oil: 0 broad strokes only … 1 down to the smallest; 0.5'),
    relief: z.number().min(0).max(1).optional().describe('oil: how thick the paint stands; 0.6'),
    grid: z.int().min(24).max(512).optional().describe('pixel: large pixels along the longer side; 144'),
    colours: z.int().min(2).max(64).optional().describe('pixel: 2–64 colours, 20; woodcut: 3–10 blocks of colour, 8'),
    palette: z
      .array(z.string().regex(/^#[0-9a-f]{6}$/i))
      .min(2)
      .max(64)
      .optional()
      .describe('pixel: the only colours that may be used, #rrggbb'),
    dither: z.number().min(0).max(1).optional().describe('pixel: 0 flat … 1 strong dithering; 0.55'),
    line: z.number().min(0).max(8).optional().describe('woodcut: width of its lines in thousandths, 0 for none; 2.6'),
    grain: z.number().min(0).max(1).optional().describe('woodcut: how much of the wood is seen; 0.5'),
  })
  .superRefine(({ painter, longest: _, ...settings }, context) => {
    const known: readonly string[] = SETTINGS[painter];
    for (const [name, value] of Object.entries(settings))
      if (value !== undefined && !known.includes(name))
        context.addIssue({ code: 'custom', path: [name], message: `${painter} knows ${known.join(', ')}` });
    const { colours = 8 } = settings;
    if (painter === 'woodcut' && (colours < 3 || colours > 10))
      context.addIssue({ code: 'custom', path: ['colours'], message: 'woodcut: 3 to 10' });
  });

export const repaintPicture = defineOp({
  name: 'image/repaint',
  version: 1,
  summary: {
    en: 'Paints any picture over: in oil strokes, in pixels, as a woodcut.',
    zh: '重绘：把任何图画成油画笔触、像素画或木版画。',
  },
  options,
  inputs: [{ name: 'picture', medium: PICTURE }],
  async run(context, [picture], { painter, longest, fineness = 0.5, ...settings }) {
    const { findPainter } = await import('../painters/index.ts');
    const { resizeTo, writeOpenRaster } = await import('../picture/index.ts');
    // Strokes and blocks of a small picture would be as coarse as its pixels.
    const motif = await resizeTo(await opaquePicture(picture!, longest), longest);
    const { width, height } = motif;
    const layers = await findPainter(painter).repaint!({
      motif,
      scale: Math.min(width, height) / 1000,
      random: createRandom(`repaint/${context.seed}`),
      options: {
        ...(painter === 'oil' && { strokes: strokesOf(fineness) }),
        ...(painter === 'woodcut' && { colours: 8 }),
        ...settings,
      },
      breathe: () => context.breathe(),
      progress: (done) => context.progress({ done, total: 1 }),
    });
    const before = { id: 'before', names: { en: 'before', zh: '原画' }, bitmap: motif, x: 0, y: 0, visible: false };
    const about = { repainted: { painter, ...(painter === 'oil' && { fineness }), ...settings } };
    const bytes = await writeOpenRaster({ width, height, layers: [before, ...layers], about });
    return { works: [{ medium: PICTURE, title: picture!.work.title, bytes, mime: OPEN_RASTER }] };
  },
});

/** Half widths of the brushes in thousandths: from broad to ever finer, the finest by how fine it shall be. */
function strokesOf(fineness: number): number[] {
  const finest = 12 * 0.125 ** fineness;
  return [30, 14, 7, 3.6].filter((size) => size > 1.3 * finest).concat(finest);
}
