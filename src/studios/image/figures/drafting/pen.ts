/**
 * A pen that draws in the units of a drawing (a design of, say, 100 × 80, y down, the ground at its lower edge) and lays the result into the
 * box of the placed thing: as large as fits, in the middle, standing on the box's lower edge. Long straight edges tremble a little, as
 * drawn by hand.
 *
 *   design 100 × 80 ─▶ fit ─▶ box in units      pen.fill('roof', 'tile', 'M…')  pen.line('M…', 1, 0.6)
 */
import type { Random } from '../../../../core/index.ts';
import type { Placed } from '../../composition/index.ts';
import type { Noise, Point } from '../../raster/index.ts';
import { areaOf, type Line } from '../geometry/index.ts';
import { mark, PRESSURE } from '../marks.ts';
import { isSnowy } from '../season.ts';
import type { Drawer, DrawingContext, Shape, Stroke, StrokeRole, Texture } from '../types.ts';
import { type PaintName, paintOf } from './paint.ts';
import { parsePath } from './path.ts';

/** Outline or line: a path, points, or several lines of points. */
export type Drawn = string | Line | readonly Line[];

export interface FillOptions {
  readonly form?: Shape['form'];
  readonly glow?: number;
  readonly softness?: number;
  readonly opacity?: number;
  readonly lined?: boolean;
  readonly texture?: Texture;
  /** Takes this colour instead of the paint's. */
  readonly colour?: string | undefined;
  readonly tone?: number;
}

export interface LineOptions {
  readonly role?: StrokeRole;
  readonly pressure?: readonly number[];
  readonly colour?: string;
}

export interface Pen {
  readonly random: Random;
  readonly noise: Noise;
  /** 0 a hint … 1 all details. */
  readonly detail: number;
  /** The colour that was asked for. */
  readonly colour: string | undefined;
  /** Whether lamps burn: said so, or dark enough. */
  readonly lit: boolean;
  /** Whether snow lies on it. */
  readonly snowy: boolean;
  readonly placed: Placed;
  readonly context: DrawingContext;
  /** Whether the thing is in any of these states. */
  is(...states: readonly string[]): boolean;
  /** A surface; further lines of the path are holes. */
  fill(part: string, paint: PaintName, outline: Drawn, options?: FillOptions): void;
  /** Lines on the surface drawn last, or alone when there is none; width in units of the drawing. */
  line(path: Drawn, width: number, tone: number, options?: LineOptions): void;
  /** Lines that lie over all before them. */
  lines(part: string, paint: PaintName): void;
  /** What another drawer makes of a part of this drawing. */
  inset(
    drawer: Drawer,
    box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  ): void;
  /** Everything so far. */
  readonly shapes: Shape[];
}

export interface Design {
  readonly width: number;
  readonly height: number;
  /** Stretched to the box instead of keeping its proportions, at most by this factor; default 1.12. */
  readonly stretch?: number;
  /** Hung from the middle of the box instead of standing on its ground. */
  readonly afloat?: boolean;
}

