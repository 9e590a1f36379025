/**
 * A stage on which a living thing stands: drawn in free units (x to the right, y down, the ground at 0, so that heights are negative,
 * looking to the right), measured when done and laid into the box of the placed thing.
 *
 *   bones, paths, points ─▶ stage ─▶ as large as fits, never larger than its kind's nominal height ─▶ box in units
 *
 * What is `loose` (a fishing rod, a long ribbon) does not count for the size.
 */
import type { Placed } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import { parsePath } from '../drafting/index.ts';
import { boundsOf, type Line, wobble } from '../geometry/index.ts';
import { mark, PRESSURE, shade, surface, unit } from '../marks.ts';
import type { DrawingContext, Material, Shape, StrokeRole, Texture } from '../types.ts';
import { type Bone, type FleshOptions, flesh } from './flesh.ts';

/** What something is covered with. */
export interface Coat {
  readonly material: Material;
  readonly colour: string;
  /** By the lightness of the colour when absent. */
  readonly tone?: number;
}

/** Path, points, or several lines of points (the others are holes). */
export type Drawn = string | Line | readonly Line[];

export interface PartOptions {
  readonly form?: Shape['form'];
  readonly glow?: number;
  readonly softness?: number;
  readonly opacity?: number;
  readonly lined?: boolean;
  readonly texture?: Texture;
  readonly loose?: boolean;
}

export interface StrokeOptions {
  readonly role?: StrokeRole;
  readonly pressure?: readonly number[];
  readonly colour?: string;
  /** Detail from which on it is drawn; default 0. */
  readonly from?: number;
}

export interface Frame {
  readonly at?: Point;
  /** Radians, clockwise. */
  readonly turn?: number;
  readonly scale?: number;
  /** Turned over left to right before all else. */
  readonly flip?: boolean;
}

export interface StageSize {
  /** Its height when it stands upright. */
  readonly height: number;
  /** By how much it may be wider than its box; default 1.15. */
  readonly slack?: number;
  /** In the middle of its box instead of on its ground. */
  readonly afloat?: boolean;
}

export interface Stage {
  readonly placed: Placed;
  readonly context: DrawingContext;
  readonly detail: number;
  /** Whether it is in any of these states. */
  is(...states: readonly string[]): boolean;
  fill(part: string, coat: Coat, outline: Drawn, options?: PartOptions): void;
  /** The common outline of bones. */
  flesh(part: string, coat: Coat, bones: readonly Bone[], options?: PartOptions & FleshOptions): void;
  /** Lines on the surface drawn last, or alone when there is none. */
  line(path: Drawn, width: number, tone: number, options?: StrokeOptions): void;
  /** Everything drawn within is moved. */
  within(frame: Frame, draw: () => void): void;
  /** Laid into the box. */
  finish(): Shape[];
}

/** Short form of a coat. */
export const coat = (material: Material, colour: string, tone?: number): Coat => ({
  material,
  colour,
  ...(tone !== undefined && { tone }),
});

/** A coat in a lighter (positive) or darker tone. */
export const toned = ({ material, colour }: Coat, by: number): Coat => coat(material, shade(colour, by));

