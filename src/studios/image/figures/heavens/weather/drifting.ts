/** What drifts: mist, wind with leaves, dust, the funnel of a tornado. */
import type { Random } from '../../../../../core/index.ts';
import type { Composition } from '../../../composition/index.ts';
import type { Point } from '../../../raster/index.ts';
import { petal, ribbon, wander } from '../../geometry/index.ts';
import { between, lines, mark, PRESSURE, surface } from '../../marks.ts';
import type { Drawer, Shape, Stroke } from '../../types.ts';

/** Where land and sky meet on the paper; the middle when the horizon is not seen. */
export const meeting = ({ horizon, height }: Composition): number =>
  horizon > height * 0.95 || horizon < 0 ? height * 0.6 : horizon;

/** A long bank that lies level. */
function bank(
  [x, y]: Point,
  half: number,
  thick: number,
  colour: string,
  opacity: number,
  random: Random,
  material: 'cloud' | 'sand' = 'cloud',
): Shape {
  const phase = random.next() * 9;
  const spine = Array.from({ length: 25 }, (_, i): Point => {
    const t = i / 12 - 1;
    return [x + half * t, y + thick * 0.3 * Math.sin(phase + 3.1 * t)];
  });
  const outline = ribbon(
    spine,
    (t) => thick * Math.sin(Math.PI * Math.min(0.98, Math.max(0.02, t))) ** 0.5 * (0.8 + 0.2 * Math.sin(phase + 9 * t)),
  );
  return surface('bank', outline, material, colour, 0.04, {
    softness: 1,
    opacity,
    lined: false,
    // Even, without grain: vapour has no surface.
    glow: 0.05,
  });
}

const VAPOUR = { dawn: '#efd9cb', dusk: '#e3c3ae', night: '#8391ae' } as const;

/** Vapour takes the colour of the hour. */
const vapour = ({ hour, light }: Composition): string =>
  hour === 'dawn' || hour === 'dusk' || hour === 'night'
    ? VAPOUR[hour]
    : light.source === 'moon' || light.source === 'stars'
      ? VAPOUR.night
      : '#f1f3f1';

/** Banks around the horizon and a few before it; the picture is seen between them. */
export const drawMist: Drawer = ({ colour: own }, { composition, random }) => {
  const colour = own ?? vapour(composition);
  const { width, height } = composition;
  const level = meeting(composition);
  const at = (share: number, reach: number): Point => [
    width * (share + between(random, -0.12, 0.12)),
    level + height * reach,
  ];
  return [
    bank(at(0.3, -0.09), width * 0.42, height * 0.04, colour, 0.5, random),
    bank(at(0.72, -0.02), width * 0.5, height * 0.055, colour, 0.6, random),
    bank(at(0.22, 0.05), width * 0.46, height * 0.05, colour, 0.5, random),
    bank(at(0.62, 0.14), width * 0.5, height * 0.04, colour, 0.38, random),
    bank(at(0.4, 0.26), width * 0.4, height * 0.03, colour, 0.24, random),
  ];
};

/** A hair line of wind: long, level, at times with a curl at its end. */
function gust(from: Point, length: number, side: 1 | -1, random: Random): Stroke {
  const curls = random.next() < 0.4;
  const phase = random.next() * 9;
  const bend = (t: number): number =>
    0.16 * Math.sin(phase + 4 * t) + (curls && t > 0.72 ? -((t - 0.72) / 0.28) * 6.6 : 0);
  const line = wander([0, 0], length, 46, (t) => bend(t)).map(([x, y]): Point => [from[0] + side * x, from[1] + y]);
  return mark('hair', line, 1.2, between(random, 0.16, 0.32), PRESSURE.breath, '#8d9aa0');
}

