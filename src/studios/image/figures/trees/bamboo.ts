/** Bamboo: culms in joints, leaves in groups like the strokes of 个 and 介. In the units of growth (height 1). */
import type { Point } from '../../raster/index.ts';
import { between, mark, PRESSURE, shade, surface } from '../marks.ts';
import type { Shape, Stroke } from '../types.ts';
import type { Leafing } from './foliage.ts';

/** A small grove. */
export function bambooGrove({ random, colour, detail, wind }: Leafing, bark: string): Shape[] {
  const culms = Math.round(3 + 4 * detail);
  return Array.from({ length: culms }, (_, c): Shape => {
    const x0 = (c - (culms - 1) / 2) * 0.11 + between(random, -0.03, 0.03);
    const lean = between(random, -0.08, 0.08) + wind * 0.12;
    const tall = between(random, 0.78, 1);
    const at = (t: number): Point => [x0 + lean * t * t, -tall * t];
    const own = shade(bark, between(random, -0.1, 0.15));
    const joints = 11;
    const stems = Array.from({ length: joints }, (_, j): Stroke => {
      const [from, to] = [at(j / joints + 0.006), at((j + 1) / joints - 0.006)];
      return mark(
        'branch',
        [from, [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], to],
        0.02 * (1 - 0.55 * (j / joints)),
        0.55,
        PRESSURE.bone,
        own,
      );
    });
    const rings = Array.from({ length: joints - 1 }, (_, j): Stroke => {
      const [x, y] = at((j + 1) / joints);
      return mark(
        'detail',
        [
          [x - 0.011, y],
          [x, y - 0.004],
          [x + 0.011, y],
        ],
        0.004,
        0.85,
        PRESSURE.thread,
        shade(own, -0.4),
      );
    });
    const leaves = Array.from({ length: Math.round(5 + 12 * detail) }, (): Stroke[] =>
      leafGroup(at(between(random, 0.45, 1)), { random, colour, detail, wind }),
    ).flat();
    return surface(`culm-${c + 1}`, [], 'stem', own, 0.5, { strokes: [...stems, ...rings, ...leaves] });
  });
}

function leafGroup([x, y]: Point, { random, colour, wind }: Leafing): Stroke[] {
  const side = random.next() < 0.5 ? -1 : 1;
  const end: Point = [x + side * between(random, 0.04, 0.1), y + between(random, -0.05, 0.01)];
  const twig = mark('branch', [[x, y], end], 0.003, 0.6, PRESSURE.thread, shade(colour, -0.2));
  const count = 3 + random.integer(3);
  const tone = between(random, 0.45, 0.95);
  const leaves = Array.from({ length: count }, (_, i): Stroke => {
    const angle = Math.PI / 2 + ((i - (count - 1) / 2) / count) * 1.9 - wind * 0.4 - side * 0.2;
    const long = between(random, 0.055, 0.095);
    const tip: Point = [end[0] + long * Math.cos(angle), end[1] + long * Math.sin(angle)];
    return mark(
      'leaf',
      [end, [(end[0] + tip[0]) / 2 + 0.004 * side, (end[1] + tip[1]) / 2], tip],
      0.013,
      tone,
      PRESSURE.leaf,
      shade(colour, between(random, -0.15, 0.12)),
    );
  });
  return [twig, ...leaves];
}
