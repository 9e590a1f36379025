/** From the curves of a glyph to straight lines in ems. */
import type { Font, Path } from 'fontkit';
import type { Point } from '../raster/index.ts';

/** Outlines of one character in ems, baseline at 0, y down. */
export interface Glyph {
  readonly outlines: readonly (readonly Point[])[];
  /** Ems. */
  readonly advance: number;
}

/** The glyph of a code point that the font has. */
export function glyphOf(font: Font, code: number): Glyph {
  const glyph = font.glyphForCodePoint(code);
  const scale = 1 / font.unitsPerEm;
  const outlines = polylinesOf(glyph.path).map((line) => line.map(([x, y]): Point => [x * scale, -y * scale]));
  return { outlines, advance: glyph.advanceWidth * scale };
}

/** Straight pieces of one curve. */
const PIECES = 12;

function polylinesOf({ commands }: Path): Point[][] {
  const lines: Point[][] = [];
  let at: Point = [0, 0];
  for (const { command, args } of commands) {
    if (command === 'closePath') continue;
    const points = Array.from({ length: args.length / 2 }, (_, i): Point => [args[2 * i]!, args[2 * i + 1]!]);
    if (command === 'moveTo') lines.push([points[0]!]);
    else if (command === 'lineTo') lines.at(-1)!.push(points[0]!);
    else for (let i = 1; i <= PIECES; i++) lines.at(-1)!.push(onCurve([at, ...points], i / PIECES));
    at = points.at(-1)!;
  }
  return lines;
}

/** A point of a Bézier curve of any degree (de Casteljau). */
function onCurve(points: readonly Point[], share: number): Point {
  if (points.length === 1) return points[0]!;
  const next = points.slice(1).map(([x, y], i): Point => {
    const [px, py] = points[i]!;
    return [px + (x - px) * share, py + (y - py) * share];
  });
  return onCurve(next, share);
}
