/** Round fruits by a few measures: a body between apple and pear, a dimple, a stalk, a leaf, alone or in bunches. */
import type { Point } from '../../raster/index.ts';
import { drawnIn, type PaintName, type Pen } from '../drafting/index.ts';
import { petal, smooth } from '../geometry/index.ts';
import { PRESSURE } from '../marks.ts';
import type { Drawer } from '../types.ts';

interface Fruit {
  readonly paint: PaintName;
  /** Height to width; default 0.95. */
  readonly tall?: number;
  /** Width of the shoulders to that of the belly: 0.5 pear, 1 apple; default 1. */
  readonly shoulders?: number;
  /** Depth of the dimple at the stalk, 0–1; default 0.5. */
  readonly dimple?: number;
  /** A tip below, 0–1: peach upside down, lemon; default 0. */
  readonly tip?: number;
  /** A cleft from top to bottom. */
  readonly cleft?: boolean;
  readonly leaf?: boolean;
  readonly calyx?: boolean;
  /** Rough skin: dots all over, 0–1. */
  readonly rough?: number;
}

interface Spot {
  readonly at: Point;
  readonly r: number;
}

/** Body of a fruit around a place. */
function bodyOf({ tall = 0.95, shoulders = 1, dimple = 0.5, tip = 0 }: Fruit, { at: [cx, cy], r }: Spot): Point[] {
  const high = r * tall;
  const half: Point[] = [
    [0, -high * (1 - 0.28 * dimple)],
    [r * 0.3 * shoulders, -high * 1.0],
    [r * 0.74 * shoulders, -high * 0.78],
    [r * (0.5 + 0.48 * shoulders), -high * 0.14],
    [r * 0.94, high * 0.34],
    [r * 0.6, high * 0.84],
    [r * 0.18, high * (0.98 + 0.14 * tip)],
    [0, high * (0.95 + 0.4 * tip)],
  ];
  const right = half.map(([x, y]): Point => [cx + x, cy + y]);
  const left = half.slice(1, -1).map(([x, y]): Point => [cx - x, cy + y]);
  return smooth([...right, ...left.reverse()], { closed: true, steps: 4 });
}

function drawOne(pen: Pen, fruit: Fruit, spot: Spot): void {
  const {
    at: [cx, cy],
    r,
  } = spot;
  const high = r * (fruit.tall ?? 0.95);
  pen.fill('fruit', fruit.paint, bodyOf(fruit, spot), { form: 'round', ...(pen.colour && { colour: pen.colour }) });
  pen.line(
    [
      [cx - r * 0.55, cy - high * 0.4],
      [cx - r * 0.42, cy - high * 0.6],
      [cx - r * 0.24, cy - high * 0.7],
    ],
    r * 0.09,
    0.35,
    { colour: '#ffffff', pressure: PRESSURE.leaf },
  );
  if (fruit.cleft)
    pen.line(
      [
        [cx, cy - high * 0.86],
        [cx + r * 0.26, cy - high * 0.2],
        [cx + r * 0.1, cy + high * 0.8],
      ],
      r * 0.06,
      0.5,
      { pressure: PRESSURE.taper },
    );
  if (fruit.rough) roughen(pen, spot, high, fruit.rough);
  pen.line(
    [
      [cx, cy - high * 0.86],
      [cx + r * 0.05, cy - high * 1.12],
      [cx + r * 0.2, cy - high * 1.32],
    ],
    r * 0.1,
    0.8,
    { colour: '#5e4630', pressure: PRESSURE.bone },
  );
  if (fruit.leaf !== false)
    pen.fill('leaf', 'leaf', petal([cx + r * 0.1, cy - high * 1.1], -0.35, r * 0.8, r * 0.36, { point: 0.8 }));
  if (fruit.calyx) {
    for (let i = 0; i < 4; i++)
      pen.fill(
        'calyx',
        'dark-leaf',
        petal([cx, cy - high * 0.92], (i / 3) * Math.PI * 0.9 + 0.16, r * 0.5, r * 0.34, { point: 0.5 }),
      );
  }
}

