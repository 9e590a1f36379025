/** Forms that grow by a rule: fractal trees, mandalas, kaleidoscopes, mazes, flow fields, mosaics, waves, clouds, splashes, trails of light. */
import type { Point } from '../../raster/index.ts';
import { clipOutline, ellipse, inside, petal, scatterIn, smooth } from '../geometry/index.ts';
import { between, PRESSURE } from '../marks.ts';
import { abstractIn, coloursOf, SIDE } from './palette.ts';

const polar = (angle: number, reach: number, [cx, cy]: Point = [50, 50]): Point => [
  cx + reach * Math.cos(angle),
  cy + reach * Math.sin(angle),
];
const BOX = { x: 1, y: 1, width: 98, height: 98 };

/** A tree that divides in two, and its tips in the accent. */
export const drawFractal = abstractIn((pen) => {
  const colours = coloursOf(pen);
  const depth = pen.detail > 0.4 ? 9 : 7;
  const grow = (from: Point, angle: number, length: number, level: number): void => {
    const to = polar(angle, length, from);
    pen.line([from, to], 0.35 + 0.42 * level, 0.8, {
      role: 'branch',
      colour: level < 3 ? colours[4]! : colours[2]!,
      pressure: [1, 0.8],
    });
    if (level === 0) return;
    grow(to, angle - 0.42 + between(pen.random, -0.08, 0.08), length * 0.76, level - 1);
    grow(to, angle + 0.5 + between(pen.random, -0.08, 0.08), length * 0.7, level - 1);
  };
  grow([48, 98], -Math.PI / 2, 23, depth);
});

export const drawMandala = abstractIn((pen) => {
  const colours = coloursOf(pen);
  const fold = pen.random.pick([8, 10, 12]);
  for (const [i, reach] of [48, 38, 29, 20, 12].entries()) {
    const count = fold * (i < 2 ? 2 : 1);
    for (let k = 0; k < count; k++) {
      const angle = ((k + (i % 2) * 0.5) / count) * 2 * Math.PI;
      const outline = petal(polar(angle, reach * 0.42), angle, reach * 0.58, (reach * 3.4) / count + 2, {
        point: i % 2 ? 0.7 : 0.2,
      });
      pen.fill('petal', 'white', outline, { colour: colours[i]!, tone: 0.25 + 0.1 * i });
      pen.line([polar(angle, reach * 0.5), polar(angle, reach * 0.82)], 0.5, 0.6, { pressure: PRESSURE.leaf });
    }
    pen.line([...ellipse([50, 50], reach * 0.46, reach * 0.46, 0, 48), [50 + reach * 0.46, 50]], 0.7, 0.7);
  }
  pen.fill('heart', 'white', ellipse([50, 50], 5), { colour: colours[4]! });
});

export const drawKaleidoscope = abstractIn((pen) => {
  const colours = coloursOf(pen);
  const [fold, wedge] = [12, Math.PI / 12];
  for (let piece = 0; piece < 12; piece++) {
    const reach = 48 - piece * 3.6;
    const shard = Array.from(
      { length: 4 },
      (): Point => [between(pen.random, 0, wedge * 1.9), reach * between(pen.random, 0.35, 1)],
    );
    for (let k = 0; k < fold; k++) {
      const outline = shard.map(([angle, r]) => polar(k * 2 * wedge + (k % 2 ? 2 * wedge - angle : angle), r));
      pen.fill('shard', 'glass', outline, { colour: colours[piece % 5]!, opacity: 0.72, tone: 0.3 });
    }
  }
});

