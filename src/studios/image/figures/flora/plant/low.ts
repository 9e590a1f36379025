/** Low and odd growth: moss, duckweed, mushrooms, seedlings, cactus, coral. */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { along, blob, ellipse, type Line, offset, ribbon, smooth, wander } from '../../geometry/index.ts';
import { between, dot, lines, mark, PRESSURE, shade, surface } from '../../marks.ts';
import type { Shape, Stroke } from '../../types.ts';
import { type Bed, faded, toneOf } from '../growth/bed.ts';
import { leaf } from '../growth/leaf.ts';
import { softStem } from '../growth/stem.ts';

/** Cushions of moss with dots pressed into them. */
export function drawMoss(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const green = faded(bed, bed.colour ?? '#6f8a4a');
  const count = Math.round(3 + 6 * detail);
  return Array.from({ length: count }, (_, i): Shape => {
    const own = random.fork(`cushion-${i}`);
    const [rx, ry] = [box.width * between(own, 0.12, 0.22), box.height * between(own, 0.06, 0.13)];
    const at: Point = [box.width * between(own, 0.15, 0.85), -ry * 0.6 - box.height * 0.2 * (1 - i / count)];
    const strokes = Array.from({ length: Math.round(12 + 60 * detail) }, (): Stroke => {
      const [a, r] = [own.next() * 6.28, Math.sqrt(own.next())];
      const place: Point = [at[0] + Math.cos(a) * r * rx * 1.08, at[1] + Math.sin(a) * r * ry * 1.1];
      return dot(
        'texture',
        place,
        Math.max(0.7, ry * between(own, 0.03, 0.09)),
        between(own, 0.4, 0.85),
        shade(green, between(own, -0.45, 0.2)),
      );
    });
    return surface(
      'moss',
      blob(at, rx, ry, own, { wobble: 0.16 }),
      'foliage',
      shade(green, between(own, -0.12, 0.16)),
      0.45,
      { lined: false, softness: 0.2, strokes },
    );
  });
}

/** Small leaves lying on water, together and apart. */
export function drawDuckweed(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const green = faded(bed, bed.colour ?? '#85a856');
  const clumps = Array.from({ length: 4 }, () => [random.next(), random.next()] as const);
  return Array.from({ length: Math.round(14 + 60 * detail) }, (_, i): Shape => {
    const [cx, cy] = clumps[i % 4]!;
    const y = Math.min(1, Math.max(0, cy + random.normal() * 0.14));
    const at: Point = [
      box.width * Math.min(0.97, Math.max(0.03, cx + random.normal() * 0.12)),
      box.height * (0.55 + 0.43 * y),
    ];
    const size = Math.max(0.9, Math.min(box.width, box.height) * (0.014 + 0.02 * y) * between(random, 0.7, 1.3));
    const colour = mixHex(green, random.pick(['#5c8446', '#a9bd6c', '#7f8f4a']), random.next() * 0.6);
    const strokes =
      size > 4
        ? [
            mark(
              'vein',
              [
                [at[0] - size * 0.7, at[1]],
                [at[0] + size * 0.5, at[1] + size * 0.06],
              ],
              size * 0.09,
              0.4,
              PRESSURE.nail,
              shade(colour, -0.35),
            ),
          ]
        : [];
    return surface(
      'duckweed',
      ellipse(at, size, size * 0.45, between(random, -0.3, 0.3), 12),
      'stem',
      colour,
      toneOf(colour),
      { strokes },
    );
  });
}

