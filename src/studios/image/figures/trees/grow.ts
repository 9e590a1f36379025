/**
 * Growth of a tree: branches that fork, thinner at every order, bent by their gnarl, sunk by their weight. The root stands at (0, 0), the crown
 * reaches about y = −1.
 */
import type { Random } from '../../../../core/index.ts';
import type { Point } from '../../raster/index.ts';
import type { Species } from './species.ts';

export interface Branch {
  readonly points: readonly Point[];
  /** At its beginning and its end. */
  readonly widths: readonly [number, number];
  /** 0 the trunk. */
  readonly order: number;
  /** Direction at its end, radians, 0 to the right. */
  readonly heading: number;
  /** Whether nothing grows on at its end. */
  readonly tip: boolean;
}

/** Branches of a tree, trunk first; at most about 400. */
export function growTree(species: Species, random: Random, wind: number): Branch[] {
  const branches: Branch[] = [];
  const lean = (random.next() - 0.5) * 0.24 * (0.4 + species.gnarl) + wind * 0.05;
  grow({ from: [0, 0], heading: -Math.PI / 2 + lean, length: species.trunk, width: species.width, order: 0 });
  return branches;

  function grow(shoot: { from: Point; heading: number; length: number; width: number; order: number }): void {
    const { from, length, width, order } = shoot;
    const steps = order === 0 ? 9 : 6;
    const points: Point[] = [from];
    let heading = shoot.heading;
    let [x, y] = from;
    for (let i = 0; i < steps; i++) {
      heading += (random.next() - 0.5) * species.gnarl * (order === 0 ? 0.5 : 0.85);
      heading += Math.cos(heading) * species.droop * 0.5 + wind * 0.03 * order;
      x += (Math.cos(heading) * length) / steps;
      y += (Math.sin(heading) * length) / steps;
      points.push([x, Math.min(y, -0.04)]);
    }
    const tip = order >= species.levels || branches.length > 380;
    const end = width * (tip ? 0.25 : 0.62);
    branches.push({ points, widths: [width, end], order, heading, tip });
    if (tip) return;
    const count = order === 0 ? 4 : 3;
    for (let i = 0; i < count; i++) {
      const share = order === 0 && i > 0 && i < count - 1 ? 0.55 + 0.42 * random.next() : 1;
      const at = points[Math.round(share * steps)]!;
      const side = (i / (count - 1) - 0.5) * 2;
      const turn = side * species.spread * (0.75 + 0.5 * random.next());
      const reach =
        (1 - species.trunk) * (order === 0 ? 0.52 : 0.4 * 0.72 ** (order - 1)) * (0.75 + 0.45 * random.next());
      grow({
        from: at,
        heading: heading + turn,
        length: reach,
        width: end * (0.72 + 0.2 * random.next()),
        order: order + 1,
      });
    }
  }
}

/** The outline of a branch as wide as it is. */
export function branchOutline({ points, widths }: Branch, roughness: (i: number) => number): Point[] {
  const sides = points.map(([x, y], i): [Point, Point] => {
    const [px, py] = points[Math.max(0, i - 1)]!;
    const [nx, ny] = points[Math.min(points.length - 1, i + 1)]!;
    const length = Math.hypot(nx - px, ny - py) || 1;
    const half =
      ((widths[0] + ((widths[1] - widths[0]) * i) / (points.length - 1)) / 2) * (i === 0 ? 1.5 : 1 + roughness(i));
    const [ox, oy] = [(-(ny - py) / length) * half, ((nx - px) / length) * half];
    return [
      [x + ox, y + oy],
      [x - ox, y - oy],
    ];
  });
  return [...sides.map(([one]) => one), ...sides.map(([, other]) => other).reverse()];
}
