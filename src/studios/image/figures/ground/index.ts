/** Open ground: paths that wind away, fields, dunes, snow, terraces. */
import type { Random } from '../../../../core/index.ts';
import type { Placed } from '../../composition/index.ts';
import { mixHex, type Point } from '../../raster/index.ts';
import { between, mark, PRESSURE, shade, surface } from '../marks.ts';
import type { Drawer, DrawingContext, Shape, Stroke } from '../types.ts';

/** Colours of open ground by season. */
const GRASS = { spring: '#8fae62', summer: '#6f9a4c', autumn: '#b59a55', winter: '#9a9683' } as const;

/** A band across the paper between two lines, each from left to right. */
function band(top: readonly Point[], bottom: readonly Point[]): Point[] {
  return [...top, ...[...bottom].reverse()];
}

/** A level line that wavers; heights in units. */
function waver(
  { noise }: DrawingContext,
  [left, right]: readonly [number, number],
  y: number,
  height: number,
  phase: number,
): Point[] {
  const steps = 40;
  return Array.from({ length: steps + 1 }, (_, i): Point => {
    const x = left + ((right - left) * i) / steps;
    return [x, y + height * noise(x / 230 + phase, phase * 1.7)];
  });
}

const across = ({ box }: Placed): [number, number] => [box.x - 30, box.x + box.width + 30];
const footOf = ({ box }: Placed, { composition }: DrawingContext): number =>
  Math.max(box.y + box.height, composition.height + 20);

/** A way that winds from the foot of the paper to its horizon. */
const drawPath: Drawer = (placed, context) => {
  const { box, colour, element } = placed;
  const { random } = context;
  const foot = footOf(placed, context);
  const bend = between(random, 0.6, 1.1) * (placed.mirrored ? -1 : 1);
  const start = box.x + box.width * between(random, 0.35, 0.65);
  const goal = box.x + box.width * between(random, 0.4, 0.6);
  const middle = (t: number): number =>
    start + (goal - start) * t + Math.sin(t * 2.6 * Math.PI) * bend * 130 * (1 - t) ** 0.8;
  const wide = element === 'road' || element === 'street' ? 300 : 190;
  const side = (sign: number): Point[] =>
    Array.from({ length: 31 }, (_, i): Point => {
      const t = i / 30;
      const near = (1 - t) ** 1.7;
      return [
        middle(t) + sign * (wide * near * 0.5 + 3) + 5 * near * context.noise(t * 9, sign),
        foot + (box.y - foot) * (1 - near ** 0.62),
      ];
    });
  const [left, right] = [side(-1), side(1)];
  const paved = element === 'road' || element === 'street' || element === 'steps';
  const edges: Stroke[] = [left, right].flatMap((line) => edgeTufts(line, random));
  const steps = element === 'steps' ? stepLines(left, right) : [];
  const own = colour ?? (paved ? '#b9b3a6' : '#cdb994');
  return [
    surface('way', band(left, right), paved ? 'stone' : 'earth', own, 0.14, {
      strokes: [...steps, ...edges],
      lined: paved,
    }),
  ];
};

function stepLines(left: readonly Point[], right: readonly Point[]): Stroke[] {
  return left.slice(1).map((point, i) => mark('contour', [point, right[i + 1]!], Math.max(0.8, 3 - i * 0.08), 0.5));
}

/** Grass along an edge, larger the nearer. */
function edgeTufts(line: readonly Point[], random: Random): Stroke[] {
  return line.flatMap(([x, y], i) => {
    const size = 26 * (1 - i / line.length) ** 1.5;
    if (size < 2) return [];
    return Array.from({ length: 3 }, () => {
      const lean = between(random, -0.5, 0.5) * size;
      const root: Point = [x + between(random, -size, size) * 0.5, y + between(random, -4, 4)];
      const tip: Point = [root[0] + lean, root[1] - size * between(random, 0.6, 1)];
      return mark(
        'leaf',
        [root, [(root[0] + tip[0]) / 2 - lean * 0.2, (root[1] + tip[1]) / 2], tip],
        1 + size * 0.06,
        0.5,
        PRESSURE.nail,
      );
    });
  });
}

