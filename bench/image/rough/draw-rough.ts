/**
 * Sketches as somebody drew them, from a few points each: a curve through the points, a hand that trembles, lines gone over
 * twice, paper with grain under a lamp that stands on one side. Shares nothing with the recipe's hand.
 */
import {
  type Bitmap,
  createBitmap,
  createField,
  drawStroke,
  type Point,
} from '../../../src/studios/image/raster/index.ts';

/** Lines as `x,y x,y …` on a sheet of 100 × 100; the name is the seed. */
export function drawRough(lines: readonly string[], size: number, name: string): Bitmap {
  const random = lehmer(name);
  const ink = createField(size, size);
  for (const line of lines) {
    const points = line.split(' ').map((pair) => pair.split(',').map(Number) as unknown as Point);
    const times = random() < 0.3 ? 2 : 1;
    for (let time = 0; time < times; time++) {
      const curve = throughPoints(points).map(
        ([x, y], i): Point => [
          (size / 100) *
            (x + 0.5 * Math.sin(i * 0.9 + 7 * time) * random() + (time === 0 ? 0 : 0.7 * (random() - 0.5))),
          (size / 100) * (y + 0.5 * Math.cos(i * 0.7 + 3 * time) * random()),
        ],
      );
      const pen = (size / 512) * (1.1 + 0.5 * random());
      drawStroke(ink, { points: curve, radii: curve.map((_, i) => pen * (0.75 + 0.35 * Math.sin(i / 6))) });
    }
  }
  const sheet = createBitmap(size, size);
  const side = random();
  for (let i = 0; i < size * size; i++) {
    const [x, y] = [(i % size) / size, Math.floor(i / size) / size];
    const light = 0.98 - 0.28 * Math.abs(side - x) - 0.1 * y;
    const value = 255 * (light * (1 - 0.75 * ink.data[i]!) + 0.015 * (random() - 0.5));
    sheet.data.set([value, value * 0.985, value * 0.95, 255], 4 * i);
  }
  return sheet;
}

/** Catmull and Rom's curve through points, eight steps a piece. */
function throughPoints(points: readonly Point[]): Point[] {
  const at = (i: number): Point => points[Math.max(0, Math.min(points.length - 1, i))]!;
  const curve = points.slice(0, -1).flatMap((_, i) =>
    Array.from({ length: 8 }, (_, k): Point => {
      const t = k / 8;
      const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
      const along = (axis: 0 | 1): number =>
        0.5 *
        (2 * b[axis] +
          (c[axis] - a[axis]) * t +
          (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t ** 2 +
          (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t ** 3);
      return [along(0), along(1)];
    }),
  );
  return [...curve, at(points.length - 1)];
}

/** A small generator of its own (Park and Miller). */
function lehmer(name: string): () => number {
  let state = [...name].reduce((sum, one) => (sum * 31 + one.codePointAt(0)!) % 2147483647, 7) || 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
