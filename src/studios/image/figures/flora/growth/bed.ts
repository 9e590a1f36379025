/**
 * What a growing thing knows while it is drawn, and how it is set into its box at the end: drawn freely in units, then moved and scaled
 * to fit, foot on the ground.
 */
import type { Random } from '../../../../../core/index.ts';
import type { Box, Placed } from '../../../composition/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { boundsOf } from '../../geometry/index.ts';
import { unit } from '../../marks.ts';
import { isSnowy, type Season, seasonOf, windOn } from '../../season.ts';
import type { DrawingContext, Shape, Stroke } from '../../types.ts';

export interface Bed {
  readonly box: Box;
  readonly random: Random;
  /** 0 a hint … 1 all details. */
  readonly detail: number;
  /** −1 … 1 to the right. */
  readonly wind: number;
  readonly season: Season;
  readonly withered: boolean;
  readonly bud: boolean;
  readonly snowy: boolean;
  /** Seen in a landscape, where it grows from the ground; near at hand it may be a cut branch. */
  readonly rooted: boolean;
  /** The colour asked for. */
  readonly colour: string | undefined;
  readonly placed: Placed;
}

/** The bed of a placed thing. */
export function bedOf(placed: Placed, context: DrawingContext): Bed {
  const { box, states, colour } = placed;
  const has = (state: string): boolean => states.includes(state);
  return {
    box,
    random: context.random,
    detail: context.detail,
    wind: windOn(placed, context),
    season: seasonOf(placed, context),
    withered: has('withered'),
    bud: has('bud'),
    snowy: isSnowy(placed, context),
    rooted: context.composition.horizon < context.composition.height,
    colour,
    placed,
  };
}

/** Leaf and petal colours fade to straw when withered. */
export const faded = (bed: Bed, colour: string, by = 0.62): string =>
  bed.withered ? mixHex(colour, '#8a6f48', by) : colour;

/** How dark an ink painter sees a colour, 0.08 … 0.8. */
export function toneOf(colour: string): number {
  const value = Number.parseInt(colour.slice(1), 16);
  const bright = (0.3 * (value >> 16) + 0.59 * ((value >> 8) & 255) + 0.11 * (value & 255)) / 255;
  return 0.06 + 0.74 * unit(1.06 - bright);
}

/** How a drawing may sit in its box. */
export type Seat = 'foot' | 'middle' | 'top';

const MINOR = ['vein', 'hair', 'texture', 'detail', 'petal'];
const MOST_LINES = 2900;

/** No more lines than a painter has patience for: of the small ones, every so many are left out. */
export function withinPatience(shapes: readonly Shape[]): readonly Shape[] {
  const all = shapes.flatMap(({ strokes }) => strokes);
  if (all.length <= MOST_LINES) return shapes;
  const minor = all.filter(({ role }) => MINOR.includes(role)).length;
  const kept = Math.max(0, MOST_LINES - (all.length - minor)) / minor;
  let nth = 0;
  const wanted = ({ role }: Stroke): boolean =>
    !MINOR.includes(role) || Math.floor(++nth * kept) > Math.floor((nth - 1) * kept);
  return shapes.map((shape) => ({ ...shape, strokes: shape.strokes.filter(wanted) }));
}

/** Moves and scales (0.3–3) a drawing into a box, its form kept. */
export function settle(drawn: readonly Shape[], box: Box, seat: Seat = 'foot'): Shape[] {
  const shapes = withinPatience(drawn);
  const points = shapes.flatMap(({ outline, strokes }) => [...outline, ...strokes.flatMap((stroke) => stroke.points)]);
  if (points.length === 0) return [];
  const own = boundsOf(points);
  const fit = Math.min(box.width / Math.max(1e-3, own.width), box.height / Math.max(1e-3, own.height));
  const by = Math.min(3, Math.max(0.3, fit));
  const left = box.x + (box.width - own.width * by) / 2;
  const spare = box.height - own.height * by;
  const top = box.y + (seat === 'foot' ? spare : seat === 'middle' ? spare / 2 : 0);
  const move = ([x, y]: Point): Point => [left + (x - own.x) * by, top + (y - own.y) * by];
  return shapes.map((shape) => moveShape(shape, move, by));
}

/** A shape with every point moved and its lines' widths multiplied. */
export function moveShape(shape: Shape, move: (point: Point) => Point, by = 1): Shape {
  return {
    ...shape,
    outline: shape.outline.map(move),
    ...(shape.holes && { holes: shape.holes.map((hole) => hole.map(move)) }),
    strokes: shape.strokes.map((stroke) => ({
      ...stroke,
      width: stroke.width * by,
      points: stroke.points.map(move),
    })),
  };
}
