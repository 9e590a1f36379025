/** Plain geometry, drawn with weight: circle, spiral, square, polygon, star, dots, grid, lines, weave, yin-yang. */
import type { Point } from '../../raster/index.ts';
import { ellipse } from '../geometry/index.ts';
import { between, PRESSURE } from '../marks.ts';
import { abstractIn, coloursOf } from './palette.ts';

const turned = (angle: number, reach: number): Point => [50 + reach * Math.cos(angle), 50 + reach * Math.sin(angle)];
const corners = (count: number, reach: number, start = -Math.PI / 2): Point[] =>
  Array.from({ length: count }, (_, i) => turned(start + (i / count) * 2 * Math.PI, reach));

/** One breath of the brush that does not quite close. */
export const drawCircle = abstractIn((pen) => {
  const [colour] = coloursOf(pen);
  pen.fill('disc', 'white', ellipse([50, 50], 40, 40, 0, 48), { colour: colour!, opacity: 0.3, lined: false });
  for (const [reach, width, tone] of [
    [42, 7, 0.85],
    [44, 3, 0.5],
    [39.5, 2, 0.4],
  ] as const) {
    const line = Array.from({ length: 70 }, (_, i) => turned(1.9 + (i / 69) * 5.95, reach - i * 0.03));
    pen.line(line, width, tone, {
      role: 'contour',
      colour: colour!,
      pressure: [0.6, 1, 0.9, 0.8, 0.85, 0.6, 0.3, 0.1],
    });
  }
});

export const drawSpiral = abstractIn((pen) => {
  const colours = coloursOf(pen);
  for (const arm of [0, 1, 2]) {
    const line = Array.from({ length: 130 }, (_, i) =>
      turned((arm * 2 * Math.PI) / 3 + i * 0.105, 1.5 * 1.0255 ** i * 1.1),
    );
    pen.line(line, 3.2, 0.8, {
      role: 'contour',
      colour: colours[arm === 1 ? 4 : arm]!,
      pressure: [0.15, 0.35, 0.6, 1, 0.2],
    });
  }
});

const polygonOf = (count: number) =>
  abstractIn((pen) => {
    const colours = coloursOf(pen);
    const start = count === 4 ? -Math.PI / 4 : -Math.PI / 2;
    for (let i = 0; i < 6; i++)
      pen.fill('polygon', 'white', corners(count, 49 * 0.8 ** i, start + i * (0.09 + 0.02 * (6 - count))), {
        colour: colours[i % 5]!,
        tone: 0.2 + 0.12 * i,
        opacity: 0.86,
      });
  });
export const drawTriangle = polygonOf(3);
export const drawSquare = polygonOf(4);
export const drawPolygon = polygonOf(6);

export const drawStarShape = abstractIn((pen) => {
  const colours = coloursOf(pen);
  for (let i = 0; i < 3; i++) {
    const reach = 49 - i * 15;
    pen.fill(
      'star',
      'white',
      corners(10, 1).map((_, k) => turned(-Math.PI / 2 + (k * Math.PI) / 5, k % 2 ? reach * 0.382 : reach)),
      { colour: colours[[0, 4, 3][i]!]!, tone: 0.5 - 0.15 * i },
    );
  }
});

/** A field of dots that swell towards one place. */
export const drawDots = abstractIn((pen) => {
  const colours = coloursOf(pen);
  const [fx, fy] = [between(pen.random, 30, 70), between(pen.random, 30, 70)];
  for (let row = 0; row < 13; row++) {
    for (let column = 0; column < 13; column++) {
      const [x, y] = [4 + column * 7.6 + (row % 2) * 1.4, 4 + row * 7.6];
      const r = 0.7 + 3 * Math.exp(-((x - fx) ** 2 + (y - fy) ** 2) / 700);
      pen.fill('dot', 'white', ellipse([x, y], r, r, 0, 14), {
        colour: colours[pen.random.next() < 0.07 ? 4 : r > 2 ? 0 : 1]!,
        tone: 0.5,
        lined: false,
      });
    }
  }
});

/** Blocks between heavy lines, few of them coloured. */
export const drawGrid = abstractIn((pen) => {
  const colours = coloursOf(pen);
  const split = (x: number, y: number, w: number, h: number, depth: number): void => {
    if (depth === 0 || Math.min(w, h) < 15 || (depth < 3 && pen.random.next() < 0.2)) {
      const chance = pen.random.next();
      pen.fill(
        'block',
        'white',
        `R${x} ${y} ${w} ${h}`,
        chance < 0.42 ? { colour: colours[Math.floor(chance * 11.9)]!, tone: 0.5 } : {},
      );
      pen.line(`R${x} ${y} ${w} ${h}`, 1.8, 0.95, { colour: '#1e1e22', pressure: [1, 1] });
      return;
    }
    const at = between(pen.random, 0.32, 0.68);
    if (w > h) {
      split(x, y, w * at, h, depth - 1);
      split(x + w * at, y, w * (1 - at), h, depth - 1);
    } else {
      split(x, y, w, h * at, depth - 1);
      split(x, y + h * at, w, h * (1 - at), depth - 1);
    }
  };
  split(2, 2, 96, 96, 4);
});

export const drawLines = abstractIn((pen) => {
  const colours = coloursOf(pen);
  for (let i = 0; i < 34; i++) {
    const y = 4 + i * 2.8;
    const line = Array.from(
      { length: 40 },
      (_, k): Point => [
        3 + k * 2.41,
        y - 9 * Math.exp(-(((k - 20) / 7) ** 2)) * Math.max(0, pen.noise(k / 5, i / 3) + 0.5),
      ],
    );
    pen.line(line, 0.9, 0.75, { role: 'contour', colour: colours[i % 9 === 4 ? 4 : 2]!, pressure: PRESSURE.taper });
  }
});

/** Over and under, warp and weft. */
export const drawWeave = abstractIn((pen) => {
  const colours = coloursOf(pen);
  const [count, step] = [9, 10.8];
  for (let i = 0; i < count; i++) pen.fill('warp', 'cloth', `R${3 + i * step} 1 7.6 98 2`, { colour: colours[0]! });
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if ((row + column) % 2) continue;
      pen.fill('weft', 'cloth', `R${1.4 + column * step} ${3 + row * step} 10.8 7.6 2`, {
        colour: colours[row % 3 === 1 ? 4 : 3]!,
      });
      pen.line(
        [
          [3 + column * step, 5 + row * step],
          [10 + column * step, 5 + row * step],
        ],
        0.5,
        0.4,
      );
    }
  }
});

export const drawYinYang = abstractIn((pen) => {
  const arc = (cx: number, cy: number, r: number, from: number, to: number): Point[] =>
    Array.from({ length: 33 }, (_, i): Point => {
      const angle = from + ((to - from) * i) / 32;
      return [cx + r * Math.cos(angle), cy + r * Math.sin(angle)];
    });
  const up = -Math.PI / 2;
  pen.fill('yang', 'white', ellipse([50, 50], 47, 47, 0, 64));
  pen.fill(
    'yin',
    'dark',
    [
      ...arc(50, 50, 47, up, up + Math.PI),
      ...arc(50, 73.5, 23.5, Math.PI / 2, Math.PI * 1.5),
      ...arc(50, 26.5, 23.5, Math.PI / 2, -Math.PI / 2),
    ],
    { ...(pen.colour && { colour: pen.colour }) },
  );
  pen.fill('eye', 'white', ellipse([50, 73.5], 6.5));
  pen.fill('eye', 'dark', ellipse([50, 26.5], 6.5), { ...(pen.colour && { colour: pen.colour }) });
});