/** An empty stage. */
export function createStage(placed: Placed, context: DrawingContext, size: StageSize): Stage {
  const shapes: Shape[] = [];
  const loose = new Set<number>();
  let place = (point: Point): Point => point;
  let scale = 1;
  const cells = Math.round(46 + 64 * context.detail);
  const stage: Stage = {
    placed,
    context,
    detail: context.detail,
    is: (...states) => states.some((state) => placed.states.includes(state)),
    fill(part, { material, colour, tone = toneOf(colour) }, outline, { loose: free = false, ...options } = {}) {
      const [first = [], ...inner] = linesOf(outline).map((line) => line.map(place));
      // Holes turn against the outline, so that they stay open by either rule of filling.
      const holes = inner.map((hole) => (turning(hole) === turning(first) ? hole.toReversed() : hole));
      if (free) loose.add(shapes.length);
      shapes.push(surface(part, first, material, colour, tone, { form: 'round', ...options, ...holesOf(holes) }));
    },
    flesh(part, skin, bones, { blend, cells: own = cells, ...options } = {}) {
      const outlines = flesh(bones, { cells: own, ...(blend !== undefined && { blend }) });
      const [first, ...rest] = outlines;
      if (!first) return;
      const clockwise = turning(first);
      stage.fill(part, skin, [first, ...rest.filter((loop) => turning(loop) !== clockwise)], options);
      for (const loop of rest) if (turning(loop) === clockwise) stage.fill(part, skin, loop, options);
    },
    line(path, width, tone, { role = 'detail', pressure = PRESSURE.taper, colour, from = 0 } = {}) {
      if (context.detail < from) return;
      if (shapes.length === 0) shapes.push(surface('lines', [], 'plain', '#2e2b2c', 0.9));
      const strokes = linesOf(path).map((line) =>
        mark(role, line.map(place), width * scale, tone, line.length > 1 ? pressure : undefined, colour),
      );
      const last = shapes.pop()!;
      shapes.push({ ...last, strokes: [...last.strokes, ...strokes] });
    },
    within({ at = [0, 0], turn = 0, scale: by = 1, flip = false }, draw) {
      const [outer, outerScale] = [place, scale];
      const [c, s] = [Math.cos(turn) * by, Math.sin(turn) * by];
      place = ([x, y]) => {
        const own = flip ? -x : x;
        return outer([at[0] + own * c - y * s, at[1] + own * s + y * c]);
      };
      scale *= by;
      draw();
      [place, scale] = [outer, outerScale];
    },
    finish: () => laidOut(shapes, loose, placed, context, size),
  };
  return stage;
}

const holesOf = (holes: readonly Point[][]): Partial<Shape> => (holes.length > 0 ? { holes } : {});

/** A point begins with a number, a line with a point. */
function linesOf(drawn: Drawn): readonly Line[] {
  if (typeof drawn === 'string') return parsePath(drawn);
  return typeof drawn[0]?.[0] === 'number' ? [drawn as Line] : (drawn as readonly Line[]);
}

function turning(loop: Line): boolean {
  let sum = 0;
  loop.forEach(([x, y], i) => {
    const [px, py] = loop.at(i - 1)!;
    sum += px * y - x * py;
  });
  return sum > 0;
}

/** 0 white … 1 black, as the eye weighs colours. */
export function toneOf(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16) / 255);
  return Math.min(0.96, Math.max(0.04, 1 - (0.3 * r! + 0.59 * g! + 0.11 * b!) ** 0.85));
}

function laidOut(
  shapes: readonly Shape[],
  loose: ReadonlySet<number>,
  { box }: Placed,
  { noise, detail }: DrawingContext,
  { height, slack = 1.15, afloat = false }: StageSize,
): Shape[] {
  const counted = shapes.flatMap(({ outline }, i) => (loose.has(i) ? [] : outline));
  const points = counted.length > 0 ? counted : shapes.flatMap(({ strokes }) => strokes.flatMap((s) => s.points));
  if (points.length === 0) return [];
  const bounds = boundsOf(points);
  const low = afloat ? bounds.y + bounds.height : Math.max(0, bounds.y + bounds.height);
  const tall = Math.max(1e-6, low - bounds.y);
  const scale = Math.min(box.height / Math.max(tall, height), (box.width * slack) / Math.max(1e-6, bounds.width));
  const middle = bounds.x + bounds.width / 2;
  const foot = box.y + box.height - (afloat ? (box.height - tall * scale) / 2 : 0);
  const size = Math.min(box.width, box.height);
  const hand = (line: Line): Point[] => {
    const laid = line.map(([x, y]): Point => [box.x + box.width / 2 + (x - middle) * scale, foot + (y - low) * scale]);
    return wobble(laid, noise, size * 0.006 * unit(0.4 + detail), Math.max(4, size * 0.14));
  };
  return shapes.map((shape) => ({
    ...shape,
    outline: hand(shape.outline),
    ...(shape.holes && { holes: shape.holes.map(hand) }),
    strokes: shape.strokes.map((stroke) => ({
      ...stroke,
      points: hand(stroke.points),
      width: Math.max(0.45, stroke.width * scale),
    })),
  }));
}