/** Grass or crops in rows that run to the horizon. */
const drawField: Drawer = (placed, context) => [meadow(placed, context)];

/** Open grassy ground from behind the feet of the hills to the foot of the paper, with furrows where it is tilled. */
export function meadow(placed: Placed, context: DrawingContext, grown?: string): Shape {
  const { random, composition } = context;
  const [left, right] = across(placed);
  // The first ground begins behind the feet of the hills.
  const top = placed.box.y - (placed.box.y < composition.horizon + 8 ? 16 : 0);
  const foot = footOf(placed, context);
  const season = composition.season ?? 'summer';
  const own = grown ?? placed.colour ?? (composition.weather === 'snow' ? '#f2f5f7' : GRASS[season]);
  const focus = left + (right - left) * between(random, 0.3, 0.7);
  const rows = placed.element === 'field' || placed.element === 'garden' ? 26 : 0;
  const furrows = Array.from({ length: rows }, (_, i): Stroke => {
    const end = left + ((right - left) * 1.6 * (i + 0.5)) / rows - (right - left) * 0.3;
    return mark(
      'texture',
      [
        [focus + (end - focus) * 0.06, top + 8],
        [focus + (end - focus) * 0.4, top + (foot - top) * 0.36],
        [end, foot],
      ],
      3.2,
      0.26,
      PRESSURE.thread,
    );
  });
  const blades = tufts(left, right, top, foot, random, rows > 0 ? 120 : 320);
  const outline = band(waver(context, [left, right], top, 10, 3), [
    [left, foot],
    [right, foot],
  ]);
  const isSnowy = composition.weather === 'snow' && !placed.colour && !grown;
  return surface('field', outline, isSnowy ? 'snow' : 'grass', own, isSnowy ? 0.04 : 0.16, {
    form: 'slope',
    lined: false,
    strokes: [...furrows, ...blades],
  });
}

/** Blades all over, small and close far away. */
function tufts(left: number, right: number, top: number, foot: number, random: Random, count: number): Stroke[] {
  return Array.from({ length: count }, () => {
    const near = random.next() ** 0.7;
    const [x, y] = [between(random, left, right), top + (foot - top) * near];
    const size = 3 + 20 * near ** 1.5;
    const lean = between(random, -0.4, 0.4) * size;
    return mark(
      'leaf',
      [
        [x, y],
        [x + lean * 0.3, y - size * 0.6],
        [x + lean, y - size],
      ],
      0.7 + near * 1.2,
      0.2 + 0.3 * near,
      PRESSURE.nail,
    );
  });
}

/** Ridges of sand or snow, one behind the other, each with a crest lit from one side. */
const drawDunes: Drawer = (placed, context) => {
  const { random } = context;
  const [left, right] = across(placed);
  const snow = placed.element === 'snowfield' || placed.element === 'glacier';
  const own = placed.colour ?? (snow ? '#eef1f3' : '#d9b57c');
  const foot = footOf(placed, context);
  const count = 4;
  return Array.from({ length: count }, (_, i): Shape => {
    const y = placed.box.y + (foot - placed.box.y) * (i / count) ** 1.3 * 0.85;
    const crest = waver(context, [left, right], y, 26 + 34 * i, i * 5.3 + 1);
    const wind = crest
      .filter((_, k) => k % 2 === 0)
      .map(([x, cy]): Stroke => {
        const length = 20 + 50 * (i / count);
        return mark(
          'ripple',
          [
            [x, cy + 10],
            [x + length * 0.5, cy + 14 + 8 * i],
            [x + length, cy + 22 + 14 * i],
          ],
          1 + 0.4 * i,
          0.18,
          PRESSURE.hemp,
        );
      });
    const contour = mark('contour', crest, 1.2 + 0.8 * i, 0.35 + 0.1 * i, PRESSURE.breath);
    const strokes = snow ? [contour, ...wind.filter(() => random.next() < 0.3)] : [contour, ...wind];
    return surface(
      `ridge-${i + 1}`,
      band(crest, [
        [left, foot],
        [right, foot],
      ]),
      snow ? 'snow' : 'sand',
      shade(own, 0.1 - 0.05 * i),
      snow ? 0.05 : 0.14 + 0.04 * i,
      { form: 'slope', lined: false, strokes },
    );
  });
};

