/**
 * A hand that draws: what a pen would draw of a scene, done the way people do it on paper.
 *
 *   lines of the scene ─▶ some left out ─▶ unsteady ─▶ drawn twice here and there ─▶ lifted ─▶ pressed ─▶ sketch
 */
import type { Random } from '../../src/core/index.ts';
import type { PenLine } from '../../src/studios/image/painters/line/visible-lines.ts';
import { createField, drawStroke, type Field, type Point } from '../../src/studios/image/raster/index.ts';

/** How somebody draws. */
interface Hand {
  /** Share of small strokes that are drawn at all; contours nearly always are. */
  readonly detail: number;
  /** Units that a line may be off. */
  readonly wobble: number;
  /** Share of lines drawn twice. */
  readonly twice: number;
  /** Share of a line's length at which the pen does not touch. */
  readonly gaps: number;
  /** Pixels. */
  readonly width: number;
  /** How much the pressure varies, 0 to 1. */
  readonly pressure: number;
  /** Darkness of the pen, 0 to 1. */
  readonly tone: number;
}

/** Another hand each time; every fourth is a careful one. */
export function pickHand(random: Random): Hand {
  const care = random.next() < 0.25 ? 0.2 : 1;
  return {
    detail: 0.15 + 0.85 * random.next(),
    wobble: care * 6 * random.next() ** 1.5,
    twice: care * 0.35 * random.next() ** 2,
    gaps: care * 0.12 * random.next(),
    width: 1.1 + 2.2 * random.next() ** 1.5,
    pressure: 0.6 * random.next(),
    tone: 0.55 + 0.45 * random.next(),
  };
}

/** Darkness 0 to 1 of a drawing of `width` × `height` pixels, `scale` pixels a unit. */
export function drawByHand(
  lines: readonly PenLine[],
  { width, height, scale }: { readonly width: number; readonly height: number; readonly scale: number },
  hand: Hand,
  random: Random,
): Field {
  const field = createField(width, height);
  const drift = driftOf(hand.wobble, random.fork('drift'));
  for (const line of lines) {
    const kept = line.kind === 'contour' ? 0.97 : line.kind === 'stroke' ? hand.detail : 0;
    if (random.next() >= kept) continue;
    const times = random.next() < hand.twice ? 2 : 1;
    for (let time = 0; time < times; time++) {
      const off: Point = [hand.wobble * 0.4 * (random.next() - 0.5), hand.wobble * 0.4 * (random.next() - 0.5)];
      const heavy = hand.width * Math.min(1.2, 0.6 + 0.25 * line.width);
      for (const piece of lifted(line.points, hand.gaps, random)) {
        const points = piece.map((point): Point => {
          const [dx, dy] = drift(point);
          return [(point[0] + dx + off[0]) * scale, (point[1] + dy + off[1]) * scale];
        });
        const phase = 6.3 * random.next();
        const radii = points.map((_, i) => (heavy / 2) * (1 + hand.pressure * Math.sin(phase + 0.35 * i)));
        drawStroke(field, { points, radii });
      }
    }
  }
  for (let i = 0; i < field.data.length; i++) field.data[i]! *= hand.tone;
  return field;
}

/** A smooth displacement of the whole drawing: sums of waves, units in and out. */
function driftOf(wobble: number, random: Random): (point: Point) => Point {
  const waves = Array.from({ length: 6 }, () => {
    const [angle, length] = [6.3 * random.next(), 30 + 150 * random.next()];
    const size = (wobble * (0.3 + 0.7 * random.next())) / 6;
    const turn = 6.3 * random.next();
    return { kx: Math.cos(angle) / length, ky: Math.sin(angle) / length, phase: 6.3 * random.next(), size, turn };
  });
  return ([x, y]) => {
    let [dx, dy] = [0, 0];
    for (const { kx, ky, phase, size, turn } of waves) {
      const wave = 2 * size * Math.sin(6.3 * (kx * x + ky * y) + phase);
      dx += wave * Math.cos(turn);
      dy += wave * Math.sin(turn);
    }
    return [dx, dy];
  };
}

/** The pieces of a line between which the pen was lifted. */
function lifted(points: readonly Point[], gaps: number, random: Random): Point[][] {
  const pieces: Point[][] = [[]];
  let left = 0;
  for (const point of points) {
    if (left > 0) left--;
    else if (random.next() < gaps / 3) {
      left = 1 + random.integer(4);
      pieces.push([]);
    } else pieces.at(-1)!.push(point);
  }
  return pieces.filter((piece) => piece.length > 1);
}
