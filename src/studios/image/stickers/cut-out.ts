/**
 * A sticker without its white ground: what is nearly white and can be reached from the border becomes clear; at the edge the
 * white that was mixed in is taken out again (pixel = α · own + (1 − α) · white).
 */
import { type Bitmap, createBitmap } from '../raster/index.ts';

/** How far from white a channel may be, of 255. */
const NEAR = 26;
/** Share of the border that must be nearly white. */
const CLEAN = 0.9;
/** Pixels from the ground that may be mixed with it. */
const EDGE = 2;

/** Undefined where the border is not clean, so that no ground can be told from the thing. */
export function cutOut(bitmap: Bitmap): Bitmap | undefined {
  const { width, height, data } = bitmap;
  const white = (i: number): number => 255 - Math.min(data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!);
  const border = borderOf(width, height);
  if (border.filter((i) => white(i) <= NEAR).length < CLEAN * border.length) return undefined;
  const ground = groundOf(width, height, border, (i) => white(i) <= NEAR);
  const out = createBitmap(width, height);
  for (let i = 0; i < width * height; i++) {
    if (ground[i]) continue;
    const deepest = deepestNear(i, width, height, ground, white);
    const alpha = deepest === undefined ? 1 : Math.min(1, white(i) / Math.max(1, deepest));
    for (let c = 0; c < 3; c++) out.data[4 * i + c] = alpha > 0 ? 255 - (255 - data[4 * i + c]!) / alpha : 255;
    out.data[4 * i + 3] = 255 * alpha;
  }
  return out;
}

function borderOf(width: number, height: number): number[] {
  const rows = Array.from({ length: width }, (_, x) => [x, (height - 1) * width + x]).flat();
  const columns = Array.from({ length: height }, (_, y) => [y * width, y * width + width - 1]).flat();
  return [...rows, ...columns];
}

/** 1 for every place that can be reached from the border over the ground. */
function groundOf(width: number, height: number, border: readonly number[], free: (i: number) => boolean): Uint8Array {
  const ground = new Uint8Array(width * height);
  const open = border.filter(free);
  for (const i of open) ground[i] = 1;
  while (open.length > 0) {
    const i = open.pop()!;
    const x = i % width;
    const beside = [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width];
    for (const other of beside) {
      if (other < 0 || other >= ground.length || ground[other] || !free(other)) continue;
      ground[other] = 1;
      open.push(other);
    }
  }
  return ground;
}

/** How far from white the thing is near an edge pixel; undefined away from the ground. */
function deepestNear(
  i: number,
  width: number,
  height: number,
  ground: Uint8Array,
  white: (i: number) => number,
): number | undefined {
  const [x, y] = [i % width, Math.floor(i / width)];
  let [deepest, edge] = [0, false];
  for (let dy = -EDGE; dy <= EDGE; dy++) {
    for (let dx = -EDGE; dx <= EDGE; dx++) {
      const [left, top] = [x + dx, y + dy];
      if (left < 0 || top < 0 || left >= width || top >= height) continue;
      const other = top * width + left;
      if (ground[other]) edge ||= Math.abs(dx) + Math.abs(dy) <= EDGE;
      else deepest = Math.max(deepest, white(other));
    }
  }
  return edge ? deepest : undefined;
}