/** A perfect maze by a walk that turns back where it cannot go on. */
export const drawMaze = abstractIn((pen) => {
  const [colour] = coloursOf(pen).slice(2);
  const [count, step] = [13, 96 / 13];
  const open = new Set<string>();
  const seen = new Set([0]);
  const way = [0];
  while (way.length > 0) {
    const here = way.at(-1)!;
    const [x, y] = [here % count, Math.floor(here / count)];
    const near = [
      [x + 1, y],
      [x - 1, y],
      [x, y + 1],
      [x, y - 1],
    ].filter(([a, b]) => a! >= 0 && b! >= 0 && a! < count && b! < count && !seen.has(b! * count + a!));
    if (near.length === 0) {
      way.pop();
      continue;
    }
    const [a, b] = pen.random.pick(near);
    const next = b! * count + a!;
    open.add(`${Math.min(here, next)}-${Math.max(here, next)}`);
    seen.add(next);
    way.push(next);
  }
  const wall = (from: Point, to: Point): void => pen.line([from, to], 1.5, 0.9, { colour: colour!, pressure: [1, 1] });
  for (let y = 0; y < count; y++) {
    for (let x = 0; x < count; x++) {
      const [left, top, here] = [2 + x * step, 2 + y * step, y * count + x];
      if (x === count - 1 ? y !== count - 1 : !open.has(`${here}-${here + 1}`))
        wall([left + step, top], [left + step, top + step]);
      if (y === count - 1 || !open.has(`${here}-${here + count}`)) wall([left, top + step], [left + step, top + step]);
    }
  }
  wall([2, 2], [98, 2]);
  wall([2, 2 + step], [2, 98]);
});

/** Lines that follow a field of noise and keep apart. */
export const drawFlowField = abstractIn((pen) => {
  const colours = coloursOf(pen);
  const starts = scatterIn(BOX, pen.random, { spacing: 3.4, most: Math.round(160 + 240 * pen.detail) });
  for (const start of starts) {
    const line: Point[] = [start];
    let [x, y] = start;
    for (let i = 0; i < 22; i++) {
      const angle = pen.noise(x / 42, y / 42) * 4.4 + 0.5;
      [x, y] = [x + 1.3 * Math.cos(angle), y + 1.3 * Math.sin(angle)];
      if (x < 1 || y < 1 || x > 99 || y > 99) break;
      line.push([x, y]);
    }
    const pick = Math.floor(Math.abs(pen.noise(start[0] / 30 + 9, start[1] / 30)) * 7.5) % 5;
    pen.line(line, 0.9, 0.75, { role: 'contour', colour: colours[pick]!, pressure: PRESSURE.taper });
  }
});

/** Voronoi cells: every box cut by the middle lines to all other seeds. */
export const drawMosaic = abstractIn((pen) => {
  const colours = coloursOf(pen);
  const seeds = scatterIn(BOX, pen.random, { spacing: 8.5, most: 90 });
  for (const [i, seed] of seeds.entries()) {
    let cell: Point[] = [
      [1, 1],
      [99, 1],
      [99, 99],
      [1, 99],
    ];
    for (const other of seeds)
      if (other !== seed && Math.hypot(other[0] - seed[0], other[1] - seed[1]) < 40) cell = halved(cell, seed, other);
    const tile = cell.map(([x, y]): Point => [x + (seed[0] - x) * 0.07, y + (seed[1] - y) * 0.07]);
    if (tile.length > 2)
      pen.fill('tile', 'glass', tile, {
        colour: colours[pen.random.next() < 0.12 ? 4 : i % 4]!,
        tone: 0.3 + 0.1 * (i % 4),
      });
  }
});

/** The part of a cell nearer to `own`. */
function halved(cell: readonly Point[], own: Point, other: Point): Point[] {
  const side = ([x, y]: Point): number =>
    (x - (own[0] + other[0]) / 2) * (own[0] - other[0]) + (y - (own[1] + other[1]) / 2) * (own[1] - other[1]);
  return cell.flatMap((b, i) => {
    const a = cell.at(i - 1)!;
    const [da, db] = [side(a), side(b)];
    const t = da / (da - db);
    const cut: Point[] = da * db < 0 ? [[a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]] : [];
    return db >= 0 ? [...cut, b] : cut;
  });
}