/** Sand that slants into the water. */
const drawShore: Drawer = (placed, context) => {
  const [left, right] = across(placed);
  const foot = footOf(placed, context);
  const tilt = (placed.mirrored ? -1 : 1) * placed.box.height * 0.25;
  const line = waver(context, [left, right], placed.box.y + placed.box.height * 0.35, 26, 2).map(
    ([x, y]): Point => [x, y + tilt * ((x - left) / (right - left) - 0.5)],
  );
  const own = placed.colour ?? (placed.element === 'beach' ? '#e6d3a8' : '#a9a07a');
  const foam = mark(
    'ripple',
    line.map(([x, y]): Point => [x, y - 5]),
    2.2,
    0.12,
    PRESSURE.breath,
    '#f4f4ee',
  );
  const outline = band(line, [
    [left, foot],
    [right, foot],
  ]);
  const strokes =
    placed.element === 'beach'
      ? [foam]
      : [foam, ...tufts(left, right, placed.box.y + placed.box.height * 0.45, foot, context.random, 160)];
  return [
    surface('shore', outline, placed.element === 'beach' ? 'sand' : 'grass', own, 0.14, {
      form: 'flat',
      lined: false,
      strokes,
    }),
  ];
};

/** Steps of fields up a slope, each with its bank and its sheet of green or water. */
const drawTerraces: Drawer = (placed, context) => {
  const { box } = placed;
  const [left, right] = across(placed);
  const foot = footOf(placed, context);
  const count = 9;
  return Array.from({ length: count }, (_, i): Shape => {
    const y = box.y + (foot - box.y) * (i / count) ** 1.25;
    const edge = waver(context, [left, right], y, 14 + 6 * i, i * 2.9);
    const wet = i % 3 === 1;
    const own = wet ? '#b9cdd0' : mixHex('#7ba04f', '#c8c46a', (i * 0.37) % 1);
    const bank = mark('contour', edge, 1.4 + 0.35 * i, 0.55, PRESSURE.breath);
    const rows = edge
      .filter((_, k) => k % 3 === 1)
      .map(([x, ey]) =>
        mark(
          'leaf',
          [
            [x, ey + 6 + 2 * i],
            [x + 4, ey + 2 + i],
          ],
          1.2,
          0.3,
          PRESSURE.nail,
        ),
      );
    return surface(
      `terrace-${i + 1}`,
      band(edge, [
        [left, foot],
        [right, foot],
      ]),
      wet ? 'water' : 'grass',
      placed.colour ?? own,
      wet ? 0.05 : 0.2,
      { lined: false, strokes: [bank, ...(wet ? [] : rows)] },
    );
  });
};

export const GROUND: Readonly<Record<string, Drawer>> = {
  ...Object.fromEntries(['path', 'road', 'street', 'steps'].map((id) => [id, drawPath])),
  ...Object.fromEntries(
    ['field', 'grassland', 'plain', 'garden', 'courtyard', 'park', 'playground', 'swamp'].map((id) => [id, drawField]),
  ),
  ...Object.fromEntries(['desert', 'dune', 'snowfield', 'glacier'].map((id) => [id, drawDunes])),
  ...Object.fromEntries(['beach', 'river-bank'].map((id) => [id, drawShore])),
  terrace: drawTerraces,
};
