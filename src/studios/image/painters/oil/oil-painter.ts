/**
 * The oil painter 油画: strokes of a loaded brush, large first, smaller where the picture asks for it (Hertzmann 1998, curved brush strokes of
 * several sizes), each stroke with the ridges that its bristles leave.
 */
import { z } from 'zod';
import { flatten } from '../../picture/index.ts';
import type { Layer } from '../../picture/types.ts';
import type { Bitmap } from '../../raster/index.ts';
import { renderPlain } from '../plain/index.ts';
import type { Painter, PaintJob, RepaintJob } from '../types.ts';
import { paintStrokes } from './paint-strokes.ts';

export const oilOptions = z.object({
  strokes: z
    .array(z.number().min(1).max(200))
    .min(1)
    .max(6)
    .default([30, 14, 7, 3.6, 1.9])
    .describe('half widths of the brushes, in thousandths of the paper'),
  threshold: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe('difference from the motif above which a smaller stroke is laid'),
  relief: z.number().min(0).max(1).default(0.6).describe('how thick the paint stands'),
});

export const oilPainter: Painter = {
  id: 'oil',
  names: { en: 'oil', zh: '油画' },
  summary: { en: 'Layers of brush strokes from broad to fine, thick paint.', zh: '由大到小层层笔触，颜料厚重。' },
  paint: paintOil,
  repaint: inStrokes,
};

async function paintOil(job: PaintJob): Promise<readonly Layer[]> {
  const half = (done: number): void => job.progress(done * 0.4);
  const plain = await renderPlain(
    { ...job, progress: half },
    { modelling: 1, steps: 0, outline: 0, outlineColour: '#000000' },
  );
  const motif = flatten({ width: job.width, height: job.height, layers: plain, about: {} });
  return inStrokes({ ...job, motif });
}

/** Over any picture. */
async function inStrokes(job: RepaintJob): Promise<readonly Layer[]> {
  const bitmap = await paintStrokes(job.motif, job, oilOptions.parse(job.options));
  const motifLayer = layerOf('motif', { en: 'motif under the paint', zh: '底稿' }, job.motif);
  return [motifLayer, layerOf('paint', { en: 'paint', zh: '颜料' }, bitmap)];
}

function layerOf(id: string, names: Layer['names'], bitmap: Bitmap): Layer {
  return { id, names, bitmap, x: 0, y: 0 };
}
