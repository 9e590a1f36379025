/** What settles: frost, dew, icicles from the upper edge. */
import type { Random } from '../../../../../core/index.ts';
import type { Point } from '../../../raster/index.ts';
import { ellipse, ribbon, scatterIn } from '../../geometry/index.ts';
import { between, dot, lines, mark, PRESSURE, surface } from '../../marks.ts';
import type { Drawer, Shape, Stroke } from '../../types.ts';
import { meeting } from './drifting.ts';

/** A needle with barbs to both sides. */
function fern([x, y]: Point, angle: number, length: number): Stroke[] {
  const at = (t: number, away = 0, turn = 0): Point => [
    x + Math.cos(angle) * length * t + Math.cos(angle + turn) * away,
    y + Math.sin(angle) * length * t + Math.sin(angle + turn) * away,
  ];
  const barbs = [0.25, 0.45, 0.65, 0.82].flatMap((t) =>
    [-1, 1].map((side) =>
      mark('hair', [at(t), at(t, length * 0.3 * (1.05 - t), side)], 0.8, 0.5, PRESSURE.nail, '#f6fbff'),
    ),
  );
  return [mark('hair', [at(0), at(1)], 1.1, 0.6, PRESSURE.nail, '#f6fbff'), ...barbs];
}

/** A white breath over the ground, ferns of ice in the lower corners, glitter. */
export const drawFrost: Drawer = (_, { composition, random }) => {
  const { width, height } = composition;
  const level = meeting(composition);
  const ground = { x: 0, y: level, width, height: height - level };
  const glitter = scatterIn(ground, random, { spacing: 11, most: 340 }).map((at) =>
    dot('detail', at, between(random, 1, 2.8), 0.6, '#ffffff'),
  );
  const ferns = [0, width].flatMap((x, i) =>
    Array.from({ length: 9 }, () =>
      fern(
        [x, height - between(random, 0, 120)],
        (i === 0 ? 0 : Math.PI) + (i === 0 ? -1 : 1) * between(random, -0.1, 1.3),
        between(random, 40, 120),
      ),
    ).flat(),
  );
  return [
    lines('glitter', 'snow', '#ffffff', 0, glitter, { glow: 0.3 }),
    lines('ferns', 'ice', '#f6fbff', 0.1, ferns, { glow: 0.3, opacity: 0.85 }),
  ];
};

/** Drops with a shadow below and a light above. */
function drop([x, y]: Point, radius: number): Shape[] {
  return [
    surface('drop', ellipse([x, y], radius, radius * 0.92, 0, 16), 'glass', '#dcebf0', 0.14, {
      form: 'round',
      opacity: 0.85,
      strokes: [
        mark(
          'detail',
          [
            [x - radius * 0.5, y + radius * 0.55],
            [x, y + radius * 0.72],
            [x + radius * 0.5, y + radius * 0.55],
          ],
          radius * 0.22,
          0.5,
          PRESSURE.thread,
          '#7f99a3',
        ),
      ],
    }),
    surface(
      'gleam',
      ellipse([x - radius * 0.3, y - radius * 0.34], radius * 0.24, radius * 0.18, -0.6, 10),
      'light',
      '#ffffff',
      0,
      { glow: 1, lined: false },
    ),
  ];
}

export const drawDew: Drawer = (_, { composition, random }) => {
  const { width, height } = composition;
  const low = { x: width * 0.03, y: height * 0.68, width: width * 0.94, height: height * 0.29 };
  return scatterIn(low, random, { spacing: 34, most: 46 }).flatMap((at) => drop(at, 2 + 6 * random.next() ** 2));
};

export const drawIcicle: Drawer = (_, { composition, random }) => {
  const { width, height } = composition;
  const lip = Array.from(
    { length: 31 },
    (_, i): Point => [(width * i) / 30, 10 + 9 * Math.sin(i * 1.7) + 6 * random.next()],
  );
  const row = Array.from({ length: 24 }, (_, i) =>
    icicle([width * ((i + between(random, 0.2, 0.8)) / 24), 8], height * (0.04 + 0.2 * random.next() ** 1.8), random),
  );
  return [
    ...row,
    surface('lip', [[0, -5], ...lip.map(([x, y]): Point => [x, y]), [width, -5]], 'snow', '#f5f9fb', 0.05, {}),
  ];
};

function icicle([x, y]: Point, length: number, random: Random): Shape {
  const half = 4 + length * 0.055;
  const lean = between(random, -0.02, 0.02) * length;
  const spine = Array.from({ length: 12 }, (_, i): Point => [x + (lean * i) / 11, y + (length * i) / 11]);
  const outline = ribbon(spine, (t) => half * (1 - t) ** 0.75 * (0.9 + 0.12 * Math.sin(t * 17)) + 0.4);
  const light = spine.slice(1, 9).map(([px, py]): Point => [px - half * 0.3, py]);
  return surface('icicle', outline, 'ice', '#d9e9f1', 0.15, {
    form: 'round',
    opacity: 0.88,
    strokes: [mark('detail', light, 1.4, 0.3, PRESSURE.nail, '#8fb0c2')],
  });
}
