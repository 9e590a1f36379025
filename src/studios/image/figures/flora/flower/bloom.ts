/**
 * One bloom in space: petals bent upwards from a centre, turned around its axis, the axis tilted away from us, seen straight on.
 *
 *   outline (u, v) ─▶ bent along its length and hollowed ─▶ around the axis ─▶ tilted ─▶ on the paper, nearest last
 *
 * A petal that turns over shows its back as a shape of its own.
 */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { clipOutline } from '../../geometry/index.ts';
import { between, mark, PRESSURE, shade, surface, unit } from '../../marks.ts';
import type { Shape, Stroke } from '../../types.ts';
import { toneOf } from '../growth/bed.ts';
import { heartOf } from './heart.ts';
import type { Ring, Species } from './species.ts';
import { petalOutline } from './template.ts';
import type { Point3, Pose, Tint, View } from './types.ts';

/** What is seen of a bloom's space by its pose. */
export function viewOf({ at, radius, tilt, turn }: Pose): View {
  const [ct, st, cr, sr] = [Math.cos(tilt), Math.sin(tilt), Math.cos(turn), Math.sin(turn)];
  return ([x, y, z]) => {
    const up = y * ct - z * st;
    return { at: [at[0] + radius * (x * cr - up * sr), at[1] + radius * (x * sr + up * cr)], near: y * st + z * ct };
  };
}

const STEPS = 14;
const RADIANS = Math.PI / 180;

/** The middle line of a petal in the plane of its azimuth. */
interface Bent {
  readonly out: readonly number[];
  readonly up: readonly number[];
  readonly slope: readonly number[];
}

function bend(ring: Ring, open: number, layer: number): Bent {
  const rise = (ring.rise * open + (1 - open) * 88) * RADIANS;
  const curl = (ring.curl * open + (1 - open) * 28) * RADIANS;
  const [out, up, slope] = [[ring.foot * (0.4 + 0.6 * open)], [layer], [rise]];
  for (let i = 1; i <= STEPS; i++) {
    const angle = rise + curl * (i / STEPS) ** 1.6;
    out.push(out.at(-1)! + (ring.length / STEPS) * Math.cos(angle));
    up.push(up.at(-1)! + (ring.length / STEPS) * Math.sin(angle));
    slope.push(angle);
  }
  return { out, up, slope };
}

const readAt = (list: readonly number[], u: number): number => {
  const at = Math.min(1, Math.max(0, u)) * STEPS;
  const low = Math.min(STEPS - 1, Math.floor(at));
  return list[low]! + (list[low + 1]! - list[low]!) * (at - low);
};

/** A place on a petal. */
function onPetal(bent: Bent, ring: Ring, azimuth: number, [u, v]: Point): Point3 {
  const slope = readAt(bent.slope, u);
  const lift = ring.cup * v * v * ring.length * ring.width * 0.32 * Math.sin(Math.PI * Math.min(1, u + 0.12));
  const out = readAt(bent.out, u) - Math.sin(slope) * lift + Math.max(0, u - 1) * ring.length * Math.cos(slope);
  const up = readAt(bent.up, u) + Math.cos(slope) * lift + Math.max(0, u - 1) * ring.length * Math.sin(slope);
  const side = (v * ring.length * ring.width) / 2;
  const [c, s] = [Math.cos(azimuth), Math.sin(azimuth)];
  return [out * c - side * s, out * s + side * c, up];
}

/** Whether we look at the inner face at a share of the length. */
function showsInside(bent: Bent, azimuth: number, tilt: number, u: number): boolean {
  const slope = readAt(bent.slope, u);
  return -Math.sin(slope) * Math.sin(azimuth) * Math.sin(tilt) + Math.cos(slope) * Math.cos(tilt) > 0;
}

interface Piece {
  readonly near: number;
  readonly shapes: readonly Shape[];
}

/** All shapes of a bloom, farthest first. */
export function drawBloom(species: Species, pose: Pose, tint: Tint, random: Random): Shape[] {
  if (pose.radius < 3.5) return [speck(pose, tint, random)];
  const view = viewOf(pose);
  const rings = pose.radius < 14 ? species.rings.slice(-3) : species.rings;
  const pieces: Piece[] = rings.flatMap((ring, i) => ringPieces(ring, i, rings.length, { pose, tint, view, random }));
  if (species.sepals > 0 && pose.radius > 7) pieces.push(...sepalPieces(species.sepals, { pose, tint, view, random }));
  if (pose.open > 0.4 && species.heart !== 'none') {
    const height = species.heart === 'pod' ? species.heartSize * 1.2 : 0.06;
    const shapes = heartOf(species, { view, radius: pose.radius, colour: tint.heart, tilt: pose.tilt }, random);
    pieces.push({ near: view([0, 0, height]).near + 0.04, shapes });
  }
  return pieces.toSorted((a, b) => a.near - b.near).flatMap(({ shapes }) => shapes);
}

