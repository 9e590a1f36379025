/** What stands between roof and ground of a Chinese building: platform, steps, columns, beams with brackets, doors and lattices. */
import type { Point } from '../../raster/index.ts';
import type { PaintName, Pen } from '../drafting/index.ts';

/** A rectangle as an outline. */
export const block = (x: number, y: number, width: number, height: number): Point[] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];

/** A stone platform with steps in the middle, seen a little from above. */
export function drawPlatform(pen: Pen, cx: number, top: number, half: number, height: number, steps = true): void {
  const brim = Math.min(height * 0.3, 1.6);
  pen.fill('platform', 'stone', block(cx - half, top, half * 2, height), {
    texture: { kind: 'bricks', direction: 0, density: 0.3 },
  });
  pen.line(
    [
      [cx - half, top + brim],
      [cx + half, top + brim],
    ],
    0.5,
    0.5,
  );
  if (!steps || height < 2) return;
  const wide = half * 0.22;
  pen.fill('steps', 'stone', [
    [cx - wide, top],
    [cx + wide, top],
    [cx + wide * 1.25, top + height],
    [cx - wide * 1.25, top + height],
  ]);
  const count = 2 + Math.round(pen.detail * 3);
  for (let i = 1; i < count; i++) {
    const reach = wide * (1 + (0.25 * i) / count);
    const y = top + (height * i) / count;
    pen.line(
      [
        [cx - reach, y],
        [cx + reach, y],
      ],
      0.4,
      0.5,
    );
  }
}

export interface Bays {
  readonly cx: number;
  /** Half the width between the outer columns. */
  readonly half: number;
  readonly top: number;
  readonly bottom: number;
  readonly count: number;
  readonly column?: PaintName;
  readonly wall?: PaintName;
  /** The bays that are doors or lattices; others are wall. */
  readonly doors?: (bay: number) => boolean;
}

/** Walls, doors and lattices between columns, with the beam and its brackets above. */
export function drawBays(pen: Pen, bays: Bays): void {
  const { cx, half, top, bottom, count, column = 'red-wood', wall = 'white-wall', doors = () => true } = bays;
  const wide = (half * 2) / count;
  const beam = Math.min((bottom - top) * 0.16, half * 0.1);
  pen.fill('wall', wall, block(cx - half, top, half * 2, bottom - top));
  for (let bay = 0; bay < count; bay++) {
    const x = cx - half + bay * wide;
    if (doors(bay)) drawLattice(pen, x + wide * 0.1, top + beam * 1.2, wide * 0.8, bottom - top - beam * 1.2);
  }
  pen.fill('beam', column === 'red-wood' ? 'green-tile' : 'dark-wood', block(cx - half, top, half * 2, beam));
  const post = Math.max(0.7, Math.min(wide * 0.12, half * 0.05));
  for (let i = 0; i <= count; i++) {
    pen.fill('column', column, block(cx - half + i * wide - post / 2, top, post, bottom - top), { form: 'round' });
  }
  if (pen.detail > 0.25) drawBrackets(pen, cx, half, top, beam * 0.8);
}

/** 斗拱: small stepped corbels along the beam. */
function drawBrackets(pen: Pen, cx: number, half: number, top: number, size: number): void {
  const count = Math.max(3, Math.round((half * 2) / (size * 2.6)));
  pen.lines('brackets', 'dark-wood');
  for (let i = 0; i <= count; i++) {
    const x = cx - half + (i / count) * half * 2;
    pen.line(
      [
        [x - size * 0.8, top - size * 0.2],
        [x, top + size * 0.55],
        [x + size * 0.8, top - size * 0.2],
      ],
      size * 0.28,
      0.75,
    );
  }
}

/** A lattice door or window; glows when lit. */
export function drawLattice(
  pen: Pen,
  x: number,
  y: number,
  width: number,
  height: number,
  paint: PaintName = 'inside',
): void {
  const { lit, detail } = pen;
  pen.fill('lattice', lit ? 'glow' : paint, block(x, y, width, height), lit ? { glow: 0.8 } : {});
  const leaves = width > height * 0.9 ? 4 : 2;
  const role = { colour: '#6a3a2a' };
  for (let i = 1; i < leaves; i++)
    pen.line(
      [
        [x + (width * i) / leaves, y],
        [x + (width * i) / leaves, y + height],
      ],
      0.55,
      0.8,
      role,
    );
  if (detail < 0.35) return;
  pen.line(
    [
      [x, y + height * 0.64],
      [x + width, y + height * 0.64],
    ],
    0.5,
    0.7,
    role,
  );
  const fine = leaves * 3;
  for (let i = 1; i < fine; i++)
    pen.line(
      [
        [x + (width * i) / fine, y],
        [x + (width * i) / fine, y + height * 0.64],
      ],
      0.22,
      0.55,
      role,
    );
  for (let i = 1; i < 5; i++)
    pen.line(
      [
        [x, y + height * 0.128 * i],
        [x + width, y + height * 0.128 * i],
      ],
      0.22,
      0.55,
      role,
    );
}

/** A balustrade: posts, a rail, panels. */
export function drawRailing(
  pen: Pen,
  from: number,
  to: number,
  y: number,
  height: number,
  paint: PaintName = 'red-wood',
): void {
  pen.lines('railing', paint);
  pen.line(
    [
      [from, y - height],
      [to, y - height],
    ],
    height * 0.16,
    0.8,
  );
  pen.line(
    [
      [from, y - height * 0.45],
      [to, y - height * 0.45],
    ],
    height * 0.1,
    0.7,
  );
  const count = Math.max(2, Math.round(((to - from) / height) * (0.6 + pen.detail)));
  for (let i = 0; i <= count; i++) {
    const x = from + ((to - from) * i) / count;
    pen.line(
      [
        [x, y - height * (i % 2 ? 1 : 1.15)],
        [x, y],
      ],
      height * (i % 2 ? 0.07 : 0.13),
      0.75,
    );
  }
}
