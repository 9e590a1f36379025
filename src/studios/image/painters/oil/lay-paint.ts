/**
 * One piece of a stroke of thick paint: a capsule of colour with the ridges that bristles leave. The loop that takes most of an oil painter's
 * time: bristles are read from a table, the distance is reckoned in squares and rows are cut to the capsule.
 */
import type { Random } from '../../../../core/index.ts';
import { createNoise, type Point } from '../../raster/index.ts';

/** Paint on its ground. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Three channels a pixel, 0–1; −1 where there is no paint yet. */
  readonly colours: Float32Array;
  readonly heights: Float32Array;
}

export interface Piece {
  readonly colour: readonly [number, number, number];
  /** Pixels. */
  readonly radius: number;
  /** Share of the stroke at its end. */
  readonly along: number;
  /** Where in the table its bristles lie. */
  readonly phase: number;
  readonly bristles: Float32Array;
}

/** Ridges of bristles, across (rows repeat) by along; both powers of 2. */
const ACROSS = 64;
const ALONG = 256;

/** A table of ridges about −1 … 1. */
export function bristlesOf(random: Random): Float32Array {
  const noise = createNoise(random);
  const table = new Float32Array(ACROSS * ALONG);
  for (let long = 0, at = 0; long < ALONG; long++)
    for (let wide = 0; wide < ACROSS; wide++, at++) table[at] = noise((wide / ACROSS) * 10, long * 0.28);
  return table;
}

/** Lays one piece from a to b. */
export function layPiece({ width, height, colours, heights }: Canvas, a: Point, b: Point, piece: Piece): void {
  const { colour, radius, along, phase, bristles } = piece;
  const [red, green, blue] = colour;
  const reach = radius + 1;
  const ax = a[0];
  const ay = a[1];
  const dx = b[0] - ax;
  const dy = b[1] - ay;
  const squared = dx * dx + dy * dy || 1;
  const whole = reach * reach;
  const spread = ACROSS / 2 / (Math.sqrt(squared) * radius);
  const row = Math.floor(phase * 25 + along * 8) & (ALONG - 1);
  const x0 = Math.max(0, Math.floor(Math.min(ax, b[0]) - reach));
  const x1 = Math.min(width - 1, Math.ceil(Math.max(ax, b[0]) + reach));
  const y1 = Math.min(height - 1, Math.ceil(Math.max(ay, b[1]) + reach));
  for (let y = Math.max(0, Math.floor(Math.min(ay, b[1]) - reach)); y <= y1; y++) {
    const py = y - ay;
    for (let x = x0; x <= x1; x++) {
      const px = x - ax;
      const projected = (px * dx + py * dy) / squared;
      const share = projected < 0 ? 0 : projected > 1 ? 1 : projected;
      const ox = px - share * dx;
      const oy = py - share * dy;
      const away = ox * ox + oy * oy;
      if (away >= whole) continue;
      const rest = radius - Math.sqrt(away) + 0.5;
      if (rest <= 0) continue;
      const edge = rest < 1 ? rest : 1;
      const column = ((px * dy - py * dx) * spread + ACROSS / 2) & (ACROSS - 1);
      const ridge = bristles[((row + share * 2) & (ALONG - 1)) * ACROSS + column]!;
      const at = y * width + x;
      const i = 3 * at;
      const bright = 1 + 0.05 * ridge;
      const opaque = colours[i]! < 0 ? 1 : edge * Math.min(1, 0.93 + 0.2 * ridge);
      colours[i]! += (red * bright - colours[i]!) * opaque;
      colours[i + 1]! += (green * bright - colours[i + 1]!) * opaque;
      colours[i + 2]! += (blue * bright - colours[i + 2]!) * opaque;
      const old = heights[at]!;
      heights[at] = Math.max(old * 0.6, 0.5 + 0.5 * ridge) * edge + old * (1 - edge);
    }
  }
}
