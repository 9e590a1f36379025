/** Ferns. */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { along, type Line, petal, smooth, wander } from '../../geometry/index.ts';
import { between, lines, mark, PRESSURE, shade, surface } from '../../marks.ts';
import { LEAVES } from '../../season.ts';
import type { Shape } from '../../types.ts';
import { type Bed, faded, toneOf } from '../growth/bed.ts';

/** Fronds that arch from one crown, leaflets shortening to the tip; a young one still coiled. */
export function drawFern(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const size = Math.min(box.height * 1.25, box.width);
  const green = faded(bed, bed.colour ?? mixHex(LEAVES[bed.season], '#4f8a4a', 0.4));
  const count = Math.round(4 + 3 * detail);
  const fronds = Array.from({ length: count }, (_, i): Shape[] => {
    const own = random.fork(`frond-${i}`);
    const side = ((i + 0.5) / count - 0.5) * 2 * (i % 2 === 0 ? 1 : -1);
    const line = wander(
      [side * size * 0.02, 0],
      size * between(own, 0.5, 0.85),
      26,
      (t) => -Math.PI / 2 + side * 0.65 + (side * 1.25 + bed.wind * 0.3) * t ** 1.4,
    );
    return frond(line, size, mixHex(green, own.next() < 0.5 ? '#a9bd60' : '#2c5a44', own.next() * 0.35), detail, own);
  });
  const coil = smooth(
    Array.from({ length: 26 }, (_, i): Point => {
      const t = i / 25;
      if (t < 0.5) return [size * 0.03 * t, -size * 0.62 * t];
      const [a, r] = [(t - 0.5) * 16, size * 0.045 * (1.15 - t)];
      return [size * 0.015 + r + Math.cos(a + 3.14) * r, -size * 0.31 + Math.sin(a + 3.14) * r];
    }),
    { steps: 3 },
  );
  return [
    ...fronds.flat(),
    lines('young', 'stem', green, 0.5, [
      mark('branch', coil, Math.max(0.8, size * 0.013), 0.6, [1, 0.9, 0.8, 0.6, 0.4], mixHex(green, '#b9a45c', 0.3)),
    ]),
  ];
}

function frond(line: Line, size: number, colour: string, detail: number, random: Random): Shape[] {
  const pairs = Math.round(9 + 11 * detail);
  const rib = mark('branch', line, Math.max(0.6, size * 0.008), 0.6, PRESSURE.nail, shade(colour, -0.4));
  const leaflets = Array.from({ length: pairs * 2 }, (_, i) => {
    const share = 0.12 + (0.87 * Math.floor(i / 2)) / pairs;
    const { at, angle } = along(line, share);
    const side = i % 2 === 0 ? 1 : -1;
    const long =
      size * 0.17 * Math.sin(Math.PI * Math.min(1, 0.22 + share * 0.78)) ** 0.9 * between(random, 0.88, 1.08);
    return {
      at,
      angle: angle + side * 0.95,
      long: Math.max(0.8, long),
      side,
      tint: shade(colour, between(random, -0.14, 0.1)),
    };
  });
  if (detail < 0.3) {
    const strokes = leaflets.map(({ at, angle, long, tint }) =>
      mark(
        'leaf',
        wander(at, long, 5, () => angle),
        Math.max(0.7, size * 0.016),
        between(random, 0.25, 0.45),
        PRESSURE.nail,
        tint,
      ),
    );
    return [lines('frond', 'grass', colour, 0.5, [...strokes, rib])];
  }
  const blades = leaflets.map(({ at, angle, long, side, tint }) => {
    const outline = petal(at, angle, long, Math.max(long * 0.22, (size / pairs) * 0.42), {
      widest: 0.3,
      point: 0.9,
      foot: 0.6,
      bend: -side * 0.14,
    });
    return surface('leaflet', outline, 'stem', tint, toneOf(tint));
  });
  return [...blades, lines('rachis', 'stem', colour, 0.5, [rib])];
}
