/** Forms that clouds have: heaps of lumps on a level base, long bands, swirls of fortune (祥云). */
import type { Random } from '../../../../core/index.ts';
import type { Box } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import { type Line, ribbon, smooth, wander } from '../geometry/index.ts';
import { between, mark, PRESSURE, shade, surface } from '../marks.ts';
import type { Shape, Stroke } from '../types.ts';

interface Lump {
  readonly at: Point;
  readonly radius: number;
}

/** Balls of vapour over a level base, highest towards the middle. */
function heapOf({ x, y, width, height }: Box, random: Random): Lump[] {
  const count = 7 + random.integer(4);
  const crown = between(random, 0.36, 0.64);
  return Array.from({ length: count }, (_, i) => {
    const share = (i + 0.5 + 0.5 * (random.next() - 0.5)) / count;
    const bell = Math.exp(-(((share - crown) / 0.27) ** 2));
    const radius = Math.min(height * 0.46, height * (0.14 + 0.3 * bell) * between(random, 0.8, 1.15));
    const rise = radius * 0.55 + (height - 2 * radius) * bell * between(random, 0.65, 0.95);
    return { at: [x + radius + (width - 2 * radius) * share, y + height - rise], radius };
  });
}

/** The upper edge of all lumps together, left to right. */
function crest(lumps: readonly Lump[], base: number, count: number): Point[] {
  const left = Math.min(...lumps.map(({ at, radius }) => at[0] - radius));
  const right = Math.max(...lumps.map(({ at, radius }) => at[0] + radius));
  return Array.from({ length: count + 1 }, (_, i): Point => {
    const x = left + ((right - left) * i) / count;
    const tops = lumps.map(({ at, radius }) => {
      const inside = radius ** 2 - (x - at[0]) ** 2;
      return inside > 0 ? at[1] - Math.sqrt(inside) : base;
    });
    return [x, Math.min(base, ...tops)];
  });
}

export interface CloudLook {
  readonly colour: string;
  readonly tone: number;
  readonly opacity: number;
  /** Tone of the lines. */
  readonly line: number;
}

/** A cumulus: lumps with arcs on them, in shadow below, the base level and lost. */
export function heapCloud(box: Box, { colour, tone, opacity, line }: CloudLook, random: Random): Shape[] {
  const lumps = heapOf(box, random);
  const base = box.y + box.height;
  const edge = crest(lumps, base, 84);
  const drop = box.height * 0.07;
  const floor = Array.from({ length: 9 }, (_, i): Point => {
    const from = edge.at(-1)!;
    const to = edge[0]!;
    return [from[0] + ((to[0] - from[0]) * (i + 0.5)) / 9, base + drop * Math.sin(i * 2.1) * (i % 2 ? 0.4 : 0.9)];
  });
  const shadow = edge.map(([px, py]): Point => [px, py + (base - py) * 0.58]);
  const look = { lined: false, form: 'round' } as const;
  // A dark cloud is washed as sky is; a white one is paper.
  const material = tone > 0.4 ? 'sky' : 'cloud';
  return [
    surface('heap', [...edge, ...floor], material, colour, tone, {
      ...look,
      opacity,
      softness: 0.06,
      strokes: lumps.flatMap((lump) => arcs(lump, base, line, random)),
    }),
    surface('shadow', [...shadow, ...floor], material, shade(colour, -0.2), tone + 0.1, {
      ...look,
      opacity: opacity * 0.5,
      softness: 0.7,
    }),
  ];
}

/** Two or three arcs on the lit side of a lump: the hand goes round it. */
function arcs({ at: [x, y], radius }: Lump, base: number, tone: number, random: Random): Stroke[] {
  if (tone === 0) return [];
  const start = between(random, -2.9, -2.4);
  const sweep = between(random, 1.4, 2.3);
  const line = Array.from({ length: 14 }, (_, i): Point => {
    const angle = start + (sweep * i) / 13;
    return [x + Math.cos(angle) * radius * 0.97, Math.min(base, y + Math.sin(angle) * radius * 0.97)];
  });
  const inner = line.slice(3, 11).map(([px, py]): Point => [x + (px - x) * 0.6, y + (py - y) * 0.58]);
  const width = 0.8 + 0.012 * radius;
  return [
    mark('contour', line, width, tone, PRESSURE.taper),
    mark('contour', inner, width * 0.7, tone * 0.6, PRESSURE.taper),
  ];
}