/** A few wet touches: a bloom far away. */
function speck({ at, radius, turn, open }: Pose, { main, heart }: Tint, random: Random): Shape {
  const count = radius < 1.6 ? 1 : 4;
  const strokes = Array.from({ length: count }, (_, i): Stroke => {
    const angle = turn + (i / count) * 6.28 + between(random, -0.4, 0.4);
    const reach = count === 1 ? 0.2 : radius * 0.85 * (0.5 + 0.5 * open);
    const end: Point = [at[0] + Math.cos(angle) * reach, at[1] + Math.sin(angle) * reach];
    return mark('petal', [at, end], radius * (count === 1 ? 2 : 0.95), toneOf(main), [0.5, 1, 0.8], main);
  });
  const eye = mark('detail', [at], Math.max(0.5, radius * 0.4), 0.5, undefined, heart);
  return surface('bloom', [], 'petal', main, toneOf(main), { strokes: count > 1 ? [...strokes, eye] : strokes });
}

interface Studio {
  readonly pose: Pose;
  readonly tint: Tint;
  readonly view: View;
  readonly random: Random;
}

function ringPieces(ring: Ring, nth: number, of: number, studio: Studio): Piece[] {
  const { pose, random } = studio;
  const start = random.next() * 6.28;
  return Array.from({ length: ring.count }, (_, i): Piece => {
    const azimuth = start + ((i + between(random, -0.16, 0.16)) / ring.count) * 6.28;
    const own = {
      ...ring,
      length: ring.length * between(random, 0.88, 1.08),
      width: ring.width * between(random, 0.9, 1.1),
      rise: ring.rise + between(random, -8, 8),
      curl: ring.curl + between(random, -14, 14),
    };
    const bent = bend(own, pose.open, (nth / Math.max(1, of)) * 0.1);
    const middle = studio.view(onPetal(bent, own, azimuth, [0.55, 0]));
    return { near: middle.near + nth * 0.03 + (i / ring.count) * 0.01, shapes: drawPetal(own, bent, azimuth, studio) };
  });
}

function drawPetal(ring: Ring, bent: Bent, azimuth: number, studio: Studio): Shape[] {
  const { pose, tint, view, random } = studio;
  const size = pose.radius * ring.length;
  const flat = petalOutline(ring.form, random, size > 40 ? 4 : size > 12 ? 3 : 2);
  const parts = facings(bent, azimuth, pose.tilt);
  const place = (point: Point): Point => view(onPetal(bent, ring, azimuth, point)).at;
  const vary = between(random, -0.07, 0.09);
  const front = shade(mixHex(tint.main, tint.inner, ring.hue), vary);
  const drawn = parts.map(({ from, to, inside }) => {
    const cut = parts.length === 1 ? flat : clipOutline(flat, { x: from, y: -2, width: to - from, height: 4 });
    return { cut, inside, from, to };
  });
  // What turns over towards us lies before the rest.
  const order = drawn.length > 1 && !drawn.at(-1)!.inside ? drawn : drawn;
  return order
    .filter(({ cut }) => cut.length > 2)
    .flatMap(({ cut, inside, from, to }) => {
      const colour = inside ? front : shade(mixHex(front, tint.inner, 0.12), pale(front) ? -0.07 : 0.16);
      const outline = cut.map(place);
      const tone = toneOf(colour);
      const body = surface('petal', outline, 'petal', colour, tone, {
        form: ring.cup > 0.4 ? 'round' : 'flat',
        strokes: [
          ...edgeOn(cut, place, size, tone, random),
          ...veinsOn(from, to, ring, place, { size, colour, random }),
        ],
      });
      const deep = size > 16 && from < 0.3 && ring.width > 0.25 ? [innerTone(cut, place, tint, inside, front)] : [];
      return [
        ...(deep.length > 0 ? [{ ...body, strokes: [] }] : [body]),
        ...deep.map((shape) => ({ ...shape, strokes: body.strokes })),
      ];
    });
}

