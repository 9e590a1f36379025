/**
 * The brush: a tuft of bristles drawn along a path. Across the stroke every bristle carries more or less ink, along it the ink runs out;
 * where it is short, only the heights of the paper take it (飞白).
 *
 *   v across −1 … 1, u along ─▶ ink(u, v) = bristle streaks + grain of the paper − dryness
 */
import type { Field, Noise, Point } from '../raster/index.ts';

export interface BrushStroke {
  /** Pixels. */
  readonly points: readonly Point[];
  /** Half width at each point, pixels. */
  readonly radii: readonly number[];
  /** 0 wet … 1 hardly any ink at the beginning. */
  readonly dryness: number;
  /** How much drier it is at the end; 0 none. */
  readonly fading: number;
  /** Darker edge of a wet stroke, 0–1. */
  readonly rim: number;
  /** How much ink it leaves where it is wet, 0–1; default 1. */
  readonly load?: number;
  /** Where in the noise its bristles lie. */
  readonly phase: number;
}

/** The sheet of paper that brushes meet. */
export interface Grain {
  /** Streaks of bristles. */
  readonly bristles: Noise;
  /** Heights of the paper by place in pixels, about −1 … 1. */
  readonly paper: Noise;
}

/** Strokes thinner than this many pixels show no bristles. */
const THIN = 1.6;

/** Draws one stroke into a field (amount of ink 0–1; the greater stays, so that a stroke does not darken itself). */
export function drawBrush(field: Field, stroke: BrushStroke, grain: Grain, [left, top]: Point = [0, 0]): void {
  const { points, radii } = stroke;
  const lengths = points.slice(1).map(([x, y], i) => Math.hypot(x - points[i]![0], y - points[i]![1]));
  const whole = lengths.reduce((a, b) => a + b, 0) || 1;
  let gone = 0;
  const last = Math.max(1, points.length - 1);
  for (let i = 0; i < last; i++) {
    const next = Math.min(i + 1, points.length - 1);
    drawSegment(field, {
      stroke,
      grain,
      from: [points[i]![0] - left, points[i]![1] - top],
      to: [points[next]![0] - left, points[next]![1] - top],
      offset: [left, top],
      radii: [radii[i]!, radii[next]!],
      along: [gone, gone + (lengths[i] ?? 0)],
      whole,
    });
    gone += lengths[i] ?? 0;
  }
}

interface Segment {
  readonly stroke: BrushStroke;
  readonly grain: Grain;
  readonly from: Point;
  readonly to: Point;
  readonly offset: Point;
  readonly radii: readonly [number, number];
  readonly along: readonly [number, number];
  readonly whole: number;
}

function drawSegment({ width, height, data }: Field, segment: Segment): void {
  const { from, to, radii, along } = segment;
  const load = segment.stroke.load ?? 1;
  const reach = Math.max(radii[0], radii[1], 0.5) + 1;
  const x0 = Math.max(0, Math.floor(Math.min(from[0], to[0]) - reach));
  const x1 = Math.min(width - 1, Math.ceil(Math.max(from[0], to[0]) + reach));
  const y0 = Math.max(0, Math.floor(Math.min(from[1], to[1]) - reach));
  const y1 = Math.min(height - 1, Math.ceil(Math.max(from[1], to[1]) + reach));
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const squared = dx * dx + dy * dy;
  const length = Math.sqrt(squared) || 1;
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const [px, py] = [x + 0.5 - from[0], y + 0.5 - from[1]];
      const share = squared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
      const away = Math.hypot(px - share * dx, py - share * dy);
      const radius = radii[0] + (radii[1] - radii[0]) * share;
      const edge = Math.min(1, Math.max(0, Math.max(radius, 0.5) - away + 0.5)) * Math.min(1, radius * 2);
      if (edge <= 0) continue;
      const across = (px * dy - py * dx) / length / Math.max(radius, 0.5);
      const gone = along[0] + (along[1] - along[0]) * share;
      const ink = edge * load * (radius < THIN ? 1 : inkAt(segment, across, gone, radius, x, y));
      const at = y * width + x;
      if (ink > data[at]!) data[at] = ink;
    }
  }
}

function inkAt(
  { stroke, grain, whole, offset }: Segment,
  v: number,
  gone: number,
  radius: number,
  x: number,
  y: number,
): number {
  const { dryness, fading, rim, phase } = stroke;
  const streak = grain.bristles(v * 4.5 + phase * 31.7, gone / (radius * 9) + phase * 7.3);
  const short = dryness + (fading * gone) / whole;
  const wet = 0.86 + 0.14 * streak + rim * Math.abs(v) ** 5;
  if (short <= 0.02) return wet;
  const height = grain.paper(x + offset[0], y + offset[1]);
  const carried = 1.25 - 2.1 * short + 0.75 * streak + 0.55 * height;
  return wet * Math.min(1, Math.max(0, carried / 0.5));
}