/** One long soft band, drawn out to nothing at both ends. */
export function longBand(
  [x, y]: Point,
  half: number,
  thick: number,
  colour: string,
  opacity: number,
  random: Random,
): Shape {
  const sway = between(random, -0.6, 0.6);
  const phase = random.next() * 9;
  const spine = Array.from({ length: 27 }, (_, i): Point => {
    const t = i / 13 - 1;
    return [x + t * half, y + thick * (sway * t + 0.35 * Math.sin(phase + t * 4.5))];
  });
  const lumpy = between(random, 4, 9);
  const outline = ribbon(
    spine,
    (share) =>
      thick * Math.sin(Math.PI * share) ** 0.75 * (0.62 + 0.3 * Math.sin(phase + share * lumpy * Math.PI) ** 2),
  );
  return surface('band', outline, 'cloud', colour, 0.08, { lined: false, softness: 0.5, opacity });
}

/** A bank of bands over one another, the broadest in the middle. */
export function bandedCloud(box: Box, { colour, tone, opacity, line }: CloudLook, random: Random): Shape[] {
  const count = 4 + random.integer(3);
  return Array.from({ length: count }, (_, i) => {
    const share = (i + 0.5) / count;
    const half = (box.width / 2) * (0.45 + 0.55 * Math.sin(Math.PI * share)) * between(random, 0.75, 1.05);
    const at: Point = [box.x + box.width / 2 + box.width * between(random, -0.16, 0.16), box.y + box.height * share];
    const own = longBand(
      at,
      half,
      (box.height / count) * between(random, 0.7, 1.25),
      i % 2 ? colour : shade(colour, -0.06),
      opacity,
      random,
    );
    const under = wander(
      [at[0] - half * 0.6, at[1] + box.height * 0.05],
      half * 1.1,
      9,
      (t) => 0.05 * Math.sin(t * 7 + i),
    );
    return { ...own, tone, strokes: line > 0 ? [mark('contour', under, 0.9, line * 0.7, PRESSURE.taper)] : [] };
  });
}

/** 祥云: ruyi heads that curl, with a long tail. */
export function swirlCloud(
  { x, y, width, height }: Box,
  { colour, tone, opacity, line }: CloudLook,
  random: Random,
): Shape[] {
  const tail = surface(
    'tail',
    ribbon(
      smooth([
        [x + width * 0.3, y + height * 0.72],
        [x + width * 0.55, y + height * 0.86],
        [x + width * 0.78, y + height * 0.76],
        [x + width, y + height * 0.9],
      ]),
      (share) => height * 0.11 * (1 - share) ** 0.8,
    ),
    'cloud',
    colour,
    tone,
    { opacity },
  );
  const heads: readonly (readonly [number, number, number])[] = [
    [0.2, 0.66, 0.24],
    [0.66, 0.6, 0.22],
    [0.42, 0.4, 0.34],
  ];
  return [
    tail,
    ...heads.map(([u, v, size]) =>
      curl(
        [x + width * u, y + height * v],
        height * size * between(random, 0.9, 1.1),
        { colour, tone, opacity, line },
        random.next() < 0.5 ? -1 : 1,
      ),
    ),
  ];
}

function curl([x, y]: Point, radius: number, { colour, tone, opacity, line }: CloudLook, side: 1 | -1): Shape {
  const lobes = 5;
  const outline = Array.from({ length: 60 }, (_, i): Point => {
    const angle = (i / 60) * 2 * Math.PI;
    const reach = radius * (0.9 + 0.16 * Math.abs(Math.sin((angle * lobes) / 2)));
    return [x + Math.cos(angle) * reach * 1.3, y + Math.sin(angle) * reach];
  });
  const spiral: Line = Array.from({ length: 40 }, (_, i): Point => {
    const angle = (i / 39) * 4.2 * Math.PI;
    const reach = radius * 0.72 * (1 - (0.86 * i) / 39);
    return [x + side * Math.cos(angle) * reach * 1.2, y + Math.sin(angle) * reach];
  });
  return surface('curl', outline, 'cloud', colour, tone, {
    opacity,
    strokes: [
      mark('contour', [...outline, outline[0]!], 1.6, line, PRESSURE.breath),
      mark('contour', spiral, 1.6, line, PRESSURE.nail),
    ],
  });
}
