/** Traced paths as SVG: black strokes with round ends, smoothed through their points; nothing else. */
import type { Point } from '../raster/index.ts';
import type { TracedPath } from './trace.ts';

/** The paths of a drawing and its size in pixels. */
export interface TracedDrawing {
  readonly width: number;
  readonly height: number;
  readonly paths: readonly TracedPath[];
}

export function linesSvg({ width, height, paths }: TracedDrawing): string {
  const rows = paths.map(({ points, breadth }) => `  <path d="${smoothPath(points)}" stroke-width="${breadth}"/>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" fill="none" stroke="#000000" stroke-linecap="round" stroke-linejoin="round">`,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}

const at = ([x, y]: Point): string => `${round(x)} ${round(y)}`;
const round = (value: number): number => Math.round(value * 10) / 10;

/** Catmull–Rom through the points, as cubic Béziers. */
function smoothPath(points: readonly Point[]): string {
  const pieces = points.slice(1).map((point, i) => {
    const [before, from, after] = [
      points[Math.max(0, i - 1)]!,
      points[i]!,
      points[Math.min(points.length - 1, i + 2)]!,
    ];
    const one: Point = [from[0] + (point[0] - before[0]) / 6, from[1] + (point[1] - before[1]) / 6];
    const other: Point = [point[0] - (after[0] - from[0]) / 6, point[1] - (after[1] - from[1]) / 6];
    return `C${at(one)} ${at(other)} ${at(point)}`;
  });
  return `M${at(points[0]!)}${pieces.join('')}`;
}
