/** Halls, pavilions, towers and pagodas put together from platform, bays and roofs. */
import { drawnIn, type Pen } from '../drafting/index.ts';
import { PRESSURE } from '../marks.ts';
import { block, drawBays, drawLattice, drawPlatform, drawRailing } from './frame.ts';
import { drawRoof } from './roof.ts';

/** 亭: open on all sides, a pointed roof on columns. */
export const drawPavilion = drawnIn({ width: 125, height: 100 }, (pen) => {
  const thatched = pen.is('thatched');
  drawPlatform(pen, 62, 90, 46, 10);
  pen.fill('depth', 'inside', block(34, 46, 56, 6), { opacity: 0.7, lined: false });
  for (const x of [40, 84]) pen.fill('back-column', 'dark-wood', block(x - 0.9, 44, 1.8, 44), { form: 'round' });
  drawRailing(pen, 40, 84, 88, 7, 'dark-wood');
  for (const x of [24, 49, 75, 100]) {
    pen.fill('column', 'red-wood', block(x - 1.6, 44, 3.2, 46), { form: 'round' });
    pen.fill('base', 'stone', block(x - 2.6, 88.4, 5.2, 2));
  }
  drawRailing(pen, 24, 49, 90, 9);
  drawRailing(pen, 75, 100, 90, 9);
  pen.fill('beam', 'green-tile', block(22, 44, 80, 4));
  hangingFrieze(pen, 26, 98, 48);
  drawRoof(pen, { cx: 62, eave: 45, half: 55, height: 32, ridge: 0, lift: 11, paint: thatched ? 'thatch' : 'tile' });
});

/** 挂落: the carved hanging under a beam. */
function hangingFrieze(pen: Pen, from: number, to: number, y: number): void {
  const count = 4 + Math.round(pen.detail * 12);
  pen.lines('frieze', 'red-wood');
  for (let i = 0; i < count; i++) {
    const [x, next] = [from + ((to - from) * i) / count, from + ((to - from) * (i + 0.6)) / count];
    pen.line(
      [
        [x, y],
        [x, y + 3],
        [next, y + 3],
        [next, y],
      ],
      0.45,
      0.65,
    );
  }
}

/** 寺: a hall with double eaves on a platform, a censer before it. */
export const drawTemple = drawnIn({ width: 130, height: 100 }, (pen) => {
  drawPlatform(pen, 65, 90, 60, 10);
  drawBays(pen, {
    cx: 65,
    half: 48,
    top: 60,
    bottom: 90,
    count: 5,
    wall: 'red-wall',
    doors: (bay) => bay > 0 && bay < 4,
  });
  drawRoof(pen, { cx: 65, eave: 61, half: 62, height: 18, ridge: 38, lift: 8 });
  drawBays(pen, { cx: 65, half: 32, top: 36, bottom: 45, count: 5, wall: 'red-wall' });
  drawRoof(pen, { cx: 65, eave: 37, half: 46, height: 24, ridge: 24, lift: 9 });
  pen.fill('censer', 'bronze', 'M60 92 C58 98 61 99 62 99 L68 99 C69 99 72 98 70 92 Z', { form: 'round' });
  pen.line('M65 91 S64 84 67 80 65 74', 0.6, 0.3, { pressure: PRESSURE.hemp });
});

/** 宫殿: a great hall with golden double eaves on three terraces, wings to its sides. */
export const drawPalace = drawnIn({ width: 130, height: 100 }, (pen) => {
  for (const cx of [14, 116]) {
    drawBays(pen, { cx, half: 10, top: 68, bottom: 84, count: 2, wall: 'red-wall' });
    drawRoof(pen, { cx, eave: 69, half: 16, height: 12, ridge: 8, paint: 'gold-tile' });
  }
  drawPlatform(pen, 65, 94, 64, 6, false);
  drawPlatform(pen, 65, 88, 56, 6, false);
  drawPlatform(pen, 65, 82, 48, 6, false);
  pen.fill('steps', 'marble', [
    [57, 82],
    [73, 82],
    [78, 100],
    [52, 100],
  ]);
  for (let i = 1; i < 9; i++)
    pen.line(
      [
        [57 - i * 0.55, 82 + i * 2],
        [73 + i * 0.55, 82 + i * 2],
      ],
      0.4,
      0.5,
    );
  pen.line('M62 82 L60.5 100 M68 82 L69.5 100', 0.5, 0.6);
  if (pen.detail > 0.3) {
    drawRailing(pen, 17, 56, 82, 3, 'marble');
    drawRailing(pen, 74, 113, 82, 3, 'marble');
  }
  drawBays(pen, { cx: 65, half: 42, top: 58, bottom: 82, count: 9, wall: 'red-wall' });
  drawRoof(pen, { cx: 65, eave: 59, half: 54, height: 15, ridge: 36, lift: 7, paint: 'gold-tile' });
  drawBays(pen, { cx: 65, half: 31, top: 38, bottom: 46, count: 7, wall: 'red-wall' });
  drawRoof(pen, { cx: 65, eave: 39, half: 43, height: 25, ridge: 24, lift: 9, paint: 'gold-tile' });
});

