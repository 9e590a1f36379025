/** What hangs on the branches: clumps of leaves, pads of needles, strands, blossom, flames. In the units of growth (height 1). */
import type { Random } from '../../../../core/index.ts';
import { mixHex, type Point } from '../../raster/index.ts';
import { between, mark, PRESSURE, shade, surface } from '../marks.ts';
import type { Shape, Stroke } from '../types.ts';
import type { Branch } from './grow.ts';

export interface Leafing {
  readonly random: Random;
  readonly colour: string;
  /** 0 a hint … 1 all. */
  readonly detail: number;
  /** −1 … 1. */
  readonly wind: number;
}

/** A closed uneven round. */
export function lump([cx, cy]: Point, rx: number, ry: number, random: Random, bumps = 9): Point[] {
  const radii = Array.from({ length: bumps }, () => between(random, 0.82, 1.16));
  return Array.from({ length: bumps * 5 }, (_, i): Point => {
    const angle = (i / (bumps * 5)) * 2 * Math.PI;
    const at = (i / 5) % bumps;
    const [low, high] = [radii[Math.floor(at)]!, radii[(Math.floor(at) + 1) % bumps]!];
    const radius = low + (high - low) * (at % 1) + 0.05 * Math.sin(i * 2.1);
    return [cx + rx * radius * Math.cos(angle), cy + ry * radius * Math.sin(angle)];
  });
}

/** Ends of branches that are far enough from each other. */
function tipsOf(branches: readonly Branch[], apart: number): Point[] {
  const chosen: Point[] = [];
  for (const { points, tip } of branches) {
    const end = points.at(-1)!;
    if (tip && chosen.every(([x, y]) => Math.hypot(end[0] - x, end[1] - y) > apart)) chosen.push(end);
  }
  return chosen.toSorted((a, b) => a[1] - b[1]);
}

/** Leafy clumps at the tips, the lower ones darker; leaves as single touches at their edges. */
export function clumps(branches: readonly Branch[], { random, colour, detail }: Leafing): Shape[] {
  return tipsOf(branches, 0.085).map((tip, i, all): Shape => {
    const size = between(random, 0.085, 0.14);
    const tone = 0.25 + 0.35 * (i / all.length) + between(random, -0.08, 0.08);
    const own = mixHex(shade(colour, between(random, -0.22, 0.16)), '#2c3a2a', 0.12 * (i / all.length));
    const touches = Array.from({ length: Math.round(2 + 32 * detail) }, (): Stroke => {
      const angle = random.next() * 2 * Math.PI;
      const reach = between(random, 0.45, 1.12);
      const at: Point = [tip[0] + size * reach * Math.cos(angle), tip[1] + size * 0.72 * reach * Math.sin(angle)];
      const way = between(random, -0.6, 0.6) + Math.PI / 2;
      return mark(
        'leaf',
        [at, [at[0] + 0.012 * Math.cos(way), at[1] + 0.014 * Math.sin(way)]],
        0.009,
        tone + 0.2,
        PRESSURE.leaf,
        shade(own, between(random, -0.3, 0.1)),
      );
    });
    return surface('crown', lump(tip, size, size * 0.72, random), 'foliage', own, tone, {
      form: 'round',
      softness: 0.1,
      lined: false,
      texture: { kind: 'leaves', direction: 0, density: 0.7 },
      strokes: touches,
    });
  });
}

/** Flat pads with fans of needles standing on them (松针). */
export function pads(branches: readonly Branch[], { random, colour, detail }: Leafing): Shape[] {
  return tipsOf(branches, 0.1).map((tip): Shape => {
    const wide = between(random, 0.12, 0.2);
    const own = shade(colour, between(random, -0.12, 0.14));
    const fans = Array.from({ length: Math.round(5 + 9 * detail) }, () => {
      const root: Point = [
        tip[0] + between(random, -0.85, 0.85) * wide,
        tip[1] + between(random, -0.2, 0.35) * wide * 0.4,
      ];
      return Array.from({ length: 9 }, (_, i): Stroke => {
        const angle = -Math.PI / 2 + ((i - 4) / 4) * 1.15 + between(random, -0.08, 0.08);
        const length = 0.034 * between(random, 0.8, 1.15);
        return mark(
          'needle',
          [root, [root[0] + length * Math.cos(angle), root[1] + length * Math.sin(angle)]],
          0.0045,
          0.75,
          PRESSURE.nail,
          shade(own, -0.25),
        );
      });
    }).flat();
    return surface('pad', lump(tip, wide, wide * 0.3, random, 11), 'foliage', own, 0.5, {
      softness: 0.12,
      lined: false,
      texture: { kind: 'needles', direction: -Math.PI / 2, density: 0.8 },
      strokes: fans,
    });
  });
}

