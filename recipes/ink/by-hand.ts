/**
 * What an artist's sketch would show of a scene, and how a hand draws it.
 *
 *   figures ─▶ fewer texture strokes, soft things given an outline ─▶ lines that are seen ─▶ wobble, slips, gaps, second strokes,
 *   changing pressure ─▶ grey plane, 1 paper … 0 black
 */
import type { Random } from '../../src/core/index.ts';
import type { Composition } from '../../src/studios/image/composition/index.ts';
import type { Figure, Shape, StrokeRole } from '../../src/studios/image/figures/index.ts';
import { type PenLine, visibleLines } from '../../src/studios/image/painters/line/visible-lines.ts';
import { createField, createNoise, drawStroke, type Noise, type Point } from '../../src/studios/image/raster/index.ts';

/** One hand on one day. Lengths in pixels. */
interface Hand {
  /** Width of a contour. */
  readonly width: number;
  readonly wobble: number;
  /** How far whole strokes slip. */
  readonly slip: number;
  /** Chance that a piece of line is lifted off. */
  readonly gaps: number;
  /** Chance that a line is drawn twice. */
  readonly twice: number;
  /** Darkness of a pressed line. */
  readonly ink: number;
  /** How much of texture and of detail is drawn. */
  readonly texture: number;
  readonly detail: number;
}

export interface SketchSize {
  readonly width: number;
  readonly height: number;
  /** Pixels to a unit. */
  readonly scale: number;
}

/** Draws a scene as an artist would before painting it. */
export function sketchScene(
  composition: Composition,
  figures: readonly Figure[],
  size: SketchSize,
  random: Random,
): Float32Array {
  const hand = pickHand(random);
  const seen = figures.map((figure) => ({
    ...figure,
    shapes: figure.shapes.map((shape) => asSketched(shape, hand, random)),
  }));
  const noise = createNoise(random.fork('noise'));
  const field = createField(size.width, size.height);
  for (const line of visibleLines(composition, seen, 0))
    drawByHand(field, line, { hand, noise, random, scale: size.scale });
  return field.data.map((dark) => 1 - Math.min(1, dark));
}

function pickHand(random: Random): Hand {
  const careful = random.next() ** 2;
  return {
    width: 1.3 + 1.5 * random.next(),
    wobble: 0.3 + 2.2 * careful,
    slip: 0.2 + 1.8 * careful,
    gaps: random.next() < 0.5 ? 0.03 : 0.2 * random.next(),
    twice: random.next() < 0.5 ? 0.03 : 0.4 * random.next(),
    ink: 0.7 + 0.3 * random.next(),
    texture: random.next() < 0.4 ? 0 : 0.5 * random.next(),
    detail: 0.35 + 0.65 * random.next(),
  };
}

const TEXTURES: readonly StrokeRole[] = ['texture', 'rain', 'fold', 'vein', 'hair'];
const NEVER_OUTLINED = ['cloud', 'light', 'sky', 'water', 'fire'];

function asSketched(shape: Shape, { texture, detail }: Hand, random: Random): Shape {
  const soft = (shape.softness ?? 0) > 0.25 && !NEVER_OUTLINED.includes(shape.material);
  const strokes = shape.strokes.filter(
    ({ role }) => role === 'contour' || random.next() < (TEXTURES.includes(role) ? texture : detail),
  );
  return { ...shape, strokes, ...(soft ? { softness: 0.2 } : {}) };
}

interface Drawing {
  readonly hand: Hand;
  readonly noise: Noise;
  readonly random: Random;
  readonly scale: number;
}

function drawByHand(field: ReturnType<typeof createField>, line: PenLine, drawing: Drawing): void {
  const { hand, random } = drawing;
  const times = line.kind === 'contour' && random.next() < hand.twice ? 2 : 1;
  for (let i = 0; i < times; i++)
    for (const piece of lifted(line.points, hand, random)) drawPiece(field, piece, line, drawing);
}

/** Long lines come in several strokes, some left out, each a little off. */
function lifted(points: readonly Point[], hand: Hand, random: Random): (readonly Point[])[] {
  if (points.length < 8) return [points];
  const pieces: Point[][] = [];
  for (let at = 0; at < points.length - 1; ) {
    const length = 8 + random.integer(40);
    if (random.next() >= hand.gaps) pieces.push(points.slice(at, at + length + 1));
    at += random.next() < hand.gaps ? length + 2 : length;
  }
  return pieces.filter((piece) => piece.length > 1);
}

function drawPiece(
  field: ReturnType<typeof createField>,
  points: readonly Point[],
  line: PenLine,
  drawing: Drawing,
): void {
  const { hand, noise, random, scale } = drawing;
  const [dx, dy] = [random.normal() * hand.slip * 0.5, random.normal() * hand.slip * 0.5];
  const phase = random.next() * 100;
  const grain = 1 / (14 + 30 * hand.wobble);
  const moved = points.map(([ux, uy]): Point => {
    const [x, y] = [ux * scale, uy * scale];
    return [
      x + dx + hand.wobble * noise(x * grain + phase, y * grain),
      y + dy + hand.wobble * noise(x * grain, y * grain + phase + 50),
    ];
  });
  const weight = line.kind === 'contour' ? 1 : Math.min(1, 0.45 + 0.25 * line.width);
  const dark = hand.ink * (line.kind === 'contour' ? 1 : 0.55 + 0.45 * line.tone);
  const radii = moved.map(([x, y]) => (hand.width / 2) * weight * (0.8 + 0.35 * noise(x * 0.03 + phase, y * 0.03)));
  const own = boxOf(moved, field.width, field.height);
  if (!own) return;
  const stroke = createField(own.width, own.height);
  drawStroke(stroke, { points: moved.map(([x, y]): Point => [x - own.x, y - own.y]), radii });
  for (let y = 0, at = 0; y < own.height; y++) {
    for (let x = 0; x < own.width; x++, at++) {
      if (stroke.data[at] === 0) continue;
      const to = (y + own.y) * field.width + x + own.x;
      const press = 0.8 + 0.2 * noise((x + own.x) * 0.05, (y + own.y) * 0.05 + phase);
      const value = stroke.data[at]! * dark * press;
      field.data[to] = field.data[to]! + value - field.data[to]! * value;
    }
  }
}

function boxOf(points: readonly Point[], width: number, height: number) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const x = Math.max(0, Math.floor(Math.min(...xs) - 4));
  const y = Math.max(0, Math.floor(Math.min(...ys) - 4));
  const right = Math.min(width, Math.ceil(Math.max(...xs) + 4));
  const bottom = Math.min(height, Math.ceil(Math.max(...ys) + 4));
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : undefined;
}
