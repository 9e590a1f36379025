/** The line painter 白描: pen lines alone, what is hidden left out; also as SVG for pen plotters. */
import { z } from 'zod';
import { paperBitmap } from '../../brush/index.ts';
import type { Composition } from '../../composition/index.ts';
import type { Figure } from '../../figures/index.ts';
import type { Layer } from '../../picture/index.ts';
import { type Bitmap, createBitmap, createField, drawStroke, type Point, parseHex } from '../../raster/index.ts';
import type { Painter, PaintJob } from '../types.ts';
import { type PenLine, visibleLines } from './visible-lines.ts';

export const lineOptions = z.object({
  ink: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .default('#1f2226')
    .describe('colour of the ink'),
  hatching: z.number().min(0).max(1).default(0.5).describe('0 contours alone … 1 dense hatching'),
});

export const linePainter: Painter = {
  id: 'line',
  names: { en: 'line drawing', zh: '白描' },
  summary: {
    en: 'Pen lines with hatching, hidden lines left out; also for plotters.',
    zh: '线描与排线，遮挡处不画，可供绘图机。',
  },
  paint: drawLines,
};

async function drawLines(job: PaintJob): Promise<readonly Layer[]> {
  const { ink, hatching } = lineOptions.parse(job.options);
  const { composition, figures, width, height, scale, random } = job;
  const look = { colour: '#faf7f0', roughness: 0.8, age: 0, fibres: 0 };
  const paper = paperBitmap({ width, height }, look, scale, random.fork('paper'));
  await job.breathe();
  const lines = visibleLines(composition, figures, hatching);
  job.progress(0.5);
  const layer = (id: PenLine['kind'], names: Layer['names']): Layer => {
    const own = lines.filter(({ kind }) => kind === id);
    return { id, names, bitmap: penBitmap(own, width, height, scale, ink), x: 0, y: 0 };
  };
  const layers = [
    layer('hatch', { en: 'hatching', zh: '排线' }),
    layer('stroke', { en: 'strokes', zh: '笔触' }),
    layer('contour', { en: 'contours', zh: '轮廓' }),
  ];
  job.progress(1);
  return [{ id: 'paper', names: { en: 'paper', zh: '纸' }, bitmap: paper, x: 0, y: 0 }, ...layers];
}

function penBitmap(lines: readonly PenLine[], width: number, height: number, scale: number, ink: string): Bitmap {
  const bitmap = createBitmap(width, height);
  const colour = parseHex(ink);
  for (const [tone, own] of Map.groupBy(lines, (line) => Math.round(line.tone * 5) / 5)) {
    const field = createField(width, height);
    for (const { points, width: thick } of own) {
      drawStroke(field, {
        points: points.map(([x, y]): Point => [x * scale, y * scale]),
        radii: points.map(() => (thick / 2) * scale),
      });
    }
    for (let i = 0; i < field.data.length; i++) {
      const alpha = field.data[i]! * (0.25 + 0.75 * tone) * 255;
      if (alpha <= bitmap.data[4 * i + 3]!) continue;
      for (let c = 0; c < 3; c++) bitmap.data[4 * i + c] = colour[c]!;
      bitmap.data[4 * i + 3] = alpha;
    }
  }
  return bitmap;
}

/** A drawing as SVG: one path a line, in three groups, A4 wide in millimetres; for plotters and vector programs. */
export function plotSvg(
  composition: Composition,
  figures: readonly Figure[],
  { hatching = 0.5, ink = '#1f2226' } = {},
): string {
  const lines = visibleLines(composition, figures, hatching);
  const { width, height } = composition;
  const millimetres = 210 / Math.min(width, height);
  const number = (value: number): string => value.toFixed(1).replace(/\.0$/, '');
  const path = ({ points, width: thick }: PenLine): string =>
    `<path d="M${points.map(([x, y]) => `${number(x)} ${number(y)}`).join('L')}" stroke-width="${number(thick)}"/>`;
  const groups = (['hatch', 'stroke', 'contour'] as const).map((kind) => {
    const own = lines.filter((line) => line.kind === kind);
    return `<g id="${kind}">${own.map(path).join('\n')}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width * millimetres)}mm" height="${number(height * millimetres)}mm" viewBox="0 0 ${number(width)} ${number(height)}" fill="none" stroke="${ink}" stroke-linecap="round" stroke-linejoin="round">\n${groups.join('\n')}\n</svg>\n`;
}
