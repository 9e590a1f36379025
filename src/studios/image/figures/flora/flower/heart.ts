/** What stands in the middle of a bloom: stamens with their anthers, the disc of a sunflower, the pod of a lotus, an eye, a long pistil. */
import type { Random } from '../../../../../core/index.ts';
import type { Point } from '../../../raster/index.ts';
import { between, dot, lines, mark, shade, surface } from '../../marks.ts';
import type { Shape, Stroke } from '../../types.ts';
import { toneOf } from '../growth/bed.ts';
import type { Species } from './species.ts';
import type { View } from './types.ts';

interface Wish {
  readonly view: View;
  /** Units of the whole bloom. */
  readonly radius: number;
  readonly colour: string;
  readonly tilt: number;
}

/** The heart of a bloom. */
export function heartOf({ heart, heartSize }: Species, wish: Wish, random: Random): Shape[] {
  if (heart === 'none') return [];
  if (heart === 'disc') return disc(heartSize, wish, random);
  if (heart === 'pod') return pod(heartSize, wish, random);
  if (heart === 'pistil') return pistil(heartSize, wish, random);
  if (heart === 'eye') return eye(heartSize, wish, random);
  return stamens(heartSize, wish, random, 'stamens');
}

/** Threads that rise and spread, each with a touch of yellow. */
function stamens(size: number, { view, radius, colour }: Wish, random: Random, part: string): Shape[] {
  const count = radius < 8 ? 4 : radius < 20 ? 9 : Math.round(Math.min(26, 12 + radius * 0.12));
  const threads: Stroke[] = [];
  const anthers: Stroke[] = [];
  for (let i = 0; i < count; i++) {
    const azimuth = ((i + between(random, -0.3, 0.3)) / count) * 6.28;
    const long = size * between(random, 0.62, 1.15);
    const rise = between(random, 0.5, 1.1);
    const at = (t: number): Point => {
      const out = long * t * Math.cos(rise * (1 - 0.35 * t));
      return view([out * Math.cos(azimuth), out * Math.sin(azimuth), long * t * Math.sin(rise) + 0.05]).at;
    };
    const width = Math.max(0.3, radius * 0.008);
    threads.push(mark('hair', [at(0.08), at(0.55), at(1)], width, 0.5, [0.6, 1, 0.7], shade(colour, -0.25)));
    anthers.push(dot('detail', at(1.03), Math.max(0.8, radius * between(random, 0.026, 0.045)), 0.6, colour));
    if (radius > 24 && random.next() < 0.4)
      anthers.push(dot('detail', at(1.0), Math.max(0.5, radius * 0.018), 0.85, shade(colour, -0.55)));
  }
  return [lines(part, 'petal', colour, 0.5, [...threads, ...anthers])];
}

/** Florets by the golden angle (Vogel 1979) on a low dome. */
function disc(size: number, { view, radius, colour }: Wish, random: Random): Shape[] {
  const rim = Array.from({ length: 26 }, (_, i): Point => {
    const angle = (i / 26) * 6.28;
    const out = size * (1 + 0.05 * Math.sin(i * 2.7));
    return view([out * Math.cos(angle), out * Math.sin(angle), 0.1]).at;
  });
  const count = radius < 10 ? 0 : Math.round(Math.min(170, radius * size * 4.5));
  const florets = Array.from({ length: count }, (_, i): Stroke => {
    const share = Math.sqrt((i + 0.5) / count);
    const angle = i * 2.39996;
    const at = view([
      share * size * Math.cos(angle),
      share * size * Math.sin(angle),
      0.1 + 0.1 * (1 - share * share),
    ]).at;
    const tint = share > 0.62 ? shade(colour, between(random, 0.05, 0.4)) : shade(colour, -between(random, 0.15, 0.5));
    return dot(
      'detail',
      at,
      Math.max(0.6, radius * size * between(random, 0.06, 0.1)),
      share > 0.62 ? 0.5 : 0.75,
      tint,
    );
  });
  return [
    surface('disc', rim, 'petal', colour, Math.min(0.8, toneOf(colour) + 0.08), { form: 'round', strokes: florets }),
  ];
}

/** A cup with seeds on its flat top, threads around it. */
function pod(size: number, wish: Wish, random: Random): Shape[] {
  const { view, radius, colour } = wish;
  const [low, high] = [0.06, size * 1.25];
  const circle = (r: number, z: number): Point[] =>
    Array.from(
      { length: 22 },
      (_, i): Point => view([r * Math.cos((i / 22) * 6.28), r * Math.sin((i / 22) * 6.28), z]).at,
    );
  const [foot, top] = [circle(size * 0.45, low), circle(size * 0.72, high)];
  const sides = Array.from({ length: 11 }, (_, i) => i).map((i) => [foot[i]!, top[i]!] as const);
  const body = [...sides.map(([, b]) => b), ...sides.map(([a]) => a).reverse()];
  const seeds = Array.from({ length: radius < 14 ? 3 : 9 }, (_, i): Stroke => {
    const reach = size * 0.55 * Math.sqrt(i / 9);
    const at = view([reach * Math.cos(i * 2.4), reach * Math.sin(i * 2.4), high]).at;
    return dot('detail', at, Math.max(0.7, radius * size * 0.13), 0.6, '#7d8a35');
  });
  return [
    ...stamens(size * 1.5, wish, random, 'stamens'),
    surface('pod-side', body, 'petal', shade(colour, -0.14), 0.4),
    surface('pod', top, 'petal', colour, 0.3, { strokes: seeds }),
  ];
}

/** One long column with dots towards its end: hibiscus, lily. */
function pistil(size: number, { view, radius, colour }: Wish, random: Random): Shape[] {
  const lean = between(random, -0.25, 0.25);
  const at = (t: number): Point => view([lean * t * size, 0.1 * t, size * 1.5 * t + 0.04]).at;
  const column = mark(
    'detail',
    [at(0), at(0.5), at(1)],
    Math.max(0.6, radius * 0.045),
    0.45,
    [0.8, 1, 0.7],
    shade(colour, 0.25),
  );
  const dots = Array.from({ length: radius < 12 ? 3 : 16 }, (_, i): Stroke => {
    const [x, y] = at(0.5 + 0.5 * (i / 16));
    const stray = radius * size * 0.16;
    return dot(
      'detail',
      [x + between(random, -stray, stray), y + between(random, -stray, stray)],
      Math.max(0.6, radius * 0.03),
      0.55,
      colour,
    );
  });
  return [lines('pistil', 'petal', colour, 0.5, [column, ...dots])];
}

/** A small throat with rays. */
function eye(size: number, { view, radius, colour }: Wish, random: Random): Shape[] {
  const rim = Array.from({ length: 16 }, (_, i): Point => {
    const angle = (i / 16) * 6.28;
    return view([size * 0.5 * Math.cos(angle), size * 0.5 * Math.sin(angle), 0.08]).at;
  });
  const rays = Array.from({ length: radius < 12 ? 0 : 10 }, (_, i): Stroke => {
    const angle = (i / 10) * 6.28 + between(random, -0.2, 0.2);
    const point = (r: number): Point => view([r * Math.cos(angle), r * Math.sin(angle), 0.08]).at;
    return mark(
      'vein',
      [point(size * 0.4), point(size * between(random, 0.8, 1.2))],
      radius * 0.022,
      0.45,
      [1, 0.6, 0],
      shade(colour, -0.25),
    );
  });
  return [surface('eye', rim, 'petal', colour, toneOf(colour), { lined: false, softness: 0.2, strokes: rays })];
}
