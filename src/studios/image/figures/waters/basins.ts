/** Small waters and what is under the surface: ponds, puddles, bubbles, the sea floor. */
import type { Random } from '../../../../core/index.ts';
import type { Point } from '../../raster/index.ts';
import { blob, ellipse, ribbon, scatterIn, wander } from '../geometry/index.ts';
import { veil } from '../heavens/index.ts';
import { between, dot, mark, PRESSURE, shade, surface } from '../marks.ts';
import type { Drawer, Shape, Stroke } from '../types.ts';
import { floorOf } from './floor.ts';
import { rings, WATER } from './ripples.ts';
import { edgeStones, landColour } from './shores.ts';

/** A pond: an uneven ellipse in perspective, a bank, stones at its edge, ripples. */
export const drawPond: Drawer = ({ box, colour = WATER.body }, { composition, random, detail }) => {
  const { x, y, width, height } = box;
  const at: Point = [x + width / 2, y + height * 0.55];
  const edge = blob(at, width * 0.48, height * 0.4, random, { wobble: 0.12, corners: 13 });
  const bank = edge.map(([px, py]): Point => [at[0] + (px - at[0]) * 1.04, at[1] + (py - at[1]) * 1.1 + 2]);
  const ripples = Array.from({ length: Math.round(14 + 30 * detail) }, (): Stroke => {
    const v = between(random, -0.8, 0.85);
    const reach = width * 0.44 * Math.sqrt(1 - v * v);
    const half = reach * between(random, 0.06, 0.2);
    const px = at[0] + between(random, -1, 1) * (reach * 0.88 - half);
    const py = at[1] + v * height * 0.36;
    return mark(
      'ripple',
      [
        [px - half, py],
        [px - half * 0.3, py - 1.2],
        [px + half * 0.4, py + 1],
        [px + half, py],
      ],
      0.7 + 0.5 * (v + 1),
      0.38,
      PRESSURE.taper,
    );
  });
  const drops =
    composition.weather === 'rain'
      ? Array.from({ length: 14 }, () =>
          rings(
            [at[0] + width * 0.3 * (random.next() + random.next() - 1), at[1] + height * 0.24 * between(random, -1, 1)],
            width * 0.03,
            2,
            0.34,
            0.34,
          ),
        ).flat()
      : [];
  return [
    surface(
      'bank',
      bank,
      composition.weather === 'snow' ? 'snow' : 'earth',
      shade(landColour(composition), -0.12),
      0.3,
      { lined: false, softness: 0.04 },
    ),
    surface('surface', edge, 'water', colour, 0.13, {
      lined: false,
      strokes: [mark('contour', [...edge, edge[0]!], 1.2, 0.4, PRESSURE.breath, '#6d7460'), ...ripples, ...drops],
    }),
    ...edgeStones(
      edge.filter(([, py]) => py > at[1] - height * 0.1),
      9,
      () => Math.min(26, height * 0.11),
      random,
    ),
  ];
};

/** Puddles in the road, each with a light in it. */
export const drawPuddle: Drawer = (placed, { composition, random }) => {
  const floor = floorOf(placed, composition);
  const places = scatterIn(
    {
      x: composition.width * 0.1,
      y: floor.top + (floor.foot - floor.top) * 0.3,
      width: composition.width * 0.8,
      height: (floor.foot - floor.top) * 0.6,
    },
    random,
    { spacing: 150, most: 5 },
  );
  return places.flatMap((at) => {
    const near = floor.near(at[1]);
    const half = (24 + 120 * near) * between(random, 0.7, 1.2);
    const edge = blob(at, half, half * 0.24, random, { wobble: 0.2, corners: 11 });
    const wet = composition.weather === 'rain' ? rings([at[0] + half * 0.2, at[1]], half * 0.3, 2, 0.3, 0.4) : [];
    const light = ellipse([at[0] - half * 0.2, at[1] - half * 0.05], half * 0.5, half * 0.06, 0, 20);
    return [
      surface('puddle', edge, 'water', placed.colour ?? '#a9bfc9', 0.18, {
        lined: false,
        strokes: [mark('contour', edge.slice(0, 30), 1.1, 0.4, PRESSURE.breath, '#6f6a5c'), ...wet],
      }),
      surface('light', light, 'light', '#f2f6f7', 0.02, { lined: false, softness: 0.7, opacity: 0.7, glow: 0.3 }),
    ];
  });
};

