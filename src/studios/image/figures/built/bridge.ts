/** Bridges: the arched stone bridge whose arches close to circles in the water, and planks on posts. */
import type { Point } from '../../raster/index.ts';
import { drawnIn, type Pen } from '../drafting/index.ts';
import { PRESSURE } from '../marks.ts';
import type { Drawer } from '../types.ts';

const WATER = 82;

/** 石拱桥: one arch, three when it is long. */
export const drawStoneBridge: Drawer = drawnIn({ width: 240, height: 100, stretch: 1.5 }, (pen) => {
  const arches = [
    { cx: 120, r: 34 },
    { cx: 62, r: 17 },
    { cx: 178, r: 17 },
  ];
  const deck = (x: number): number => 76 - 56 * Math.exp(-(((x - 120) / 66) ** 2));
  const line = Array.from({ length: 41 }, (_, i): Point => [i * 6, deck(i * 6)]);
  const holes = arches.map(({ cx, r }) => arc(cx, r));
  pen.fill('body', 'stone', [...line, [240, WATER], ...holes.sort((a, b) => b[0]![0] - a[0]![0]).flat(), [0, WATER]], {
    texture: { kind: 'bricks', direction: 0, density: 0.5 },
  });
  for (const { cx, r } of arches) voussoirs(pen, cx, r);
  parapet(pen, line, deck);
  for (const { cx, r } of arches) mirroredArch(pen, cx, r);
});

/** Over the opening from right to left. */
function arc(cx: number, r: number): Point[] {
  return Array.from(
    { length: 21 },
    (_, i): Point => [cx + r * Math.cos((Math.PI * i) / 20), WATER - r * 1.06 * Math.sin((Math.PI * i) / 20)],
  );
}

function voussoirs(pen: Pen, cx: number, r: number): void {
  pen.line(arc(cx, r + 4), 0.7, 0.6);
  pen.line(arc(cx, r), 1.3, 0.8, { pressure: PRESSURE.bone });
  const count = Math.round(6 + pen.detail * r * 0.5);
  for (let i = 1; i < count; i++) {
    const angle = (Math.PI * i) / count;
    const at = (reach: number): Point => [cx + reach * Math.cos(angle), WATER - reach * 1.06 * Math.sin(angle)];
    pen.line([at(r), at(r + 4)], 0.45, 0.5);
  }
}

function parapet(pen: Pen, line: readonly Point[], deck: (x: number) => number): void {
  const raised = (by: number): Point[] => line.map(([x, y]): Point => [x, y - by]);
  pen.fill('parapet', 'marble', [...raised(8), ...line.toReversed()]);
  pen.line(raised(2.4), 0.6, 0.5);
  pen.line(raised(6), 0.5, 0.5);
  const count = Math.round(10 + pen.detail * 14);
  for (let i = 0; i <= count; i++) {
    const x = 2 + (236 * i) / count;
    const y = deck(x);
    pen.line(
      [
        [x, y],
        [x, y - 10],
      ],
      1.5,
      0.6,
      { pressure: PRESSURE.bone },
    );
    pen.line([[x, y - 10.6]], 2, 0.6);
  }
}

/** The arch upside down in the water, in broken lines. */
function mirroredArch(pen: Pen, cx: number, r: number): void {
  pen.lines('reflection', 'dark-water');
  const squash = 0.5;
  for (let i = 0; i < 12; i++) {
    const angle = (Math.PI * (i + 0.15)) / 12;
    const to = angle + (Math.PI / 12) * 0.62;
    const at = (a: number): Point => [cx + r * Math.cos(a), Math.min(99, WATER + 1 + r * squash * Math.sin(a))];
    pen.line([at(angle), at((angle + to) / 2), at(to)], 1, 0.4, { role: 'ripple', pressure: PRESSURE.taper });
  }
}

/** 木桥: planks on posts, a rail to one side, in slight perspective. */
export const drawPlankBridge: Drawer = drawnIn({ width: 240, height: 80, stretch: 1.5 }, (pen) => {
  for (const x of [36, 92, 148, 204]) {
    pen.lines('posts', 'dark-wood');
    pen.line(
      [
        [x - 5, 34],
        [x - 7, 78],
      ],
      2.4,
      0.7,
      { pressure: PRESSURE.bone },
    );
    pen.line(
      [
        [x + 6, 36],
        [x + 8, 80],
      ],
      2.4,
      0.7,
      { pressure: PRESSURE.bone },
    );
    pen.line(
      [
        [x - 6, 54],
        [x + 7, 56],
      ],
      1.6,
      0.6,
    );
  }
  pen.lines('rail', 'wood');
  pen.line('M4 14 S70 11 130 11 236 14', 1.8, 0.7);
  for (const x of [8, 46, 84, 122, 160, 198, 234])
    pen.line(
      [
        [x, 12],
        [x, 32],
      ],
      1.6,
      0.7,
    );
  const top = (x: number): number => 30 - 3 * Math.sin((Math.PI * x) / 240);
  const far = Array.from({ length: 13 }, (_, i): Point => [i * 20, top(i * 20)]);
  pen.fill('deck', 'wood', [...far, ...far.toReversed().map(([x, y]): Point => [x, y + 7])], {
    texture: { kind: 'planks', direction: Math.PI / 2, density: 0.6 },
  });
  for (let x = 6; x < 240; x += pen.detail > 0.3 ? 7 : 14)
    pen.line(
      [
        [x, top(x)],
        [x - 2, top(x) + 7],
      ],
      0.5,
      0.6,
    );
  pen.fill('edge', 'dark-wood', [
    ...far.map(([x, y]): Point => [x, y + 7]),
    ...far.toReversed().map(([x, y]): Point => [x, y + 9.5]),
  ]);
});

/** 小桥 by the water is of stone; old, of wood or far small it is planks. */
export const drawBridge: Drawer = (placed, context) =>
  placed.states.includes('wooden') || placed.states.includes('old')
    ? drawPlankBridge(placed, context)
    : drawStoneBridge(placed, context);