/** 楼: storey over storey, each with its gallery. */
export const drawTower = drawnIn({ width: 62, height: 124, stretch: 1.2 }, (pen) => {
  drawPlatform(pen, 31, 116, 29, 8);
  const storeys = [
    { ground: 116, half: 22, high: 24 },
    { ground: 82, half: 18, high: 20 },
    { ground: 53, half: 14, high: 16 },
  ];
  storeys.forEach(({ ground, half, high }, i) => {
    const top = i === storeys.length - 1;
    drawBays(pen, { cx: 31, half, top: ground - high, bottom: ground, count: 5 - i });
    if (i > 0) drawRailing(pen, 31 - half - 3, 31 + half + 3, ground, 4.5);
    drawRoof(pen, {
      cx: 31,
      eave: ground - high + 1,
      half: half + 8,
      height: top ? 22 : 11,
      ridge: top ? 8 : half * 0.84,
      lift: top ? 8 : 5,
    });
  });
});

/** 塔: storeys that grow narrower, each with its own eave, and a spire of rings. */
export const drawPagoda = drawnIn({ width: 46, height: 120, stretch: 1.3 }, (pen) => {
  const storeys = pen.detail > 0.15 ? 7 : 5;
  drawPlatform(pen, 23, 115, 18, 5, false);
  let ground = 115;
  const wall = pen.colour ? 'white-wall' : 'shade-wall';
  for (let i = 0; i < storeys; i++) {
    const share = i / storeys;
    const half = 12.5 * (1 - 0.5 * share);
    const high = (i === 0 ? 1.25 : 1) * ((88 / storeys) * (1.12 - 0.3 * share));
    const top = ground - high;
    pen.fill(
      'storey',
      wall,
      [
        [23 - half, ground],
        [23 - half * 0.96, top],
        [23 + half * 0.96, top],
        [23 + half, ground],
      ],
      { form: 'round', ...(pen.colour && { colour: pen.colour }) },
    );
    pen.line(
      [
        [23 - half * 0.42, top],
        [23 - half * 0.44, ground],
      ],
      0.4,
      0.5,
    );
    pen.line(
      [
        [23 + half * 0.42, top],
        [23 + half * 0.44, ground],
      ],
      0.4,
      0.5,
    );
    const doorTop = top + high * 0.4;
    arch(pen, 23, ground, half * 0.2, ground - doorTop);
    for (const side of [-1, 1])
      pen.line(
        [
          [23 + side * half * 0.7, ground - 1],
          [23 + side * half * 0.7, doorTop + 1],
        ],
        half * 0.14,
        0.7,
      );
    const last = i === storeys - 1;
    drawRoof(pen, {
      cx: 23,
      eave: top + 1.2,
      half: half + 4.6,
      height: last ? 10 : high * 0.36,
      ridge: last ? 0 : half * 0.86,
      lift: 2.6,
    });
    ground = top - (last ? 0 : high * 0.2);
  }
  spire(pen, 23, ground - 9);
});

function arch(pen: Pen, cx: number, ground: number, half: number, height: number): void {
  const options = pen.lit ? { glow: 0.8 } : {};
  pen.fill(
    'door',
    pen.lit ? 'glow' : 'dark',
    `M${cx - half} ${ground} V${ground - height * 0.6} Q${cx - half} ${ground - height} ${cx} ${ground - height} Q${cx + half} ${ground - height} ${cx + half} ${ground - height * 0.6} V${ground} Z`,
    options,
  );
}

