/** Where people live: the thatched hut, the courtyard house, the village of roofs with trees between. */
import type { Random } from '../../../../core/index.ts';
import type { Point } from '../../raster/index.ts';
import { drawnIn, type Pen } from '../drafting/index.ts';
import { lumps, smooth } from '../geometry/index.ts';
import { between, PRESSURE } from '../marks.ts';
import type { Drawer } from '../types.ts';
import { block, drawBays, drawLattice } from './frame.ts';
import { drawRoof, roofPaint } from './roof.ts';

/** 茅屋: mud walls, a deep roof of straw, a fence of sticks. */
export const drawHut = drawnIn({ width: 120, height: 86 }, (pen) => {
  pen.fill('wall', 'mud-wall', [
    [24, 42],
    [96, 42],
    [95, 84],
    [25, 84],
  ]);
  pen.fill(
    'side',
    'shade-wall',
    [
      [24, 42],
      [24.5, 84],
      [12, 78],
      [13, 46],
    ],
    { tone: 0.4 },
  );
  const glow = pen.lit ? { glow: 0.85 } : {};
  pen.fill('door', pen.lit ? 'glow' : 'inside', block(52, 52, 15, 32), glow);
  if (!pen.is('open')) pen.line('M56 52 V84 M60 52 V84 M63.5 52 V84 M52 66 H67', 0.5, 0.6);
  pen.fill('window', pen.lit ? 'glow' : 'inside', block(76, 54, 12, 11), glow);
  pen.line('M80 54 V65 M84 54 V65 M76 59.5 H88', 0.7, 0.8, { colour: '#5e3f2a' });
  pen.line('M38 48 V84 M72 46 V84 M94 44 V84', 1, 0.6);
  strawRoof(pen);
  if (pen.detail > 0.2) stickFence(pen);
});

function strawRoof(pen: Pen): void {
  const ridge: Point[] = [
    [20, 10],
    [58, 6],
    [92, 9],
  ];
  const eave: Point[] = smooth(
    [
      [108, 46],
      [84, 49],
      [56, 47],
      [28, 50],
      [8, 49],
    ],
    { steps: 8 },
  ).map(([x, y], i): Point => [x, y + (i % 2) * 1.4 * pen.random.next()]);
  const cover = roofPaint(pen, 'thatch');
  pen.fill('roof', cover, [...smooth([[3, 46], [10, 30], ...ridge, [102, 28]], { steps: 5 }), ...eave], {
    form: 'slope',
    texture: { kind: 'grass', direction: Math.PI / 2, density: 0.7 },
  });
  const count = Math.round(14 + pen.detail * 60);
  for (let i = 0; i < count; i++) {
    const t = (i + pen.random.next()) / count;
    const [top, foot] = [20 + 72 * t, 6 + 102 * t];
    const from = between(pen.random, 0.02, 0.6);
    const at = (u: number): Point => [top + (foot - top) * u, 9 + 38 * u + 3 * Math.sin(u * 3)];
    pen.line([at(from), at(from + 0.18), at(Math.min(1, from + 0.36))], 0.7, 0.5, {
      role: 'texture',
      pressure: PRESSURE.nail,
    });
  }
  pen.line(
    smooth(
      [
        [17, 11],
        [56, 6.5],
        [95, 10],
      ],
      { steps: 6 },
    ),
    2.4,
    0.6,
    { pressure: PRESSURE.breath },
  );
}

function stickFence(pen: Pen): void {
  pen.lines('fence', 'bamboo');
  for (let x = 0; x < 46; x += 3.4)
    pen.line(
      [
        [x + pen.random.next(), 70 + 3 * pen.random.next()],
        [x + pen.random.next(), 86],
      ],
      0.8,
      0.65,
      { pressure: PRESSURE.bone },
    );
  pen.line('M0 75 S14 76 30 75 46 76', 0.7, 0.6);
  pen.line('M0 81 S16 80 32 81 46 80', 0.7, 0.6);
}

