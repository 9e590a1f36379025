/** The modern city: towers in layers of distance, windows that light up at night. */
import type { Random } from '../../../../core/index.ts';
import { mixHex, type Point } from '../../raster/index.ts';
import { drawnIn, type Pen } from '../drafting/index.ts';
import { between } from '../marks.ts';
import { block } from './frame.ts';

interface House {
  readonly x: number;
  readonly width: number;
  readonly top: number;
  readonly ground: number;
  /** 0 the farthest layer … 1 the nearest. */
  readonly near: number;
}

const BLOCKS = ['#7c8794', '#8e8a86', '#6c7a8c', '#9a9088', '#74808a'] as const;

/** Three layers, the far ones pale and high, the near ones dark and low. */
export const drawCity = drawnIn({ width: 320, height: 110, stretch: 1.6 }, (pen) => {
  for (const near of [0, 0.5, 1]) {
    let x = -4 * near;
    while (x < 316) {
      const width = between(pen.random, 11, 24) * (0.8 + 0.3 * near);
      const tall = heightAt(x + width / 2, near, pen.random);
      drawHouse(pen, {
        x: Math.max(0, x),
        width: Math.min(width, 320 - Math.max(0, x)),
        top: 110 - tall,
        ground: 110,
        near,
      });
      x += width + (pen.random.next() < 0.4 ? between(pen.random, 1, 8) : 0.5);
    }
  }
});

/** Highest about the middle, as cities are. */
function heightAt(x: number, near: number, random: Random): number {
  const middle = Math.exp(-(((x - 165) / 95) ** 2));
  const chance = random.next() ** 2.2;
  return Math.min(100, (34 + 40 * middle) * (1.05 - 0.5 * near) + chance * 34 * (1 - 0.4 * near) * (0.4 + middle));
}

function drawHouse(pen: Pen, house: House): void {
  const { x, width, top, ground, near } = house;
  const { random } = pen;
  const colour = mixHex(random.pick(BLOCKS), pen.context.composition.palette.ground, 0.6 - 0.6 * near);
  const style = { colour, tone: 0.18 + 0.42 * near };
  const crown = random.next();
  if (crown < 0.18 && width > 10)
    pen.fill(
      'spire',
      'iron',
      [
        [x + width / 2 - 0.5, top],
        [x + width / 2, Math.max(1, top - 9)],
        [x + width / 2 + 0.5, top],
      ],
      style,
    );
  const outline: Point[] =
    crown > 0.8
      ? [
          [x, top + width * 0.28],
          [x + width, top],
          [x + width, ground],
          [x, ground],
        ]
      : crown > 0.62
        ? [
            [x, top + 6],
            [x + width * 0.2, top + 6],
            [x + width * 0.2, top],
            [x + width * 0.8, top],
            [x + width * 0.8, top + 6],
            [x + width, top + 6],
            [x + width, ground],
            [x, ground],
          ]
        : block(x, top, width, ground - top);
  pen.fill('tower', 'grey-brick', outline, style);
  pen.fill(
    'shade',
    'grey-brick',
    block(x + width * 0.72, top + width * 0.3, width * 0.28, ground - top - width * 0.3),
    { colour: mixHex(colour, '#20242c', 0.22), tone: style.tone + 0.15, lined: false },
  );
  windows(pen, { ...house, top: top + width * 0.34 }, 0.3 + 0.35 * near);
}

/** Rows of panes; at night some glow, each house in its own measure. */
function windows(pen: Pen, { x, width, top, ground, near }: House, tone: number): void {
  const { random, lit, detail } = pen;
  const columns = Math.max(2, Math.round(width / (3.6 - detail)));
  const rows = Math.max(3, Math.round((ground - top) / (4.6 - 1.4 * detail)));
  const awake = between(random, 0.2, 0.65);
  const [w, h] = [(width / columns) * 0.5, ((ground - top) / rows) * 0.5];
  if (!lit) {
    for (let row = 0; row < rows; row++) {
      const y = top + ((ground - top) * (row + 0.5)) / rows;
      pen.line(
        [
          [x + width * 0.1, y],
          [x + width * 0.9, y],
        ],
        h * 0.8,
        tone * 0.8,
        { role: 'detail', pressure: [1, 1] },
      );
    }
    return;
  }
  const most = Math.round(8 + 22 * detail);
  let count = 0;
  for (let row = 0; row < rows && count < most; row++) {
    for (let column = 0; column < columns && count < most; column++) {
      if (random.next() > awake) continue;
      count++;
      const at = block(x + (width * (column + 0.25)) / columns, top + ((ground - top) * (row + 0.25)) / rows, w, h);
      pen.fill('window', random.next() < 0.75 ? 'glow' : 'white-light', at, { glow: 0.5 + 0.4 * near, lined: false });
    }
  }
}

/** 摩天楼: one tower in three-quarter view, setbacks and a mast. */
export const drawSkyscraper = drawnIn({ width: 52, height: 130, stretch: 1.3 }, (pen) => {
  const tiers = [
    { half: 18, from: 130, to: 58 },
    { half: 14, from: 58, to: 34 },
    { half: 9, from: 34, to: 18 },
  ];
  pen.lines('mast', 'iron');
  pen.line(
    [
      [28, 18],
      [28, 2],
    ],
    1.2,
    0.8,
    { pressure: [1, 0.6, 0.2] },
  );
  for (const { half, from, to } of tiers.toReversed()) {
    const [left, edge, right] = [28 - half * 1.1, 28 + half * 0.3, 28 + half * 1.05];
    const rise = half * 0.16;
    pen.fill(
      'face',
      'pane',
      [
        [left, to + rise],
        [edge, to],
        [edge, from],
        [left, from],
      ],
      pen.colour ? { colour: pen.colour } : {},
    );
    bands(pen, left, edge, to + rise * 0.5, from, 0.45);
    pen.fill('side', 'dark-glass', [
      [edge, to],
      [right, to + rise],
      [right, from],
      [edge, from],
    ]);
    bands(pen, edge, right, to + rise, from, 0.7);
  }
});

function bands(pen: Pen, left: number, right: number, top: number, ground: number, tone: number): void {
  const rows = Math.round((ground - top) / (5.5 - 2.2 * pen.detail));
  const columns = Math.max(2, Math.round((right - left) / 3.4));
  const step = (ground - top) / rows;
  for (let row = 1; row < rows; row++)
    pen.line(
      [
        [left, top + row * step],
        [right, top + row * step],
      ],
      0.5,
      tone,
      { pressure: [1, 1] },
    );
  for (let i = 1; i < columns; i++)
    pen.line(
      [
        [left + ((right - left) * i) / columns, top + 2],
        [left + ((right - left) * i) / columns, ground],
      ],
      0.4,
      tone * 0.8,
      { pressure: [1, 1] },
    );
  if (!pen.lit) return;
  for (let row = 1; row < rows; row++) {
    for (let i = 0; i < columns; i++) {
      if (pen.random.next() > 0.4) continue;
      pen.fill(
        'window',
        'glow',
        block(
          left + ((right - left) * (i + 0.15)) / columns,
          top + row * step - step * 0.75,
          ((right - left) / columns) * 0.7,
          step * 0.55,
        ),
        { glow: 0.8, lined: false },
      );
    }
  }
}
