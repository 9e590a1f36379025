/**
 * A composition in glazes on paper.
 *
 *   paper · what the air is (sky, ground) · one sheet of glaze per element, far to near
 */
import { createGrain, type Glaze, glazeLayer, type PaperLook, paperBitmap } from '../../brush/index.ts';
import type { Layer } from '../../picture/index.ts';
import { createNoise, fractal, type Noise } from '../../raster/index.ts';
import { airOf } from '../plain/index.ts';
import type { PaintJob } from '../types.ts';
import { createBands } from './bands.ts';
import { type GlazeLook, type GlazeRoom, paintFigure } from './paint-figure.ts';

export interface GlazePainting {
  readonly look: GlazeLook;
  readonly paper: PaperLook;
  /** What is painted before the figures; undefined leaves the paper. */
  air(job: PaintJob, noise: Noise): Glaze | undefined;
  /** Called for what shines, with its middle and radius in pixels, so that the sky can be left light there. */
  shine?(glaze: Glaze, at: readonly [number, number], radius: number): void;
}

/** All layers, bottom first. */
export async function paintGlazes(job: PaintJob, { look, paper, air, shine }: GlazePainting): Promise<Layer[]> {
  const { composition, figures, width, height, scale, random } = job;
  const sheet = { width, height };
  const noise = fractal(createNoise(random.fork('wash')), 3);
  const bitmap = paperBitmap(sheet, paper, scale, random.fork('paper'));
  const ground: Layer = { id: 'paper', names: { en: 'paper', zh: '纸' }, bitmap, x: 0, y: 0 };
  const sky = air(job, noise);
  const bands = createBands(figures, sheet);
  const grain = createGrain(random.fork('grain'), scale);
  const room: GlazeRoom = {
    composition,
    sheet,
    scale,
    grain,
    noise,
    bands,
    look,
    air: airOf(composition),
    backdrop: sky,
  };
  let done = 0;
  for (const [i, band] of bands.entries()) {
    for (const figure of band.figures) {
      const { box, element } = figure.placed;
      if (sky && shine && (element === 'moon' || element === 'sun')) {
        const middle = [(box.x + box.width / 2) * scale, (box.y + box.height / 2) * scale] as const;
        shine(sky, middle, (Math.min(box.width, box.height) / 2) * scale);
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
  return [
    ground,
    ...(sky ? [glazeLayer(sky, { id: 'air', names: { en: 'sky and ground', zh: '天地' } })] : []),
    ...sheets,
  ];
}