/** 四合院: halls round a yard, seen from above its gate. */
export const drawCourtyard = drawnIn({ width: 140, height: 96 }, (pen) => {
  house(pen, 70, 46, 44, 24);
  pen.fill(
    'yard',
    'stone',
    [
      [26, 46],
      [114, 46],
      [132, 92],
      [8, 92],
    ],
    { lined: false, opacity: 0.6 },
  );
  for (const side of [-1, 1]) {
    const x = (v: number): number => 70 + side * v;
    pen.fill('wing', 'white-wall', [
      [x(36), 50],
      [x(50), 44],
      [x(62), 88],
      [x(46), 90],
    ]);
    pen.fill(
      'wing-roof',
      roofPaint(pen, 'tile'),
      [
        [x(34), 52],
        [x(44), 36],
        [x(60), 70],
        [x(50), 88],
      ],
      { form: 'slope' },
    );
    for (let i = 1; i < 8; i++)
      pen.line(
        [
          [x(44 + i * 2), 36 + i * 4.3],
          [x(34 + i * 2), 52 + i * 4.5],
        ],
        0.5,
        0.5,
      );
  }
  pen.fill('tree', 'leaf', lumps([70, 58], 11, 9, pen.random), { form: 'round', lined: false });
  pen.line('M70 64 L70 76', 1.6, 0.7);
  pen.fill('wall', 'white-wall', block(6, 80, 128, 14));
  pen.fill('coping', 'tile', [
    [4, 81],
    [6, 77],
    [134, 77],
    [136, 81],
  ]);
  drawLattice(pen, 62, 80, 16, 15);
  drawRoof(pen, { cx: 70, eave: 80, half: 16, height: 9, ridge: 9 });
});

function house(pen: Pen, cx: number, ground: number, half: number, high: number): void {
  drawBays(pen, {
    cx,
    half: half * 0.8,
    top: ground - high * 0.46,
    bottom: ground,
    count: half > 20 ? 5 : 3,
    doors: (bay) => bay !== 0,
    wall: 'white-wall',
    column: 'dark-wood',
  });
  drawRoof(pen, { cx, eave: ground - high * 0.44, half, height: high * 0.56, ridge: half * 0.66, lift: high * 0.1 });
}

/** 村: roofs behind roofs, the nearer larger, trees between, smoke from one or two. */
export const drawVillage: Drawer = drawnIn({ width: 224, height: 80, stretch: 1.4 }, (pen) => {
  const { random } = pen;
  const rows = pen.detail > 0.3 ? 3 : 2;
  let smokes = 0;
  for (let row = 0; row < rows; row++) {
    const t = row / (rows - 1);
    const [ground, half] = [46 + 32 * t, 11 + 9 * t];
    const count = Math.round(7 - 2.4 * t);
    for (const i of random
      .shuffle(Array.from({ length: count }, (_, k) => k))
      .sort((a, b) => Math.abs(b - count / 2) - Math.abs(a - count / 2))) {
      const cx = Math.min(222 - half, Math.max(2 + half, ((i + 0.5 + between(random, -0.3, 0.3)) / count) * 224));
      const y = ground + between(random, -4, 3);
      if (random.next() < 0.6)
        tree(pen, cx + half * between(random, 0.8, 1.2), y, half * between(random, 0.9, 1.5), random);
      house(pen, cx, y, half * between(random, 0.8, 1.05), half * between(random, 1.05, 1.3));
      if (smokes < 2 && row < rows - 1 && random.next() < 0.3) {
        smokes++;
        chimneySmoke(pen, cx + half * 0.3, y - half * 1.1, half * 1.6);
      }
    }
  }
});

function tree(pen: Pen, x: number, ground: number, high: number, random: Random): void {
  const held = Math.min(high, ground - 3);
  const at = Math.min(220 - held * 0.4, Math.max(held * 0.4, x));
  pen.fill(
    'crown',
    pen.snowy ? 'snow' : random.next() < 0.5 ? 'leaf' : 'dark-leaf',
    lumps([at, ground - held * 0.62], held * 0.34, held * 0.36, random, 7),
    { form: 'round', lined: false },
  );
  pen.line(
    [
      [at, ground],
      [at, ground - held * 0.4],
    ],
    held * 0.06,
    0.7,
  );
}

function chimneySmoke(pen: Pen, x: number, y: number, high: number): void {
  pen.lines('smoke', 'smoke');
  pen.line(
    smooth(
      [
        [x, y],
        [x + high * 0.12, y - high * 0.35],
        [x + high * 0.02, y - high * 0.65],
        [x + high * 0.3, Math.max(2, y - high)],
      ],
      { steps: 5 },
    ),
    high * 0.09,
    0.25,
    { role: 'texture', pressure: [0.4, 0.8, 1, 0.7, 0.1], colour: '#c4c0ba' },
  );
}