/** One bubble: hardly there, a rim, two gleams. */
function bubble([x, y]: Point, radius: number, hue: string, random: Random): Shape[] {
  const arc = (from: number, sweep: number, reach: number): Point[] =>
    Array.from({ length: 9 }, (_, i): Point => {
      const angle = from + (sweep * i) / 8;
      return [x + Math.cos(angle) * radius * reach, y + Math.sin(angle) * radius * reach];
    });
  const rim = [...ellipse([x, y], radius, radius, 0, 30)];
  return [
    surface('bubble', rim, 'glass', hue, 0.06, {
      form: 'round',
      opacity: 0.28,
      lined: false,
      strokes: [
        mark('contour', [...rim, rim[0]!], 0.7 + radius * 0.02, 0.4, PRESSURE.breath, shade(hue, -0.35)),
        mark(
          'detail',
          arc(0.3, 1, 0.82),
          0.8 + radius * 0.03,
          0.3,
          PRESSURE.taper,
          random.pick(['#d58fb0', '#7fb5d0', '#d8b86a']),
        ),
      ],
    }),
    surface(
      'gleam',
      ribbon(arc(-2.7, 0.9, 0.74), (t) => radius * 0.08 * Math.sin(Math.PI * t)),
      'light',
      '#ffffff',
      0,
      { glow: 1, lined: false, opacity: 0.9 },
    ),
  ];
}

const HUES = ['#cfe6f0', '#e3dcf0', '#dff0e4'] as const;

export const drawBubble: Drawer = ({ colour }, { composition, random }) => {
  const { width, height } = composition;
  const places = scatterIn({ x: width * 0.06, y: height * 0.06, width: width * 0.88, height: height * 0.8 }, random, {
    spacing: 62,
    most: 26,
  });
  return places.flatMap((at, i) => bubble(at, 6 + 40 * random.next() ** 2.2, colour ?? HUES[i % 3]!, random));
};

/** Under the sea: water over the whole paper, darker below, rays from above, weed, a floor of sand, rising bubbles. */
export const drawUnderwater: Drawer = ({ colour = '#3f8fae' }, { composition, random }) => {
  const { width, height } = composition;
  const layers = [0, 0.3, 0.55, 0.78].map((from, i) => {
    const edge = Array.from(
      { length: 21 },
      (_, n): Point => [-10 + ((width + 20) * n) / 20, height * from + (i ? 16 * Math.sin(n * 0.9 + i * 2) : -10)],
    );
    return surface(
      'depth',
      [...edge, [width + 10, height + 10], [-10, height + 10]],
      'water',
      shade(colour, 0.35 - 0.22 * i),
      0.16 + 0.12 * i,
      { lined: false, opacity: i ? 0.6 : 1, softness: i ? 0.4 : 0 },
    );
  });
  const rays = Array.from({ length: 6 }, (_, i) => {
    const x = width * (0.1 + 0.16 * i) + between(random, -30, 30);
    const wide = between(random, 14, 44);
    const lean = (width / 2 - x) * -0.35;
    const reach = height * between(random, 0.45, 0.7);
    return veil(
      'ray',
      [
        [x, -8],
        [x + wide, -8],
        [x + wide * 2.4 + lean, reach],
        [x + lean - wide, reach],
      ],
      '#e3f6f5',
      0.16,
      0.6,
    );
  });
  const dunes = Array.from(
    { length: 21 },
    (_, n): Point => [-10 + ((width + 20) * n) / 20, height * 0.9 + 16 * Math.sin(n * 0.7) + 7 * Math.sin(n * 1.9)],
  );
  const grains = scatterIn({ x: 0, y: height * 0.93, width, height: height * 0.06 }, random, {
    spacing: 12,
    most: 120,
  }).map((at) => dot('texture', at, 1.4, 0.4));
  const floor = surface('sand', [...dunes, [width + 10, height + 10], [-10, height + 10]], 'sand', '#cdbf95', 0.25, {
    lined: false,
    form: 'slope',
    strokes: [mark('contour', dunes, 1.2, 0.4, PRESSURE.breath), ...grains],
  });
  const weeds = Array.from({ length: 22 }, (_, i) =>
    weed(
      [
        width * (i < 12 ? 0.03 + 0.25 * random.next() : 0.72 + 0.25 * random.next()),
        height * between(random, 0.92, 0.99),
      ],
      height * between(random, 0.1, 0.3),
      random,
    ),
  );
  const bubbles = scatterIn({ x: 0, y: height * 0.1, width, height: height * 0.75 }, random, {
    spacing: 46,
    most: 34,
  }).flatMap((at) => bubble(at, 2 + 9 * random.next() ** 2, '#dff2f5', random));
  return [
    ...layers,
    ...rays,
    floor,
    ...weeds,
    ...edgeStones(
      dunes.map(([x, y]): Point => [x, y + 24]),
      7,
      () => 30,
      random,
    ),
    ...bubbles,
  ];
};

function weed(foot: Point, tall: number, random: Random): Shape {
  const phase = random.next() * 6;
  const spine = wander(foot, tall, 16, (t) => -Math.PI / 2 + 0.5 * Math.sin(phase + t * 5));
  return surface(
    'weed',
    ribbon(spine, (t) => tall * 0.028 * (1 - t) ** 0.5 * (1 + 0.35 * Math.sin(t * 26)) + 0.3),
    'grass',
    random.pick(['#4f7d4a', '#6b8f45', '#8a5a4a']),
    0.45,
    { strokes: [mark('vein', spine, 0.8, 0.4, PRESSURE.hemp)] },
  );
}