export const drawWind: Drawer = (_, { composition, random }) => {
  const { width, height, wind, season } = composition;
  const side = wind < 0 ? -1 : 1;
  const strong = 0.5 + 0.5 * Math.abs(wind);
  const gusts = Array.from({ length: Math.round(17 * strong) }, (_, i) => {
    const x = side > 0 ? between(random, -0.1, 0.6) * width : between(random, 0.4, 1.1) * width;
    return gust(
      [x, height * ((i + random.next()) / 17 / strong) * 0.9],
      width * between(random, 0.22, 0.5),
      side,
      random,
    );
  });
  const hue =
    season === 'autumn'
      ? ['#c9812f', '#b5512f']
      : season === 'spring'
        ? ['#eab5c0', '#8fae52']
        : ['#7f9a4f', '#9b8d4f'];
  const leaves = Array.from({ length: Math.round(26 * strong) }, (_, i): Shape => {
    const at: Point = [random.next() * width, random.next() * height * 0.92];
    const size = between(random, 5, 12);
    return surface(
      'leaf',
      petal(at, random.next() * 6.28, size, size * 0.45, { bend: 0.15 }),
      season === 'spring' ? 'petal' : 'foliage',
      hue[i % 2]!,
      0.4,
      { opacity: 0.9 },
    );
  });
  return [lines('gusts', 'cloud', '#8d9aa0', 0.2, gusts, { opacity: 0.8 }), ...leaves];
};

export const drawSandstorm: Drawer = ({ colour = '#c9a25f' }, { composition, random }) => {
  const { width, height, wind } = composition;
  const side = wind < 0 ? -1 : 1;
  const level = meeting(composition);
  const banks = Array.from({ length: 7 }, (_, i) =>
    bank(
      [width * random.next(), level - height * 0.36 + (height * 0.62 * i) / 6],
      width * between(random, 0.45, 0.8),
      height * between(random, 0.05, 0.1),
      colour,
      0.34,
      random,
      'sand',
    ),
  );
  const grains = Array.from({ length: 420 }, (): Stroke => {
    const [x, y] = [random.next() * width, height * random.next() ** 0.7];
    const length = between(random, 6, 40);
    return mark(
      'texture',
      [
        [x, y],
        [x + side * length, y + length * between(random, -0.08, 0.12)],
      ],
      between(random, 0.5, 1.1),
      0.24,
      PRESSURE.taper,
      '#a97f3d',
    );
  });
  return [...banks, lines('grains', 'sand', colour, 0.3, grains, { opacity: 0.8 })];
};

/** A funnel of rings, narrow at the ground, dust at its foot, a dark lid above. */
export const drawTornado: Drawer = (_, { composition, random }) => {
  const { width, height } = composition;
  const foot = Math.min(height * 0.94, meeting(composition) + height * 0.08);
  const at = width * between(random, 0.55, 0.75);
  const top = height * 0.08;
  const tall = foot - top;
  const sway = between(random, 0.05, 0.1) * width;
  const middle = (t: number): number => at + sway * Math.sin(2.6 * t + 0.4) * (1 - 0.4 * t);
  const half = (t: number): number => width * (0.012 + 0.19 * (1 - t) ** 2.1);
  const spine = Array.from({ length: 26 }, (_, i): Point => [middle(i / 25), top + (tall * i) / 25]);
  const outline = [
    ...spine.map(([x, y], i): Point => [x - half(i / 25), y]),
    ...spine.map(([x, y], i): Point => [x + half(i / 25), y]).reverse(),
  ];
  const rings = Array.from({ length: 90 }, (): Stroke => {
    const t = random.next() ** 0.8;
    const [x, y, reach] = [middle(t), top + tall * t, half(t) * between(random, 0.7, 1.06)];
    const [from, sweep] = [random.next() * 6.28, between(random, 1, 2.6)];
    const line = Array.from({ length: 12 }, (_, i): Point => {
      const angle = from + (sweep * i) / 11;
      return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach * 0.2];
    });
    return mark('texture', line, 1.4, between(random, 0.25, 0.6), PRESSURE.taper, '#474e57');
  });
  const lid = [0.2, 0.5, 0.85].map((share) =>
    bank([width * share, top * 0.5], width * 0.4, height * 0.09, '#5b636d', 0.7, random),
  );
  const dust = Array.from({ length: 6 }, () =>
    bank(
      [middle(1) + width * between(random, -0.07, 0.07), foot - height * between(random, 0, 0.03)],
      width * between(random, 0.05, 0.11),
      height * 0.022,
      '#b09a78',
      0.5,
      random,
      'sand',
    ),
  );
  return [
    ...lid,
    surface('funnel', outline, 'cloud', '#6a727c', 0.55, {
      softness: 0.12,
      opacity: 0.85,
      lined: false,
      form: 'round',
      strokes: rings,
    }),
    ...dust,
  ];
};
