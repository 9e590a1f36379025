/** 留白: the empty places of a layout, largest first, found on a coarse grid. */
import type { Paper } from './paper.ts';
import type { Box } from './types.ts';

const COLUMNS = 20;

/** Empty rectangles of at least 3 % of the paper; they do not overlap. */
export function findVoids(boxes: readonly Box[], paper: Paper, most = 3): Box[] {
  const cell = paper.width / COLUMNS;
  const rows = Math.max(1, Math.round(paper.height / cell));
  const taken = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: COLUMNS }, (_, column) =>
      boxes.some((box) => covers(box, (column + 0.5) * cell, (row + 0.5) * cell)),
    ),
  );
  const found: Box[] = [];
  while (found.length < most) {
    const best = largestEmpty(taken);
    if (best === undefined || best.width * best.height * cell * cell < 0.03 * paper.width * paper.height) break;
    for (let row = best.y; row < best.y + best.height; row++) taken[row]!.fill(true, best.x, best.x + best.width);
    found.push({ x: best.x * cell, y: best.y * cell, width: best.width * cell, height: best.height * cell });
  }
  return found;
}

function covers({ x, y, width, height }: Box, px: number, py: number): boolean {
  return px >= x && px <= x + width && py >= y && py <= y + height;
}

/** The largest rectangle of free cells, by heights of free columns. */
function largestEmpty(taken: readonly (readonly boolean[])[]): Box | undefined {
  const columns = taken[0]!.length;
  const heights = Array.from({ length: columns }, () => 0);
  let best: Box | undefined;
  for (const [row, cells] of taken.entries()) {
    for (let column = 0; column < columns; column++) heights[column] = cells[column] ? 0 : heights[column]! + 1;
    for (let left = 0; left < columns; left++) {
      let height = heights[left]!;
      for (let right = left; right < columns && height > 0; right++) {
        height = Math.min(height, heights[right]!);
        const area = height * (right - left + 1);
        if (height > 0 && area > (best ? best.width * best.height : 0)) {
          best = { x: left, y: row - height + 1, width: right - left + 1, height };
        }
      }
    }
  }
  return best;
}
