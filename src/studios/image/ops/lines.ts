/** The op `image/lines`: the lines of a picture, black on white: a drawing cleaned, or outlines taken out of a painting or photograph. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { OPEN_RASTER, PICTURE } from './medium.ts';
import { opaquePicture } from './take-picture.ts';

export const drawLinesOf = defineOp({
  name: 'image/lines',
  version: 1,
  summary: {
    en: 'Cleans a photographed drawing, or takes the lines out of a painting or photograph.',
    zh: '清理拍下的线稿，或从画作、照片中提取线稿。',
  },
  options: z.object({
    mode: z.enum(['clean', 'extract']).optional().describe('from a drawing, or from a painting; by the look of it'),
    detail: z.number().min(0).max(1).default(0.5).describe('0 few lines … 1 many'),
    thickness: z.number().min(0.5).max(20).optional().describe('pixels, of extracted lines; by the size'),
    longest: z.int().min(64).max(4096).default(1536).describe('pixels of the longer side'),
  }),
  inputs: [{ name: 'picture', medium: PICTURE }],
  async run(context, [picture], { mode, detail, thickness, longest }) {
    const { drawLines, inkBitmap, tracePaths } = await import('../lines/index.ts');
    const { writeOpenRaster } = await import('../picture/index.ts');
    const { filledBitmap } = await import('../raster/index.ts');
    const own = await opaquePicture(picture!, longest);
    const { cover, mode: chosen } = drawLines(own, { mode, detail, thickness });
    await context.breathe();
    const { width, height } = own;
    const traced = { width, height, paths: tracePaths(cover) };
    const layers = [
      { id: 'before', names: { en: 'before', zh: '原画' }, bitmap: own, x: 0, y: 0, visible: false },
      {
        id: 'paper',
        names: { en: 'paper', zh: '纸' },
        bitmap: filledBitmap(width, height, [255, 255, 255]),
        x: 0,
        y: 0,
      },
      { id: 'lines', names: { en: 'lines', zh: '线稿' }, bitmap: inkBitmap(cover), x: 0, y: 0 },
    ];
    const report = { mode: chosen, paths: traced.paths.length };
    const about = { lines: { mode: chosen, detail }, traced };
    const bytes = await writeOpenRaster({ width, height, layers, about });
    return {
      works: [{ medium: PICTURE, title: picture!.work.title, bytes, mime: OPEN_RASTER, measures: report }],
      report,
    };
  },
});
