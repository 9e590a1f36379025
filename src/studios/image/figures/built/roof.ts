/**
 * The sweeping roof of Chinese halls, seen from the front: concave slopes, eaves that sag between upturned corners, rows of tiles, a ridge
 * with its ornaments. All measures in units of the drawing.
 */
import type { Point } from '../../raster/index.ts';
import type { PaintName, Pen } from '../drafting/index.ts';
import { type Line, smooth } from '../geometry/index.ts';
import { PRESSURE } from '../marks.ts';

export interface Roof {
  readonly cx: number;
  /** y of the eave in the middle. */
  readonly eave: number;
  /** Half the width at the corners. */
  readonly half: number;
  readonly height: number;
  /** Half the length of the ridge; 0 is a roof that ends in a point. */
  readonly ridge: number;
  /** How far the corners rise above the middle of the eave; default a third of the height. */
  readonly lift?: number;
  readonly paint?: PaintName;
}

/** What covers a roof: snow when it has snowed. */
export function roofPaint(pen: Pen, usual: PaintName): PaintName {
  return pen.snowy ? 'snow' : usual;
}

/** Draws it: shadow under the eaves, the roof, tiles, hips, ridge. */
export function drawRoof(pen: Pen, roof: Roof): void {
  const { paint = 'tile' } = roof;
  const cover = roofPaint(pen, paint);
  const thick = roof.half * 0.045 + roof.height * 0.03;
  const eave = eaveLine(roof);
  pen.fill(
    'eaves',
    'dark-wood',
    [...eave, ...eave.map(([x, y]): Point => [x * 0.97 + roof.cx * 0.03, y + thick]).reverse()],
    { lined: false },
  );
  const left = slope(roof, -1);
  const right = slope(roof, 1);
  pen.fill('roof', cover, [...left.toReversed(), ...right, ...eave.toReversed()], {
    form: 'slope',
    texture: { kind: 'tiles', direction: Math.PI / 2, density: 0.5 },
  });
  tiles(pen, roof);
  const weight = 0.5 + roof.half * 0.022;
  pen.line(left, weight, 0.85, { role: 'contour', pressure: PRESSURE.bone });
  pen.line(right, weight, 0.85, { role: 'contour', pressure: PRESSURE.bone });
  pen.line(eave, weight * 0.8, 0.8, { role: 'contour', pressure: PRESSURE.bone });
  crown(pen, roof, cover === 'snow' ? paint : cover);
}

const liftOf = ({ lift, height }: Roof): number => lift ?? height * 0.34;

/** From the ridge's end down and out to the corner: steep above, almost level at the tip, then up. */
function slope(roof: Roof, side: 1 | -1): Point[] {
  const { cx, eave, half, height, ridge } = roof;
  const run = half - ridge;
  const at = (out: number, up: number): Point => [cx + side * (ridge + run * out), eave - up];
  const lift = liftOf(roof);
  return smooth(
    [
      at(0, height),
      at(0.2, height * 0.66),
      at(0.48, height * 0.34),
      at(0.78, Math.max(height * 0.13, lift * 0.55)),
      at(0.93, lift * 0.74),
      at(1.03, lift * 1.12),
    ],
    { steps: 4 },
  );
}

/** From the left corner to the right one. */
function eaveLine(roof: Roof): Point[] {
  const { cx, eave, half, ridge } = roof;
  const lift = liftOf(roof);
  const tip = ridge + (half - ridge) * 1.03;
  const side: (readonly [number, number])[] = [
    [1, 1.12],
    [0.93, 0.62],
    [0.82, 0.3],
    [0.66, 0.1],
    [0.4, 0.01],
  ];
  const left = side.map(([out, up]): Point => [cx - tip * out, eave - lift * up]);
  return smooth([...left, [cx, eave], ...left.map(([x, y]): Point => [2 * cx - x, y]).reverse()], { steps: 3 });
}

function tiles(pen: Pen, roof: Roof): void {
  const { cx, eave, half, height, ridge } = roof;
  const count = Math.round(3 + pen.detail * (5 + half / 5));
  const lift = liftOf(roof);
  for (let i = -count; i <= count; i++) {
    const t = (i / (count + 0.6)) * 0.97;
    const foot: Point = [cx + t * half, eave - lift * Math.abs(t) ** 4 * 0.9];
    const head: Point = [cx + t * Math.max(ridge, half * 0.06), eave - height * 0.96];
    // Falls as the slopes do, so that the outermost rows stay below the hips.
    const at = (out: number, up: number): Point => [head[0] + (foot[0] - head[0]) * out, eave - height * up];
    pen.line(smooth([head, at(0.3, 0.42), at(0.72, 0.13), foot], { steps: 4 }), 0.35 + half * 0.006, 0.5, {
      role: 'texture',
      pressure: PRESSURE.bone,
    });
  }
}

function crown(pen: Pen, { cx, eave, half, height, ridge }: Roof, paint: PaintName): void {
  const top = eave - height;
  const thick = 0.6 + height * 0.07;
  if (ridge < half * 0.08) {
    pen.fill('finial', paint, finial(cx, top, thick * 1.1), { form: 'round' });
    return;
  }
  const end = ridge + thick * 0.6;
  const ridgeLine: Line = [
    [cx - end, top - thick * 2.2],
    [cx - end + thick * 0.9, top - thick * 2],
    [cx - end + thick * 1.1, top - thick * 0.9],
    [cx, top - thick * 0.7],
    [cx + end - thick * 1.1, top - thick * 0.9],
    [cx + end - thick * 0.9, top - thick * 2],
    [cx + end, top - thick * 2.2],
    [cx + end, top + thick * 0.4],
    [cx - end, top + thick * 0.4],
  ];
  pen.fill('ridge', paint, ridgeLine, { tone: 0.85 });
}

/** A knob drawn out to a tip. */
function finial(cx: number, top: number, r: number): Point[] {
  const side: Point[] = [
    [0, -4.2],
    [0.35, -2.6],
    [1, -1.7],
    [0.6, -0.8],
    [1.3, -0.2],
    [1.1, 0.8],
  ].map(([x, y]): Point => [x! * r, y! * r]);
  const right = smooth(side, { steps: 3 }).map(([x, y]): Point => [cx + x, top + y]);
  return [...right, ...right.map(([x, y]): Point => [2 * cx - x, y]).reverse()];
}