/** 青海波: rows of scales of arcs. */
export const drawWaves = abstractIn((pen) => {
  const colours = coloursOf(pen);
  const r = 12.3;
  for (let row = 0; row < 14; row++) {
    for (let column = -1; column < 6; column++) {
      const at: Point = [column * 2 * r + (row % 2) * r, 10 + row * r * 0.56];
      for (const [i, share] of [1, 0.74, 0.48, 0.24].entries()) {
        const disc = clipOutline(ellipse(at, r * share, r * share, 0, 32), BOX);
        if (disc.length > 2)
          pen.fill('wave', 'white', disc, { colour: i % 2 ? '#f2efe6' : colours[0]!, tone: i % 2 ? 0.06 : 0.55 });
      }
    }
  }
});

/** 云纹: curls on a common stem. */
export const drawCloudPattern = abstractIn((pen) => {
  const colours = coloursOf(pen);
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 3; column++) {
      const [x, y, side] = [18 + column * 32 + (row % 2) * 4 - 2, 16 + row * 24, (row + column) % 2 ? -1 : 1];
      for (const [dx, dy, r] of [
        [-7, 0, 6],
        [2, -4, 7.5],
        [9, 2, 5],
      ] as const) {
        const curl = Array.from({ length: 26 }, (_, i) =>
          polar(side > 0 ? 0.6 - i * 0.36 : 2.5 + i * 0.36, r * (1 - i / 34), [x + dx * side, y + dy]),
        );
        pen.line(curl, 1.2, 0.85, {
          role: 'contour',
          colour: colours[dx === 2 ? 4 : 2]!,
          pressure: [1, 0.9, 0.8, 0.5, 0.3],
        });
      }
      pen.line(
        smooth([
          [x - 15 * side, y + 7],
          [x - 3 * side, y + 6],
          [x + 8 * side, y + 8],
          [x + 15 * side, y + 5],
        ]),
        1.1,
        0.8,
        { role: 'contour', colour: colours[2]!, pressure: PRESSURE.taper },
      );
    }
  }
});

/** 泼墨: one heavy splash and what flew from it. */
export const drawSplash = abstractIn((pen) => {
  const colours = coloursOf(pen);
  const colour = pen.colour ?? colours[2]!;
  const drop = (at: Point, r: number): void =>
    pen.fill('drop', 'water', ellipse(at, r, r * between(pen.random, 0.8, 1), pen.random.next() * 3, 16), {
      colour,
      tone: 0.85,
      lined: false,
    });
  const body = Array.from({ length: 44 }, (_, i) =>
    polar(
      (i / 44) * 2 * Math.PI,
      i % 2 ? between(pen.random, 13, 18) : between(pen.random, 16, 36 + 8 * pen.random.next()),
    ),
  );
  pen.fill('splash', 'water', smooth(body, { closed: true, steps: 4 }), { colour, tone: 0.9, lined: false });
  for (let i = 0; i < 46; i++) {
    const reach = between(pen.random, 26, 47);
    drop(polar(pen.random.next() * 2 * Math.PI, reach), between(pen.random, 0.4, 2.4) * (1.4 - reach / 50));
  }
  drop(polar(0.8, 30), 3);
});

export const drawLightTrails = abstractIn((pen) => {
  const colours = ['#ffd27a', '#ff6b4a', '#fff2d0', '#6fc8ff', pen.colour ?? coloursOf(pen)[4]!];
  for (let i = 0; i < 16; i++) {
    const y = 96 - i * 3.2;
    const line = smooth(
      [
        [1, y],
        [30, y - 4 - i * 0.6],
        [62, 52 - i * 0.8 + 10 * pen.noise(i / 3, 2)],
        [99, 40 - i * 1.9 + 6 * pen.noise(i / 4, 7)],
      ],
      { steps: 10 },
    );
    pen.fill('trail', 'glow', [], { glow: 0.9, lined: false, colour: colours[i % 5]! });
    pen.line(
      line.map(([x, at]): Point => [x, Math.max(1, Math.min(99, at))]),
      1.6,
      0.85,
      { role: 'contour', colour: colours[i % 5]!, pressure: [1, 0.8, 0.45, 0.2] },
    );
  }
});

