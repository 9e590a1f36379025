/** Edges of water: banks that jut out, strips of far land, grass and stones at the near edge. */
import type { Random } from '../../../../core/index.ts';
import type { Composition } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import { blob, bow, type Line } from '../geometry/index.ts';
import { between, dot, mark, PRESSURE, shade, surface } from '../marks.ts';
import type { Shape, Stroke } from '../types.ts';

const LAND = { spring: '#a9b57c', summer: '#93a468', autumn: '#b99f68', winter: '#b9b3a0' } as const;

/** Colour of low land by season; snow covers it. */
export const landColour = ({ season, weather }: Composition): string =>
  weather === 'snow' ? '#eef2f3' : LAND[season ?? 'summer'];

/** A low tongue of land that lies level on the water, grass along its back. */
export function tongue([x, y]: Point, half: number, thick: number, composition: Composition, random: Random): Shape {
  const colour = landColour(composition);
  const back = Array.from({ length: 17 }, (_, i): Point => {
    const t = i / 8 - 1;
    return [x + half * t, y - thick * (1 - t * t) * (0.75 + 0.25 * Math.sin(i * 1.3 + x))];
  });
  const front = Array.from({ length: 9 }, (_, i): Point => {
    const t = 1 - i / 4;
    return [x + half * t, y + thick * 0.22 * (1 - t * t)];
  });
  const tufts = Math.min(26, Math.round(half / 5));
  const grass = Array.from({ length: tufts }, (): Stroke => {
    const [px, py] = back[1 + random.integer(15)]!;
    const tall = thick * between(random, 0.3, 0.9) + 1.5;
    return mark(
      'leaf',
      bow([px, py + 1], [px + tall * between(random, -0.5, 0.5), py - tall], 0.12, 4),
      0.5 + thick * 0.03,
      0.55,
      PRESSURE.nail,
      shade(colour, -0.4),
    );
  });
  const edge = mark('contour', front, 0.7 + thick * 0.03, 0.4, PRESSURE.breath, shade(colour, -0.45));
  const snowy = composition.weather === 'snow';
  return surface('tongue', [...back, ...front], snowy ? 'snow' : 'earth', colour, 0.22, {
    lined: false,
    form: 'slope',
    strokes: [edge, ...(snowy ? [] : grass)],
  });
}

/** Land on the far side, lost at its ends, with dots of trees. */
export function farShore(
  y: number,
  from: number,
  to: number,
  thick: number,
  composition: Composition,
  random: Random,
): Shape {
  const middle = (from + to) / 2;
  const half = (to - from) / 2;
  const back = Array.from({ length: 33 }, (_, i): Point => {
    const t = i / 16 - 1;
    return [
      middle + half * t,
      y - thick * (1 - t * t) * (0.5 + 0.35 * Math.sin(i * 0.9 + from) + 0.15 * random.next()),
    ];
  });
  const trees = Array.from({ length: 46 }, (): Stroke => {
    const [px, py] = back[2 + random.integer(29)]!;
    return dot(
      'leaf',
      [px + between(random, -6, 6), py - thick * 0.2 * random.next()],
      thick * between(random, 0.2, 0.55),
      0.4,
    );
  });
  return surface(
    'far-shore',
    [...back, [to, y + 1], [from, y + 1]],
    'earth',
    shade(landColour(composition), -0.12),
    0.32,
    { lined: false, softness: 0.05, strokes: trees },
  );
}

/** Stones along a line at the water's edge. */
export function edgeStones(edge: Line, count: number, size: (share: number) => number, random: Random): Shape[] {
  return Array.from({ length: count }, () => {
    const share = random.next();
    const [x, y] = edge[Math.min(edge.length - 1, Math.floor(share * edge.length))]!;
    const reach = size(share) * between(random, 0.5, 1.2);
    const at: Point = [x + between(random, -0.8, 0.8) * reach, y - reach * 0.1];
    const crack = bow([at[0] - reach * 0.3, at[1] - reach * 0.35], [at[0] + reach * 0.15, at[1] + reach * 0.3], 0.2, 5);
    return surface(
      'stone',
      blob(at, reach, reach * 0.62, random, { wobble: 0.22, corners: 8 }),
      'rock',
      '#8f8d85',
      0.42,
      {
        form: 'round',
        texture: { kind: 'raindrop', direction: Math.PI / 2, density: 0.4 },
        strokes: [mark('texture', crack, 0.5 + reach * 0.04, 0.5, PRESSURE.hemp)],
      },
    );
  });
}