function roughen(pen: Pen, { at: [cx, cy], r }: Spot, high: number, rough: number): void {
  const count = Math.round(rough * (6 + 18 * pen.detail));
  for (let i = 0; i < count; i++) {
    const [angle, reach] = [i * 2.4, 0.85 * Math.sqrt((i + 0.5) / count)];
    pen.line([[cx + Math.cos(angle) * r * reach, cy + Math.sin(angle) * high * reach]], r * 0.06, 0.5);
  }
}

const ONE: readonly Spot[] = [{ at: [50, 56], r: 38 }];
const TWO: readonly Spot[] = [
  { at: [34, 58], r: 27 },
  { at: [68, 66], r: 24 },
];
const THREE: readonly Spot[] = [
  { at: [50, 40], r: 21 },
  { at: [30, 68], r: 22 },
  { at: [70, 70], r: 21 },
];

const fruitDrawer = (fruit: Fruit, spots: readonly Spot[]): Drawer =>
  drawnIn({ width: 100, height: 96 }, (pen) => {
    for (const spot of spots) drawOne(pen, fruit, spot);
  });

const drawCherries = drawnIn({ width: 90, height: 96 }, (pen) => {
  pen.fill('leaf', 'leaf', petal([50, 8], 0.5, 34, 16, { point: 0.8 }));
  pen.line('M50 6 Q34 30 28 58 M50 6 Q58 32 62 62', 1.6, 0.8, { colour: '#5e6a34' });
  drawOne(pen, { paint: 'red-fruit', leaf: false, dimple: 0.4 }, { at: [27, 72], r: 19 });
  drawOne(pen, { paint: 'red-fruit', leaf: false, dimple: 0.4 }, { at: [63, 76], r: 19 });
});

const drawGrapes = drawnIn({ width: 80, height: 100 }, (pen) => {
  pen.line('M40 18 Q42 8 34 2', 2, 0.8, { colour: '#6b5636' });
  pen.fill('leaf', 'leaf', petal([42, 12], -0.1, 34, 22, { point: 0.5 }));
  const rows = [4, 5, 4, 3, 2, 1];
  rows.forEach((count, row) => {
    for (let i = 0; i < count; i++) {
      const at: Point = [
        40 + (i - (count - 1) / 2) * 14 + pen.random.next() * 2,
        24 + row * 13 + pen.random.next() * 2,
      ];
      pen.fill('grape', 'purple-fruit', `O${at[0]} ${at[1]} 8 8`, {
        form: 'round',
        ...(pen.colour && { colour: pen.colour }),
      });
      pen.line([[at[0] - 3, at[1] - 3]], 1.8, 0.5, { colour: '#e8ddf0' });
    }
  });
});

export const FRUITS: Readonly<Record<string, Drawer>> = {
  apple: fruitDrawer({ paint: 'red-fruit' }, ONE),
  pear: fruitDrawer({ paint: 'green-fruit', tall: 1.15, shoulders: 0.5, dimple: 0 }, [{ at: [50, 54], r: 32 }]),
  peach: fruitDrawer({ paint: 'pink-fruit', cleft: true, tip: 0.35, tall: 0.92 }, ONE),
  orange: fruitDrawer({ paint: 'orange-fruit', dimple: 0.15, rough: 0.8, tall: 0.96 }, ONE),
  lemon: fruitDrawer({ paint: 'yellow-fruit', dimple: -0.5, tip: 0.9, tall: 1.05, rough: 0.5 }, [
    { at: [50, 54], r: 28 },
  ]),
  persimmon: fruitDrawer({ paint: 'orange-fruit', tall: 0.74, leaf: false, calyx: true, dimple: 0.2 }, TWO),
  lychee: fruitDrawer({ paint: 'red-fruit', rough: 1, dimple: 0.1 }, THREE),
  loquat: fruitDrawer({ paint: 'orange-fruit', dimple: 0, tall: 1.1, shoulders: 0.8 }, THREE),
  cherry: drawCherries,
  grape: drawGrapes,
};