export const drawParticles = abstractIn((pen) => {
  const colours = coloursOf(pen);
  const count = Math.round(90 + 160 * pen.detail);
  for (let i = 0; i < count; i++) {
    const [angle, reach] = [i * 2.399963, 47 * Math.sqrt(i / count)];
    const r = 0.35 + 1.5 * Math.abs(pen.noise(i / 7, 3)) * (1.2 - reach / 60);
    pen.fill('particle', 'glow', ellipse(polar(angle + reach * 0.02, reach), r, r, 0, 10), {
      colour: colours[i % 5]!,
      glow: 0.6,
      lined: false,
    });
  }
});

/** Bands from one colour to another. */
export const drawGradient = abstractIn((pen) => {
  const colours = coloursOf(pen);
  for (let i = 0; i < 5; i++) {
    const top = (y: number): Point[] =>
      Array.from(
        { length: 21 },
        (_, k): Point => [k * 5, Math.max(0, Math.min(SIDE, y + 7 * pen.noise(k / 6, i * 3)))],
      );
    pen.fill('band', 'water', [...top(i * 20), [SIDE, SIDE], [0, SIDE]], {
      colour: colours[[3, 1, 0, 4, 2][i]!]!,
      softness: i === 0 ? 0 : 0.8,
      lined: false,
      tone: 0.15 + 0.15 * i,
    });
  }
});

/** Circles, bars and arcs in balance. */
export const drawGeometric = abstractIn((pen) => {
  const colours = coloursOf(pen);
  const big = ellipse([38, 42], 27, 27, 0, 40);
  pen.fill('disc', 'white', big, { colour: colours[0]!, tone: 0.5 });
  pen.fill(
    'wedge',
    'white',
    [
      [50, 6],
      [96, 78],
      [44, 70],
    ],
    { colour: colours[1]!, opacity: 0.85, tone: 0.35 },
  );
  pen.fill('bar', 'dark', [
    [8, 84],
    [90, 22],
    [92, 25],
    [10, 87],
  ]);
  pen.fill('dot', 'white', ellipse([76, 26], 10), { colour: colours[4]!, tone: 0.5 });
  for (let i = 0; i < 6; i++)
    pen.line(
      [
        [58 + i * 5, 66],
        [66 + i * 5, 94],
      ],
      1,
      0.8,
      { colour: colours[2]!, pressure: [1, 1] },
    );
  for (let i = 0; i < 3; i++)
    pen.line(
      Array.from({ length: 16 }, (_, k) => polar(2 + k * 0.1, 12 + i * 5, [30, 72])),
      1,
      0.8,
      { colour: colours[2]! },
    );
  for (const at of scatterIn({ x: 10, y: 8, width: 80, height: 84 }, pen.random, { spacing: 14, most: 12 }))
    if (!inside(at, big))
      pen.fill('speck', 'dark', ellipse(at, between(pen.random, 0.5, 1.5), undefined, 0, 10), { lined: false });
});

/** Truchet tiles (Smith 1987): quarter arcs turned by chance. */
export const drawPattern = abstractIn((pen) => {
  const colours = coloursOf(pen);
  const step = 12;
  for (let row = 0; row < 8; row++) {
    for (let column = 0; column < 8; column++) {
      const [x, y, turn] = [2 + column * step, 2 + row * step, pen.random.next() < 0.5];
      const ends: readonly (readonly [Point, number])[] = turn
        ? [
            [[x, y], 0],
            [[x + step, y + step], Math.PI],
          ]
        : [
            [[x + step, y], Math.PI / 2],
            [[x, y + step], -Math.PI / 2],
          ];
      for (const [at, from] of ends)
        pen.line(
          Array.from({ length: 9 }, (_, k) => polar(from + (k / 8) * (Math.PI / 2), step / 2, at)),
          2.6,
          0.85,
          { role: 'contour', colour: colours[(row + column) % 7 === 0 ? 4 : 0]!, pressure: [1, 1] },
        );
    }
  }
});