/** Long strands that hang and swing (垂柳). */
export function strands(branches: readonly Branch[], { random, colour, detail, wind }: Leafing): Shape[] {
  const roots = branches.filter(({ order }) => order > 0).flatMap(({ points }) => points.slice(2));
  const count = Math.round(50 + 140 * detail);
  const strokes = Array.from({ length: count }, (): Stroke[] => {
    const [x, y] = random.pick(roots);
    const long = Math.min(between(random, 0.22, 0.62), -y * 0.92);
    const sway = (wind * 0.5 + between(random, -0.12, 0.12)) * long;
    const out = between(random, -0.05, 0.05);
    const line = Array.from({ length: 9 }, (_, i): Point => {
      const t = i / 8;
      return [x + out * Math.sqrt(t) + sway * t * t, y - 0.03 * Math.sin(Math.PI * Math.min(1, t * 2.4)) + long * t];
    });
    const tone = between(random, 0.3, 0.7);
    const own = shade(colour, between(random, -0.2, 0.15));
    const leaves =
      detail < 0.3
        ? []
        : line.slice(1).flatMap(([lx, ly], i): Stroke[] => {
            const side = i % 2 === 0 ? 1 : -1;
            return [
              mark(
                'leaf',
                [
                  [lx, ly],
                  [lx + side * 0.006 + sway * 0.03, ly + 0.02],
                ],
                0.005,
                tone,
                PRESSURE.leaf,
                own,
              ),
            ];
          });
    return [mark('branch', line, 0.0035, tone, PRESSURE.hemp, own), ...leaves];
  }).flat();
  const veil = tipsOf(branches, 0.16).map((tip) =>
    surface('veil', lump([tip[0], tip[1] + 0.14], 0.1, 0.2, random), 'foliage', colour, 0.2, {
      softness: 0.8,
      opacity: 0.24,
      lined: false,
    }),
  );
  return [...veil, surface('strands', [], 'foliage', colour, 0.4, { strokes })];
}

/** Blossom in clouds: soft colour under single flowers of a few touches. */
export function blossom(branches: readonly Branch[], { random, colour, detail }: Leafing): Shape[] {
  const clouds = tipsOf(branches, 0.09).map((tip) =>
    surface(
      'cloud',
      lump(tip, between(random, 0.06, 0.1), between(random, 0.045, 0.07), random),
      'fruit',
      shade(colour, 0.25),
      0.12,
      { softness: 0.65, opacity: 0.42, lined: false },
    ),
  );
  const twigs = branches.filter(({ order }) => order > 1).flatMap(({ points }) => points.slice(1));
  const flowers = Array.from({ length: Math.round(40 + 150 * detail) }, (): Stroke[] => {
    const [x, y] = random.pick(twigs);
    const at: Point = [x + between(random, -0.035, 0.035), y + between(random, -0.035, 0.03)];
    const own = shade(colour, between(random, -0.18, 0.25));
    const size = between(random, 0.008, 0.014);
    if (detail < 0.35) return [mark('petal', [at], size * 1.5, 0.5, undefined, own)];
    return Array.from({ length: 5 }, (_, i): Stroke => {
      const angle = (i / 5) * 2 * Math.PI + x * 40;
      return mark(
        'petal',
        [[at[0] + size * 0.55 * Math.cos(angle), at[1] + size * 0.5 * Math.sin(angle)]],
        size,
        0.45,
        undefined,
        own,
      );
    });
  }).flat();
  return [...clouds, surface('flowers', [], 'petal', colour, 0.3, { strokes: flowers })];
}

/** A crown like a flame: cypress, poplar. */
export function flame(base: number, { random, colour, detail }: Leafing, wide: number): Shape[] {
  const side = (sign: number): Point[] =>
    Array.from({ length: 24 }, (_, i): Point => {
      const t = i / 23;
      return [sign * wide * Math.sin(Math.PI * t ** 0.75) ** 0.8 * between(random, 0.86, 1.08), -base - (1 - base) * t];
    });
  const strokes = Array.from({ length: Math.round(40 + 160 * detail) }, (): Stroke => {
    const t = random.next();
    const reach = wide * Math.sin(Math.PI * t ** 0.75) ** 0.8;
    const [x, y] = [between(random, -0.95, 0.95) * reach, -base - (1 - base) * t];
    return mark(
      'leaf',
      [
        [x, y],
        [x * 0.9 + between(random, -0.006, 0.006), y - 0.04],
      ],
      0.008,
      between(random, 0.35, 0.75),
      PRESSURE.leaf,
      shade(colour, between(random, -0.3, 0.12)),
    );
  });
  return [
    surface('crown', [...side(-1), ...side(1).reverse()], 'foliage', colour, 0.5, {
      form: 'round',
      softness: 0.04,
      lined: false,
      strokes,
    }),
  ];
}