/** Caps seen from a little above, gills under the rim, stems that swell. */
export function drawMushroom(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const base = bed.colour ?? random.pick(['#a5653f', '#b98a5a', '#b5402f', '#8a6a4c']);
  const size = Math.min(box.height, box.width);
  const seats = [
    [0, 0.88],
    [-0.3, 0.56],
    [0.3, 0.42],
    [0.12, 0.26],
  ].slice(0, detail < 0.1 ? 2 : 4);
  const grown = seats.flatMap(([x, tall], i) =>
    mushroom([x! * size, i * size * 0.012], tall! * size, base, detail, random.fork(`cap-${i}`)),
  );
  const grass = Array.from({ length: Math.round(12 * detail) }, () =>
    mark(
      'leaf',
      wander(
        [between(random, -0.45, 0.45) * size, size * 0.04],
        size * between(random, 0.06, 0.17),
        6,
        (t) => -1.57 + between(random, -0.05, 0.05) + 0.8 * t * bed.wind,
      ),
      size * 0.012,
      0.5,
      PRESSURE.nail,
      '#6f8a4a',
    ),
  );
  return [...grown, lines('grass', 'grass', '#6f8a4a', 0.5, grass)];
}

function mushroom(at: Point, tall: number, base: string, detail: number, random: Random): Shape[] {
  const lean = between(random, -0.22, 0.22);
  const stalk = wander(at, tall * 0.74, 10, (t) => -Math.PI / 2 + lean * (1 - t));
  const head = stalk.at(-1)!;
  const [rx, ry] = [tall * between(random, 0.34, 0.44), tall * between(random, 0.3, 0.38)];
  const dip = ry * 0.24;
  const rim = Array.from(
    { length: 13 },
    (_, i): Point => [
      head[0] + rx * Math.cos((i / 12) * Math.PI),
      head[1] + dip * Math.sin((i / 12) * Math.PI) * (1 + 0.16 * Math.sin(i * 1.7)),
    ],
  );
  const dome = Array.from({ length: 19 }, (_, i): Point => {
    const a = Math.PI + (i / 18) * Math.PI;
    return [head[0] + rx * Math.cos(a) * (1 + 0.03 * Math.sin(i * 2.2)), head[1] + ry * Math.sin(a)];
  });
  const pale = mixHex(base, '#efe2cc', 0.75);
  const under = ellipse([head[0], head[1] + dip * 0.25], rx * 0.95, dip * 0.95, lean * 0.3);
  const gills = Array.from({ length: Math.round(6 + 14 * detail) }, (_, i): Stroke => {
    const a = (i / (5 + 14 * detail)) * Math.PI;
    return mark(
      'vein',
      [
        [head[0] + rx * 0.2 * Math.cos(a), head[1] + dip * 0.1],
        [head[0] + rx * 0.9 * Math.cos(a), head[1] + dip * (0.25 + 0.8 * Math.sin(a))],
      ],
      Math.max(0.4, tall * 0.006),
      0.4,
      PRESSURE.thread,
      shade(pale, -0.4),
    );
  });
  const spots = Array.from({ length: Math.round(3 + 7 * detail) }, (): Stroke => {
    const [a, r] = [Math.PI * (1.1 + 0.8 * random.next()), Math.sqrt(random.next()) * 0.85];
    return dot(
      'detail',
      [head[0] + rx * r * Math.cos(a), head[1] + ry * r * Math.sin(a)],
      tall * between(random, 0.018, 0.055),
      0.15,
      mixHex(base, '#f4ead8', 0.7),
    );
  });
  const shine = mark(
    'fold',
    dome.slice(3, 13).map(([x, y]): Point => [head[0] + (x - head[0]) * 0.86, head[1] + (y - head[1]) * 0.86]),
    Math.max(0.5, tall * 0.016),
    0.16,
    PRESSURE.taper,
    shade(base, -0.3),
  );
  return [
    surface(
      'stalk',
      ribbon(stalk, (t) => tall * (0.07 - 0.025 * t + 0.035 * (1 - t) ** 3) * Math.min(1, 0.35 + t * 9) ** 0.6),
      'stem',
      pale,
      0.22,
      {
        form: 'round',
      },
    ),
    surface('gills', under, 'stem', shade(pale, -0.16), 0.35, { strokes: gills }),
    surface(
      'cap',
      [...dome, ...rim.slice(1, -1).map(([x, y]): Point => [x, y - dip * 0.55])],
      'fruit',
      base,
      toneOf(base),
      { form: 'round', strokes: [shine, ...spots] },
    ),
  ];
}

