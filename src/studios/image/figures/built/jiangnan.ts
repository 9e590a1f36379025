/**
 * Houses of Jiangnan 粉墙黛瓦: whitewashed walls weathered at the foot, black tiles, stepped gables (马头墙) with upturned copings, small dark
 * windows, a door to the water. One house, or a row of them shoulder to shoulder.
 */
import type { Point } from '../../raster/index.ts';
import { drawnIn, type Pen } from '../drafting/index.ts';
import { between } from '../marks.ts';
import type { Drawer } from '../types.ts';
import { roofPaint } from './roof.ts';

/** Where a house of the design 120 × 90 is put: its left foot, its size, whether it is turned round. */
interface Site {
  readonly x: number;
  readonly ground: number;
  readonly scale: number;
  readonly turned: boolean;
}

type Put = (x: number, y: number) => Point;

const putting =
  ({ x, ground, scale, turned }: Site): Put =>
  (px, py) => [x + (turned ? 120 - px : px) * scale, ground - (90 - py) * scale];

const rectangle = (put: Put, x: number, y: number, width: number, height: number): Point[] => [
  put(x, y),
  put(x + width, y),
  put(x + width, y + height),
  put(x, y + height),
];

function drawHouse(pen: Pen, site: Site): void {
  const put = putting(site);
  longSide(pen, put, site.scale);
  gable(pen, put, site.scale);
  pen.fill('plinth', 'dark-stone', rectangle(put, 5, 86.5, 113, 3.5), { lined: false });
}

/** The roofed side with door and lattices. */
function longSide(pen: Pen, put: Put, scale: number): void {
  pen.fill('wall', 'white-wall', rectangle(put, 48, 54, 68, 34), { colour: '#f1eee6' });
  weather(pen, put, [50, 114], 87, scale);
  pen.fill('eaves', 'dark-wood', rectangle(put, 47, 54, 70, 3), { lined: false });
  const roof = [put(49, 33), put(114, 33), put(120, 56), put(84, 57.2), put(47, 56)];
  pen.fill('roof', roofPaint(pen, 'tile'), roof, {
    form: 'slope',
    texture: { kind: 'tiles', direction: Math.PI / 2, density: 0.5 },
  });
  const rows = Math.round(6 + 14 * pen.detail);
  for (let i = 1; i < rows; i++) {
    const t = i / rows;
    pen.line([put(49 + 65 * t, 33.5), put(47 + 73 * t, 56)], 0.5 * scale, 0.55, { role: 'texture' });
  }
  pen.line([put(47, 32.4), put(116, 32.4)], 2.2 * scale, 0.92);
  opening(pen, put, 76, 64, 11, 23, true, scale);
  for (const x of [56, 96]) opening(pen, put, x, 65, 12, 10, false, scale);
}

/** 马头墙: the wall steps up towards the ridge, every step with its coping. */
function gable(pen: Pen, put: Put, scale: number): void {
  const steps: readonly (readonly [number, number])[] = [
    [6, 88],
    [6, 47],
    [14, 47],
    [14, 35],
    [21, 35],
    [21, 24],
    [36, 24],
    [36, 35],
    [43, 35],
    [43, 47],
    [51, 47],
    [51, 88],
  ];
  pen.fill(
    'gable',
    'white-wall',
    steps.map(([x, y]) => put(x, y)),
    { colour: '#f5f2ea' },
  );
  weather(pen, put, [7, 50], 87, scale);
  opening(pen, put, 23, 42, 9, 8, false, scale);
  if (pen.detail > 0.25) opening(pen, put, 14, 66, 8, 7, false, scale);
  const copings: readonly (readonly [number, number, number])[] = [
    [3, 15, 47],
    [11, 22, 35],
    [18, 39, 24],
    [35, 46, 35],
    [42, 54, 47],
  ];
  for (const [left, right, y] of copings) {
    const cap = [
      put(left - 1, y - 3.6),
      put(left + 2, y - 2),
      put(right - 2, y - 2),
      put(right + 1, y - 3.6),
      put(right, y + 1.4),
      put(left, y + 1.4),
    ];
    pen.fill('coping', roofPaint(pen, 'tile'), cap, { tone: 0.85 });
  }
}

/** A door of planks or a window with its lattice, under a brow of tiles. */
function opening(
  pen: Pen,
  put: Put,
  x: number,
  y: number,
  width: number,
  height: number,
  door: boolean,
  scale: number,
): void {
  const glow = pen.lit ? { glow: 0.8 } : {};
  pen.fill(
    door ? 'door' : 'window',
    pen.lit ? 'glow' : door ? 'dark-wood' : 'inside',
    rectangle(put, x, y, width, height),
    glow,
  );
  if (pen.detail < 0.12) return;
  const middle = x + width / 2;
  pen.line([put(middle, y), put(middle, y + height)], 0.6 * scale, 0.8, { colour: '#2f2722' });
  if (!door)
    pen.line([put(x, y + height / 2), put(x + width, y + height / 2)], 0.6 * scale, 0.8, { colour: '#2f2722' });
  pen.line([put(x - 2, y - 1.2), put(x + width + 2, y - 1.2)], 1.5 * scale, 0.85);
}

/** Rain has run down the walls and moss has climbed their foot. */
function weather(pen: Pen, put: Put, [left, right]: readonly [number, number], foot: number, scale: number): void {
  const count = Math.round(16 * pen.detail);
  for (let i = 0; i < count; i++) {
    const x = between(pen.random, left, right);
    const high = between(pen.random, 2, 7);
    pen.line([put(x, foot), put(x + between(pen.random, -0.6, 0.6), foot - high)], 1.1 * scale, 0.16, {
      role: 'texture',
      colour: '#8f938a',
    });
  }
}

/** 江南民居: one house. */
export const drawJiangnanHouse: Drawer = drawnIn({ width: 124, height: 92, stretch: 1.15 }, (pen) => {
  drawHouse(pen, { x: 2, ground: 91, scale: 1, turned: false });
});

/** 水乡: houses shoulder to shoulder along the water, the farther row behind the nearer. */
export const drawJiangnanRow: Drawer = drawnIn({ width: 300, height: 100, stretch: 1.35 }, (pen) => {
  const { random } = pen;
  for (const row of [0, 1]) {
    const base = row === 0 ? 0.52 : 0.72;
    let x = row === 0 ? 26 : 0;
    while (x < 300 - 118 * base * (row === 0 ? 1.1 : 1)) {
      const scale = base * between(random, 0.88, 1.1);
      drawHouse(pen, { x, ground: (row === 0 ? 74 : 98) + between(random, -2, 1), scale, turned: random.next() < 0.5 });
      x += 112 * scale + (random.next() < 0.35 ? between(random, 4, 14) : 0);
    }
  }
});