/** Tiers of a fir, the lowest the widest. */
export function fir({ random, colour, detail }: Leafing): Shape[] {
  const tiers = 6;
  return Array.from({ length: tiers }, (_, i): Shape => {
    const t = i / tiers;
    const [top, foot] = [-0.3 - 0.7 * (t + 1.5 / tiers), -0.12 - 0.72 * t];
    const wide = 0.32 * (1 - t * 0.86);
    const hem = Array.from({ length: 13 }, (_, k): Point => {
      const u = k / 12;
      return [wide * (1 - 2 * u), foot + (k % 2 === 0 ? 0.012 : -0.018) - 0.03 * Math.sin(Math.PI * u)];
    });
    const own = shade(colour, between(random, -0.08, 0.08) + 0.05 * t);
    const needles = Array.from({ length: Math.round(10 + 24 * detail) }, (): Stroke => {
      const x = between(random, -0.85, 0.85) * wide * random.next();
      const y = between(random, (top + foot) / 2, foot);
      return mark(
        'needle',
        [
          [x, y],
          [x * 1.12, y + 0.03],
        ],
        0.006,
        0.6,
        PRESSURE.nail,
        shade(own, -0.25),
      );
    });
    return surface(`tier-${i + 1}`, [[0, Math.max(-1, top)], ...hem], 'foliage', own, 0.5, {
      form: 'round',
      strokes: needles,
    });
  });
}

/** A crown of arching fronds: palm and banana. */
export function fronds([x, y]: Point, { random, colour, detail, wind }: Leafing, broad: boolean): Shape[] {
  const count = broad ? 7 : 11;
  return Array.from({ length: count }, (_, i): Shape => {
    const angle = -Math.PI / 2 + ((i - (count - 1) / 2) / count) * 3.6 + wind * 0.2;
    const long = between(random, 0.3, 0.42);
    const rib = Array.from({ length: 12 }, (_, k): Point => {
      const t = k / 11;
      return [x + long * t * Math.cos(angle) * 1.1, y + long * (t * Math.sin(angle) + 0.95 * t * t)];
    });
    const own = shade(colour, between(random, -0.15, 0.15));
    const half = (t: number): number => (broad ? 0.055 : 0.03) * Math.sin(Math.PI * Math.min(1, t * 0.96 + 0.04));
    const outline = [
      ...rib.map(([px, py], k): Point => [px, py - half(k / 11)]),
      ...rib.map(([px, py], k): Point => [px, py + half(k / 11)]).reverse(),
    ];
    const leaflets = rib.slice(1).flatMap(([px, py], k): Stroke[] =>
      detail < 0.25
        ? []
        : [-1, 1].map((side) =>
            mark(
              broad ? 'vein' : 'leaf',
              [
                [px, py],
                [px + 0.02 * Math.cos(angle), py + side * half((k + 1) / 11) * (broad ? 0.9 : 1.7)],
              ],
              broad ? 0.002 : 0.006,
              0.5,
              PRESSURE.nail,
              shade(own, -0.2),
            ),
          ),
    );
    return surface('frond', outline, 'foliage', own, 0.4, {
      form: 'round',
      lined: broad,
      strokes: [mark('vein', rib, 0.006, 0.5, PRESSURE.hemp, shade(own, -0.3)), ...leaflets],
    });
  });
}

/** Snow on what lies flat enough to hold it. */
export function snowOn(branches: readonly Branch[], random: Random): Shape {
  const strokes = branches
    .filter(({ order }) => order > 0)
    .map(
      ({ points, widths }): Stroke =>
        mark(
          'detail',
          points.slice(1).map(([x, y]): Point => [x, y - widths[0] * 0.4 - 0.004]),
          Math.max(0.006, widths[0] * between(random, 0.5, 0.9)),
          0.02,
          PRESSURE.taper,
          '#fbfcfd',
        ),
    );
  return surface('snow', [], 'snow', '#fbfcfd', 0.02, { strokes });
}

/** Snow that lies on crowns, pads and tiers: the upper part of each, its lower edge uneven. */
export function snowCaps(leaves: readonly Shape[], random: Random): Shape[] {
  return leaves.flatMap(({ outline }): Shape[] => {
    if (outline.length < 6) return [];
    const ys = outline.map(([, y]) => y);
    const [top, foot] = [Math.min(...ys), Math.max(...ys)];
    const [phase, share] = [random.next() * 6, between(random, 0.4, 0.58)];
    const edge = (x: number): number => top + (foot - top) * (share + 0.1 * Math.sin(x * 70 + phase));
    const cap = outline.map(([x, y]): Point => [x, Math.min(y, edge(x)) - (foot - top) * 0.06]);
    return [
      surface('snow-cap', cap, 'snow', '#f8fafc', 0.03, { form: 'round', lined: false, softness: 0.05, strokes: [] }),
    ];
  });
}