/** Two leaves on a bent neck, out of broken ground; bamboo shoots have sheaths instead. */
export function drawSeedling(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const green = faded(bed, bed.colour ?? '#8db54f');
  const size = Math.min(box.height, box.width * 1.1);
  const soil = surface(
    'soil',
    blob([0, size * 0.015], size * 0.3, size * 0.065, random, { wobble: 0.24 }),
    'earth',
    '#7d6449',
    0.55,
    {
      strokes: Array.from({ length: Math.round(26 * detail) }, () =>
        dot(
          'texture',
          [between(random, -0.28, 0.28) * size, between(random, -0.03, 0.06) * size],
          size * between(random, 0.006, 0.016),
          0.7,
          '#4f3d2c',
        ),
      ),
    },
  );
  const lean = between(random, -0.3, 0.3);
  const line = wander([0, 0], size * 0.58, 14, (t) => -Math.PI / 2 + lean * Math.sin(t * 3) + bed.wind * 0.4 * t);
  const { at, angle } = along(line, 1);
  const pair = [-1, 1].flatMap((side) =>
    leaf(
      {
        form: 'ovate',
        at,
        angle: angle + side * between(random, 0.65, 1),
        length: size * between(random, 0.3, 0.4),
        width: 0.5,
        bend: side * 0.5,
        colour: shade(green, side * 0.07),
        fine: detail,
      },
      random,
    ),
  );
  const heart = [-0.22, 0.2].flatMap((turn) =>
    leaf(
      {
        form: 'lance',
        at,
        angle: angle + turn,
        length: size * 0.16,
        width: 0.36,
        bend: turn,
        colour: mixHex(green, '#d6dd7f', 0.5),
        fine: detail,
      },
      random,
    ),
  );
  return [soil, ...softStem(line, Math.max(1, size * 0.028), mixHex(green, '#d3cf8f', 0.3)), ...pair, ...heart];
}

/** Ribbed columns with arms, spines in rows, a flower at the top. */
export function drawCactus(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const green = faded(bed, bed.colour ?? '#5d8557');
  const size = box.height;
  const column = (line: Line, half: number, nth: number): Shape => {
    const outline = ribbon(
      line,
      (t) => half * Math.min(1, (1 - t) * 7 + 0.02) ** 0.5 * (0.9 + 0.1 * Math.min(1, t * 5)),
    );
    const ribs = [-0.62, -0.25, 0.12, 0.48, 0.78].map((s) =>
      offset(line, (t) => half * s * Math.min(1, (1 - t) * 7) ** 0.5),
    );
    const grooves = ribs.map((rib) =>
      mark('fold', rib, Math.max(0.5, half * 0.07), 0.5, [0.6, 1, 0.9, 0.8, 0.2], shade(green, -0.4)),
    );
    const spines =
      detail < 0.15
        ? []
        : ribs.flatMap((rib, k) =>
            Array.from({ length: Math.round(5 + 9 * detail) }, (_, i): Stroke[] => {
              const { at } = along(rib, 0.04 + 0.92 * ((i + 0.5 * (k % 2)) / (5 + 9 * detail)));
              return [-0.6, 0, 0.6].map((turn) =>
                mark(
                  'hair',
                  [
                    at,
                    [
                      at[0] + Math.cos(-0.5 + turn + (k < 2 ? 2.4 : 0)) * half * 0.2,
                      at[1] - half * 0.14 + turn * half * 0.1,
                    ],
                  ],
                  Math.max(0.35, half * 0.025),
                  0.45,
                  PRESSURE.nail,
                  '#b8ab82',
                ),
              );
            }).flat(),
          );
    return surface(nth === 0 ? 'trunk' : 'arm', outline, 'stem', shade(green, nth * 0.04), 0.48, {
      form: 'round',
      strokes: [...grooves, ...spines],
    });
  };
  const trunk = wander([0, 0], size * 0.92, 20, (t) => -Math.PI / 2 + 0.06 * Math.sin(t * 5));
  const arms = [
    [1, 0.4, 0.4],
    [-1, 0.54, 0.3],
  ].map(([side, share, long]): Point[] => {
    const { at } = along(trunk, share!);
    const [x, y] = [at[0] + side! * size * between(random, 0.17, 0.22), at[1] - size * long!];
    return smooth(
      [
        at,
        [at[0] + side! * size * 0.11, at[1] + size * 0.005],
        [x, at[1] - size * 0.08],
        [x + side! * size * 0.005, y],
      ],
      { steps: 6 },
    );
  });
  const flower = ([x, y]: Point): Shape =>
    surface(
      'flower',
      blob([x, y - size * 0.012], size * 0.03, size * 0.026, random, { wobble: 0.3 }),
      'petal',
      '#d95f82',
      0.4,
      { strokes: [dot('detail', [x, y - size * 0.015], size * 0.014, 0.4, '#edc552')] },
    );
  const grown = arms.map((line, i) => column(line, size * 0.062, i + 1));
  return [
    ...grown,
    column(trunk, size * 0.092, 0),
    flower(trunk.at(-1)!),
    ...(detail > 0.2 ? [flower(arms[0]!.at(-1)!)] : []),
  ];
}

