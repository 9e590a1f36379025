/**
 * From a plan to a picture: laid out, drawn, painted, signed.
 *
 *   plan ─▶ composition ─▶ figures ─▶ layers by a painter ─▶ writing and seal ─▶ picture
 */
import { createRandom } from '../../core/index.ts';
import type { Plan } from '../../kernel/index.ts';
import { type Composition, type Layout, layOut, pixelsOf } from './composition/index.ts';
import { drawFigure, type Figure } from './figures/index.ts';
import { signPicture } from './lettering/index.ts';
import { type Painter, type PaintJob, renderPlain } from './painters/index.ts';
import { flatten, type Picture } from './picture/index.ts';
import type { Bitmap } from './raster/index.ts';
import { createSight, keepDry, keepSeated } from './sight/index.ts';

export interface SceneOptions {
  readonly painter: Painter;
  /** Pixels that were asked for; they decide the shape. */
  readonly size?: readonly [number, number] | undefined;
  /** Pixels of the longer side. */
  readonly longest: number;
  readonly seed: string;
  /** The painter's own wishes. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly inscription?: Composition['inscription'] | undefined;
  /** Characters of the seal; none when empty. */
  readonly seal: string;
}

/** What the painting needs of the one who asked for it. */
export type Studio = Pick<PaintJob, 'breathe' | 'progress'> & {
  /** Shows what is there; what it returns is awaited before work goes on. */
  preview?(bitmap: Bitmap): void | Promise<void>;
};

/** The layouts that a plan may have, the first one to be painted first. */
export function composeScene(
  plan: Plan,
  { seed, inscription, size }: Pick<SceneOptions, 'seed' | 'inscription' | 'size'>,
  count: number,
): Layout[] {
  return layOut(plan, { seed, count, inscription, size, sight: createSight() }).map((layout) => ({
    ...layout,
    composition: keepDry(keepSeated(layout.composition, plan.scene?.elements ?? []), plan.scene?.elements ?? []),
  }));
}

/** The figures of a composition, farthest first. */
export function drawScene(composition: Composition): Figure[] {
  return composition.placed.map((placed) => drawFigure(placed, composition));
}

/** A painting with what its writing could not say. */
export type Painted = Picture & {
  /** Characters that no typeface has; 〓 stands in their places. */
  readonly unwritten: readonly string[];
};

/** Paints one layout. */
export async function paintScene(
  { composition, worth, mode }: Layout,
  plan: Plan,
  options: SceneOptions,
  studio: Studio,
): Promise<Painted> {
  const { painter, longest, settings, seal } = options;
  const { width, height } = pixelsOf(composition, longest);
  const scale = longest / Math.max(composition.width, composition.height);
  const random = createRandom(`${composition.seed}/${painter.id}`);
  const figures = drawScene(composition);
  const job: PaintJob = { composition, figures, width, height, scale, random, options: settings, ...studio };
  await sketchOut(job, studio);
  const layers = await painter.paint(job);
  const under = flatten({ width, height, layers, about: {} });
  const signed = signPicture(composition, { width, height }, { scale, under, seal }, random.fork('sign'));
  const about = {
    painter: painter.id,
    settings,
    mode,
    worth,
    composition,
    scene: plan.scene ?? null,
    brief: plan.brief,
  };
  return { width, height, layers: [...layers, ...signed.layers], about, unwritten: signed.missing };
}

/** Pixels of the longer side of the first preview. */
const FIRST_LOOK = 144;

/** Shows in plain colour what is going to be painted, long before it is. */
async function sketchOut(job: PaintJob, { preview }: Studio): Promise<void> {
  if (!preview) return;
  const { composition } = job;
  const size = pixelsOf(composition, FIRST_LOOK);
  const scale = FIRST_LOOK / Math.max(composition.width, composition.height);
  const random = createRandom(`${composition.seed}/preview`);
  const small: PaintJob = { ...job, ...size, scale, random, progress: () => {} };
  const layers = await renderPlain(small, { modelling: 1, steps: 0, outline: 0, outlineColour: '#000000' });
  await preview(flatten({ ...size, layers, about: {} }));
}

export { findPainter, plotSvg } from './painters/index.ts';
export { writeOpenRaster } from './picture/index.ts';