const pale = (colour: string): boolean => toneOf(colour) < 0.3;

/** Stretches of a petal that show the same face. */
function facings(bent: Bent, azimuth: number, tilt: number): { from: number; to: number; inside: boolean }[] {
  const out: { from: number; to: number; inside: boolean }[] = [];
  for (let i = 0; i <= 20; i++) {
    const inside = showsInside(bent, azimuth, tilt, i / 20);
    const last = out.at(-1);
    if (!last || last.inside !== inside) out.push({ from: i === 0 ? -0.1 : i / 20, to: i / 20, inside });
    if (last && last.inside !== inside) last.to = i / 20;
    out.at(-1)!.to = Math.max(out.at(-1)!.to, i / 20);
  }
  out.at(-1)!.to = 1.2;
  const kept = out.filter(({ from, to }) => to - from > 0.12);
  if (kept.length < out.length)
    return [{ from: -0.1, to: 1.2, inside: out.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a)).inside }];
  return kept;
}

/** Colour that gathers at the foot, or bleeds in from the tip on pale petals. */
function innerTone(
  cut: readonly Point[],
  place: (point: Point) => Point,
  tint: Tint,
  inside: boolean,
  front: string,
): Shape {
  const colour = inside ? mixHex(front, tint.inner, 0.75) : shade(front, -0.12);
  const outline = cut.map(([u, v]): Point => [Math.max(0, u) * 0.62, v * 0.74]).map(place);
  return surface('petal-tone', outline, 'petal', colour, toneOf(colour), {
    lined: false,
    softness: 0.7,
    opacity: 0.55,
  });
}

/** The edge again where the hand pressed. */
function edgeOn(
  cut: readonly Point[],
  place: (point: Point) => Point,
  size: number,
  tone: number,
  random: Random,
): Stroke[] {
  if (size < 9 || cut.length < 8) return [];
  const start = Math.floor(between(random, 0.18, 0.4) * cut.length);
  const piece = cut.slice(start, start + Math.floor(cut.length * between(random, 0.3, 0.45))).map(place);
  const width = Math.min(2.6, 0.35 + size * 0.013) * between(random, 0.8, 1.2);
  return piece.length < 2 ? [] : [mark('petal', piece, width, unit(0.34 + tone * 0.5), [0.1, 0.8, 1, 0.6, 0.9, 0.1])];
}

function veinsOn(
  from: number,
  to: number,
  ring: Ring,
  place: (point: Point) => Point,
  { size, colour, random }: { size: number; colour: string; random: Random },
): Stroke[] {
  if (size < 20) return [];
  const narrow = ring.width < 0.3;
  const count = narrow ? 1 : Math.min(7, 2 + Math.round((size * ring.width) / 22));
  const low = Math.max(0.06, from);
  return Array.from({ length: count }, (_, i): Stroke => {
    const v = count === 1 ? 0.15 : -0.62 + (1.24 * i) / (count - 1);
    const end = Math.min(to, between(random, 0.6, 0.86) - 0.12 * v * v);
    const points = Array.from({ length: 7 }, (_, k): Point => {
      const t = k / 6;
      return place([low + (end - low) * t, v * (0.25 + 0.75 * Math.sin(Math.min(1, t * 1.1) * 1.57)) * 0.9]);
    });
    return mark('vein', points, 0.28 + size * 0.006, narrow ? 0.34 : 0.3, PRESSURE.nail, shade(colour, -0.34));
  }).filter(({ points }) => points.length > 1 && to - from > 0.25);
}

/** Green leaves under the bloom. */
function sepalPieces(count: number, studio: Studio): Piece[] {
  const { pose, tint } = studio;
  const ring: Ring = {
    count,
    length: 0.34 + 0.22 * (1 - pose.open),
    width: 0.5,
    rise: -25,
    curl: -20,
    cup: 0.3,
    form: 'pointed',
    foot: 0.05,
    hue: 0,
  };
  const own = { ...studio, tint: { ...tint, main: tint.sepal, inner: shade(tint.sepal, -0.2) } };
  return ringPieces(ring, 0, 1, own).map((piece) => ({
    near: piece.near + (pose.open < 0.4 ? 0.25 : -0.3),
    shapes: piece.shapes.map((shape) => ({ ...shape, part: 'sepal', material: 'stem' as const })),
  }));
}
