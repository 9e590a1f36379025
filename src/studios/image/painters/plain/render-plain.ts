/** A composition in plain opaque colour, in layers: what oil, woodcut and pixel painters begin with. */
import type { Layer } from '../../picture/types.ts';
import { createBitmap, createNoise, fractal } from '../../raster/index.ts';
import { groupFigures, layerNames } from '../group-figures.ts';
import type { PaintJob } from '../types.ts';
import { airOf } from './air.ts';
import { backdropBitmap } from './backdrop.ts';
import { type PlainRoom, renderFigure } from './render-figure.ts';

export type PlainLook = Pick<PlainRoom, 'modelling' | 'steps' | 'outline' | 'outlineColour'>;

/** Layers of larger pictures share bitmaps from this many pixels in all on. */
const MOST_PIXELS = 60e6;

/** Bottom first: the backdrop, then one layer for every element, farthest first. */
export async function renderPlain(job: PaintJob, look: PlainLook): Promise<Layer[]> {
  const { composition, figures, width, height, scale, random } = job;
  const noise = fractal(createNoise(random.fork('plain')), 3);
  const air = airOf(composition);
  const room: PlainRoom = { composition, air, sheet: { width, height }, scale, noise, ...look };
  const layers: Layer[] = [
    {
      id: 'backdrop',
      names: { en: 'backdrop', zh: '背景' },
      bitmap: backdropBitmap(composition, air, { width, height }, scale, noise),
      x: 0,
      y: 0,
    },
  ];
  const groups = groupFigures(figures, Math.max(2, Math.min(12, Math.floor(MOST_PIXELS / (width * height)))));
  const names = layerNames(groups);
  let done = 0;
  for (const [i, own] of groups.entries()) {
    const bitmap = createBitmap(width, height);
    for (const figure of own) {
      renderFigure(bitmap, room, figure);
      done++;
      job.progress(done / figures.length);
      await job.breathe();
    }
    const shows = own.map(({ placed }) => placed.name);
    layers.push({ id: `${i + 1}-${own[0]!.placed.name}`, names: names[i]!, bitmap, x: 0, y: 0, shows });
  }
  return layers;
}