function spire(pen: Pen, cx: number, foot: number): void {
  pen.lines('spire', 'brass');
  pen.line(
    [
      [cx, foot],
      [cx, foot - 13],
    ],
    0.9,
    0.8,
    { pressure: PRESSURE.nail },
  );
  for (let i = 0; i < 5; i++) {
    const r = 2.1 * (1 - i * 0.14);
    pen.line(
      [
        [cx - r, foot - 3 - i * 1.5],
        [cx + r, foot - 3 - i * 1.5],
      ],
      0.8,
      0.75,
      { pressure: PRESSURE.leaf },
    );
  }
}

/** A plain hall of a village or courtyard: whitewashed, one grey roof. */
export const drawHall = drawnIn({ width: 120, height: 70 }, (pen) => {
  drawPlatform(pen, 60, 65, 54, 5);
  drawBays(pen, {
    cx: 60,
    half: 45,
    top: 36,
    bottom: 65,
    count: 5,
    doors: (bay) => bay === 2 || bay === 1 || bay === 3,
  });
  drawRoof(pen, { cx: 60, eave: 37, half: 58, height: 26, ridge: 38, lift: 7 });
});

/** 廊: a covered walk with a row of columns going off to the right. */
export const drawCorridor = drawnIn({ width: 160, height: 80 }, (pen) => {
  const at = (t: number, low: number, high: number): number => low + (high - low) * t;
  const bays = 7;
  const place = (i: number): { x: number; foot: number; head: number } => {
    const t = 1 - (1 - i / bays) ** 1.7;
    return { x: at(t, 6, 152), foot: at(t, 78, 60), head: at(t, 28, 40) };
  };
  pen.fill('floor', 'stone', [
    [0, 80],
    [6, 76],
    [154, 58],
    [158, 62],
    [120, 70],
    [40, 80],
  ]);
  pen.fill(
    'back',
    pen.lit ? 'glow' : 'white-wall',
    [
      [12, 32],
      [152, 42],
      [152, 58],
      [12, 72],
    ],
    pen.lit ? { glow: 0.4 } : {},
  );
  for (let i = 0; i < bays; i++) {
    const [a, b] = [place(i), place(i + 1)];
    const high = (a.foot - a.head) * 0.2;
    pen.fill('seat', 'red-wood', [
      [a.x, a.foot - high],
      [b.x, b.foot - (b.foot - b.head) * 0.2],
      [b.x, b.foot - (b.foot - b.head) * 0.12],
      [a.x, a.foot - high * 0.6],
    ]);
    drawSlats(pen, a, b);
  }
  for (let i = bays; i >= 0; i--) {
    const { x, foot, head } = place(i);
    const wide = (foot - head) * 0.055;
    pen.fill('column', 'red-wood', block(x - wide / 2, head, wide, foot - head), { form: 'round' });
  }
  pen.fill('beam', 'green-tile', [
    [2, 26],
    [154, 39],
    [154, 42],
    [2, 32],
  ]);
  pen.fill('roof', 'tile', 'M0 30 Q-1 24 3 20 L14 4 L146 30 Q152 34 158 41 Z', { form: 'slope' });
  const tiles = Math.round(8 + pen.detail * 24);
  for (let i = 1; i < tiles; i++) {
    const t = 1 - (1 - i / tiles) ** 1.5;
    pen.line(
      [
        [at(t, 14, 146), at(t, 4, 30)],
        [at(t, 1, 157), at(t, 29.5, 41)],
      ],
      0.5,
      0.5,
      { role: 'texture' },
    );
  }
  pen.line('M14 4 L146 30', 1.8, 0.85, { pressure: PRESSURE.bone });
});

interface Post {
  readonly x: number;
  readonly foot: number;
  readonly head: number;
}

function drawSlats(pen: Pen, a: Post, b: Post): void {
  for (let i = 1; i < 5; i++) {
    const t = i / 5;
    const [x, foot, high] = [a.x + (b.x - a.x) * t, a.foot + (b.foot - a.foot) * t, (a.foot - a.head) * 0.15];
    pen.line(
      [
        [x, foot - high],
        [x, foot],
      ],
      0.5,
      0.6,
    );
  }
}

/** 屋顶: a great roof close by, as seen from a window over the eaves. */
export const drawRoofAlone = drawnIn({ width: 130, height: 60 }, (pen) => {
  drawLattice(pen, 30, 46, 70, 14);
  drawRoof(pen, { cx: 65, eave: 48, half: 62, height: 38, ridge: 38, lift: 12 });
});
