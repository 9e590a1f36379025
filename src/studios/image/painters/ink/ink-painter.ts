/**
 * The ink painter 水墨: brush lines, texture strokes and washes on paper, far things pale, mist and water left white.
 *
 *   paper · sky · one layer per element, far to near · (writing and seal are added by whoever signs)
 */
import { z } from 'zod';
import { createGrain, glazeLayer, paperBitmap } from '../../brush/index.ts';
import type { Layer } from '../../picture/types.ts';
import { createNoise, fractal } from '../../raster/index.ts';
import type { Painter, PaintJob } from '../types.ts';
import { leaveGlow, paintSky } from './air.ts';
import { createBands } from './bands.ts';
import { type InkRoom, paintFigure } from './paint-figure.ts';

export const inkOptions = z.object({
  colour: z.number().min(0).max(1).default(0.4).describe('0 black ink alone … 1 full colour'),
  wetness: z.number().min(0).max(1).default(0.6).describe('0 dry brush … 1 wet washes'),
  age: z.number().min(0).max(1).default(0.35).describe('0 new paper … 1 old silk'),
});

export const inkPainter: Painter = {
  id: 'ink',
  names: { en: 'ink and wash', zh: '水墨' },
  summary: { en: 'Brush lines, texture strokes and washes on rice paper.', zh: '笔线、皴擦与墨染，留白为云水。' },
  paint: paintInk,
};

async function paintInk(job: PaintJob): Promise<readonly Layer[]> {
  const { composition, figures, width, height, scale, random } = job;
  const { colour, wetness, age } = inkOptions.parse(job.options);
  const sheet = { width, height };
  const noise = fractal(createNoise(random.fork('wash')), 3);
  const look = { colour: '#f4eee0', roughness: 1, age, fibres: 1.6 };
  const paper: Layer = {
    id: 'paper',
    names: { en: 'paper', zh: '纸' },
    bitmap: paperBitmap(sheet, look, scale, random.fork('paper')),
    x: 0,
    y: 0,
  };
  const sky = paintSky(composition, sheet, scale, noise);
  const bands = createBands(figures, sheet);
  const room: InkRoom = {
    composition,
    sheet,
    scale,
    grain: createGrain(random.fork('grain'), scale),
    noise,
    bands,
    colour,
    wetness,
  };
  let done = 0;
  for (const [i, band] of bands.entries()) {
    for (const figure of band.figures) {
      const { box, element } = figure.placed;
      if (sky && (element === 'moon' || element === 'sun')) {
        leaveGlow(
          sky,
          [(box.x + box.width / 2) * scale, (box.y + box.height / 2) * scale],
          (Math.min(box.width, box.height) / 2) * scale,
        );
      }
      paintFigure(room, i, figure, random.fork(figure.placed.name));
      done++;
      job.progress(done / figures.length);
      await job.breathe();
    }
  }
  const sheets = bands.map(({ id, names, glaze, figures: own }) =>
    glazeLayer(glaze, { id, names, shows: own.map(({ placed }) => placed.name) }),
  );
  return [paper, ...(sky ? [glazeLayer(sky, { id: 'sky', names: { en: 'sky', zh: '天' } })] : []), ...sheets];
}