/** A pen for a design in a box. */
export function createPen(placed: Placed, context: DrawingContext, design: Design): Pen {
  const { random, noise, detail } = context;
  const { at, scale } = fit(placed, design);
  const shapes: Shape[] = [];
  const tremble = (line: Line): Point[] => {
    const size = Math.max(1, Math.min(design.width, design.height));
    return handDrawn(line, noise, size * 0.0045, size * 0.16, size * 0.12).map(at);
  };
  return {
    random,
    noise,
    detail,
    colour: placed.colour,
    lit: isLit(placed, context),
    snowy: isSnowy(placed, context),
    placed,
    context,
    shapes,
    is: (...states) => states.some((state) => placed.states.includes(state)),
    fill(part, paint, outline, options = {}) {
      const [first = [], ...holes] = linesOf(outline).map(tremble);
      shapes.push(surfaceOf(part, paint, first, holes, options));
    },
    line(path, width, tone, options = {}) {
      if (shapes.length === 0) shapes.push(surfaceOf('lines', 'dark', [], [], {}));
      const strokes = linesOf(path).map((line): Stroke => {
        const { role = 'detail', pressure = PRESSURE.thread, colour } = options;
        return mark(role, tremble(line), Math.max(0.5, width * scale), tone, pressure, colour);
      });
      const last = shapes.pop()!;
      shapes.push({ ...last, strokes: [...last.strokes, ...strokes] });
    },
    lines(part, paint) {
      shapes.push(surfaceOf(part, paint, [], [], {}));
    },
    inset(drawer, { x, y, width, height }) {
      const [[x0, y0], [x1, y1]] = [at([x, y]), at([x + width, y + height])];
      const box = { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
      shapes.push(...drawer({ ...placed, box }, context));
    },
  };
}

/** A point begins with a number, a line with a point. */
function linesOf(drawn: Drawn): readonly Line[] {
  if (typeof drawn === 'string') return parsePath(drawn);
  return typeof drawn[0]?.[0] === 'number' ? [drawn as Line] : (drawn as readonly Line[]);
}

/** Lamps burn when the words say so, at night and at dusk; a ruin is dark. */
function isLit({ states }: Placed, { composition: { hour, light } }: DrawingContext): boolean {
  if (states.some((state) => ['unlit', 'dark', 'ruined', 'extinguished', 'empty'].includes(state))) return false;
  return (
    states.includes('lit') || hour === 'night' || hour === 'dusk' || light.source === 'moon' || light.source === 'stars'
  );
}

function fit({ box }: Placed, { width, height, stretch = 1.12, afloat = false }: Design) {
  const [wide, tall] = [box.width / width, box.height / height];
  const scale = Math.min(wide, tall);
  const [sx, sy] = [Math.min(wide, scale * stretch), Math.min(tall, scale * stretch)];
  const left = box.x + (box.width - width * sx) / 2;
  const free = box.height - height * sy;
  const top = box.y + (afloat ? free / 2 : free);
  return { scale, at: ([x, y]: Point): Point => [left + x * sx, top + y * sy] };
}

/** Holes turn against the outline, so that they stay open by either rule of filling. */
function holesIn(outline: Line, holes: readonly Line[]): Line[] {
  return holes.map((hole) => (areaOf(hole) > 0 === areaOf(outline) > 0 ? hole.toReversed() : hole));
}

function surfaceOf(part: string, name: PaintName, outline: Line, holes: readonly Line[], options: FillOptions): Shape {
  const { material, colour, tone } = paintOf(name);
  const { colour: own, ...rest } = options;
  return {
    part,
    outline,
    ...(holes.length > 0 && { holes: holesIn(outline, holes) }),
    material,
    colour: own ?? colour,
    tone,
    form: 'flat',
    strokes: [],
    ...rest,
  };
}

/** Long edges in pieces, every point moved a little. */
function handDrawn(line: Line, noise: Noise, by: number, size: number, piece: number): Point[] {
  const out: Point[] = [];
  line.forEach((to, i) => {
    const from = line[i - 1];
    if (from) {
      const count = Math.min(40, Math.floor(Math.hypot(to[0] - from[0], to[1] - from[1]) / piece));
      for (let step = 1; step <= count; step++) {
        const t = step / (count + 1);
        out.push([from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t]);
      }
    }
    out.push(to);
  });
  return out.map(
    ([x, y]): Point => [x + by * noise(x / size, y / size), y + by * noise(x / size + 31.7, y / size + 11.3)],
  );
}

/** A drawer from what is drawn with a pen in a design. */
export const drawnIn =
  (design: Design, draw: (pen: Pen) => void): Drawer =>
  (placed, context) => {
    const pen = createPen(placed, context, design);
    draw(pen);
    return pen.shapes;
  };
