/** What falls: rain, snow, hail. In three depths, thin and small far off, never so dense that the picture is hidden. */
import type { Random } from '../../../../../core/index.ts';
import type { Composition } from '../../../composition/index.ts';
import type { Noise, Point } from '../../../raster/index.ts';
import { ellipse, scatterIn } from '../../geometry/index.ts';
import { between, dot, lines, mark, PRESSURE, surface } from '../../marks.ts';
import type { Drawer, Shape, Stroke } from '../../types.ts';

const DEPTHS = [
  { share: 0.5, length: 26, width: 0.9, tone: 0.2 },
  { share: 0.33, length: 46, width: 1.3, tone: 0.28 },
  { share: 0.17, length: 78, width: 1.9, tone: 0.4 },
] as const;

/** Slanted strokes over the paper, in gusts: thicker here, thinner there. `amount` about 1. */
export function rainShapes(
  { width, height, wind, weather }: Composition,
  amount: number,
  random: Random,
  noise: Noise,
): Shape[] {
  const slant = wind * 0.55 + Math.sign(wind || 1) * 0.06;
  const count = 400 * amount * Math.min(2, (width * height) / 1e6);
  const gust = ([x, y]: Point): number => 0.55 + 0.6 * noise(x / 260, y / 380);
  const heavy = weather === 'storm' ? 1.3 : 1;
  return DEPTHS.map(({ share, length, width: thick, tone }, i) => {
    const places = scatterIn({ x: -40, y: -length, width: width + 80, height: height + length * 0.6 }, random, {
      spacing: 8 + 6 * i,
      most: Math.round(count * share),
      density: gust,
    });
    const strokes = places.map(([x, y]): Stroke => {
      const own = length * heavy * between(random, 0.55, 1.25);
      return mark(
        'rain',
        [
          [x, y],
          [x + slant * own, y + own],
        ],
        thick,
        tone,
        PRESSURE.hemp,
        '#66747f',
      );
    });
    return lines(`rain-${i + 1}`, 'water', '#66747f', tone, strokes, { opacity: 0.7 });
  });
}

export const drawRain: Drawer = ({ states }, { composition, random, noise }) =>
  rainShapes(composition, states.includes('light') ? 0.6 : composition.weather === 'storm' ? 1.4 : 1, random, noise);

/** Flakes: fine dots far off, soft round ones near. */
export const drawSnow: Drawer = (_, { composition, random, noise }) => {
  const { width, height, weather } = composition;
  const whole = { x: 0, y: 0, width, height };
  const area = Math.min(2, (width * height) / 1e6);
  const heavy = weather === 'storm' ? 1.3 : 1;
  const drift = ([x, y]: Point): number => 0.6 + 0.5 * noise(x / 220, y / 300);
  const far = scatterIn(whole, random, { spacing: 9, most: Math.round(300 * area * heavy), density: drift });
  const middle = scatterIn(whole, random, { spacing: 22, most: Math.round(120 * area * heavy), density: drift });
  const near = scatterIn(whole, random, { spacing: 55, most: Math.round(46 * area * heavy), density: drift });
  const flakes = (places: readonly Point[], low: number, high: number, softness: number, opacity: number): Shape[] =>
    places.map((at) => {
      const radius = between(random, low, high);
      return surface('flake', ellipse(at, radius, radius * 0.92, 0, 12), 'snow', '#ffffff', 0, {
        softness,
        opacity,
        lined: false,
        glow: 0.4,
      });
    });
  return [
    lines(
      'far-flakes',
      'snow',
      '#ffffff',
      0,
      far.map((at) => dot('detail', at, between(random, 1.4, 2.6), 0.7, '#ffffff')),
      { glow: 0.3 },
    ),
    ...flakes(middle, 1.7, 2.9, 0.2, 0.9),
    ...flakes(near, 3.2, 5.6, 1, 0.8),
  ];
};

/** Stones of ice with short trails; those that struck lie at the foot. */
export const drawHail: Drawer = (_, { composition, random }) => {
  const { width, height, wind } = composition;
  const air = scatterIn({ x: 0, y: 0, width, height: height * 0.94 }, random, { spacing: 24, most: 150 });
  const lying = scatterIn({ x: 0, y: height * 0.88, width, height: height * 0.11 }, random, { spacing: 14, most: 70 });
  const trails = air.map(([x, y]) =>
    mark(
      'rain',
      [
        [x - wind * 16, y - 34],
        [x, y],
      ],
      1,
      0.26,
      [0, 0.5, 1],
      '#93a0ab',
    ),
  );
  const stone = ([x, y]: Point, radius: number): Shape =>
    surface('stone', ellipse([x, y], radius, radius * 0.9, 0, 12), 'ice', '#f3f8fb', 0.06, {
      form: 'round',
      strokes: [
        mark(
          'detail',
          [
            [x - radius * 0.5, y + radius * 0.5],
            [x + radius * 0.5, y + radius * 0.5],
          ],
          0.7,
          0.4,
        ),
      ],
    });
  return [
    lines('trails', 'water', '#93a0ab', 0.3, trails, { opacity: 0.7 }),
    ...[...air, ...lying].map((at) => stone(at, between(random, 2, 5))),
  ];
};