/** Branching fans and fingers from one foot, in reds. */
export function drawCoral(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const size = Math.min(box.height, box.width);
  const base = bed.colour ?? random.pick(['#cf5a4d', '#d9795c', '#c24a68']);
  const fans = [
    [0, 1, base],
    [-0.32, 0.62, mixHex(base, '#e0a25a', 0.6)],
    [0.33, 0.5, mixHex(base, '#8b5fa8', 0.6)],
  ] as const;
  return fans
    .slice(0, detail < 0.1 ? 1 : 3)
    .toReversed()
    .flatMap(([x, tall, colour], i) => {
      const out: Shape[] = [];
      const grow = (from: Point, angle: number, long: number, width: number, depth: number, own: Random): void => {
        const line = wander(
          from,
          long,
          8,
          (t) => angle + between(own, -0.09, 0.09) + 0.3 * Math.sin(t * 3 + angle * 5),
        );
        const dots =
          width < 2.5
            ? []
            : Array.from({ length: Math.round(8 * detail) }, () => {
                const { at } = along(line, own.next());
                return dot(
                  'texture',
                  [at[0] + between(own, -0.3, 0.3) * width, at[1]],
                  width * 0.16,
                  0.25,
                  mixHex(colour, '#fff1e4', 0.55),
                );
              });
        out.push(
          surface(
            'coral',
            ribbon(line, (t) => (width / 2) * (1 - 0.32 * t) * (t > 0.9 ? 0.8 : 1)),
            'fruit',
            shade(colour, 0.05 * (3 - depth) - 0.05),
            0.45,
            { form: 'round', strokes: dots },
          ),
        );
        if (depth === 0) return;
        const ways = depth === 3 ? [-0.6, -0.05, 0.55] : own.next() < 0.3 ? [-0.6, 0, 0.55] : [-0.45, 0.45];
        for (const turn of ways)
          grow(
            line.at(-1)!,
            angle + turn * between(own, 0.75, 1.15),
            long * between(own, 0.62, 0.84),
            width * 0.68,
            depth - 1,
            own,
          );
      };
      grow(
        [x * size, 0],
        -Math.PI / 2 - x * 0.5,
        size * tall * 0.33,
        size * tall * 0.085,
        detail < 0.2 ? 2 : 3,
        random.fork(`fan-${i}`),
      );
      return out;
    });
}
