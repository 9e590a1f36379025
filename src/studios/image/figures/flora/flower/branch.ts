/**
 * Blossoming wood, a cut branch near at hand or a small tree in a landscape: a limb that turns sharply where a bud once was, twigs drawn straight out from it, blossoms crowded here and wanting there.
 *
 *   limb ─▶ twigs ─▶ leaves behind ─▶ blossoms, half-open ones and buds towards the tips
 */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { along, type Line, lengthOf, offset, ribbon, smooth } from '../../geometry/index.ts';
import { between, dot, lines, mark, shade, surface } from '../../marks.ts';
import type { Shape, Stroke } from '../../types.ts';
import { type Bed, faded } from '../growth/bed.ts';
import { leaf } from '../growth/leaf.ts';
import { drawBloom } from './bloom.ts';
import type { Species } from './species.ts';
import { leafColour, poseOf, tintOf } from './tint.ts';
import type { Tint } from './types.ts';

interface Limb {
  readonly line: Line;
  readonly width: number;
  /** 0 the main limb. */
  readonly order: number;
}

/** A branch in blossom, about as tall as its box. */
export function drawBranch(species: Species, bed: Bed): Shape[] {
  const { box, random, detail } = bed;
  const size = Math.min(box.height, box.width * 1.3);
  const limbs = bed.rooted
    ? growTree(size, detail, random.fork('limbs'))
    : growLimbs(size, detail, random.fork('limbs'));
  const tint = tintOf(species, bed, random.fork('tint'));
  const wood = faded(bed, '#57463c', 0.3);
  const seen = bed.rooted
    ? { ...species, size: species.size * 0.72, blooms: species.blooms * 3.2, leafSize: species.leafSize * 0.7 }
    : species;
  const sites = sitesOn(limbs, seen, detail, random.fork('sites'));
  const bark = limbs.toReversed().flatMap((limb, i) => drawLimb(limb, wood, detail, random.fork(`bark-${i}`)));
  const leaves =
    species.leaf === 'none'
      ? []
      : sites.flatMap((site, i) => leavesAt(site, seen, bed, size, random.fork(`leaf-${i}`)));
  const blooms = sites.flatMap((site, i) => blossom(site, seen, tint, bed, size, random.fork(`bloom-${i}`)));
  return [...bark, ...leaves, ...blooms, ...(bed.snowy ? snowOn(limbs) : [])];
}

function growLimbs(size: number, detail: number, random: Random): Limb[] {
  const start = -Math.PI / 2 + between(random, 0.35, 0.72);
  const main = zigzag([0, 0], start, size * 1.05, 6, 0.42, random);
  const out: Limb[] = [{ line: main, width: size * 0.036, order: 0 }];
  const twigs = Math.round(4 + 5 * detail);
  for (let i = 0; i < twigs; i++) {
    const share = 0.16 + (0.78 * (i + between(random, 0, 0.5))) / twigs;
    const { at, angle } = along(main, share);
    const side = i % 2 === 0 ? -1 : 1;
    const long = size * between(random, 0.2, 0.5) * (1.05 - 0.55 * share);
    const away = angle + side * between(random, 0.5, 1.05);
    const line = zigzag(at, away - 0.25 * side, long, 4, 0.3, random);
    out.push({ line, width: size * 0.036 * (0.46 - 0.26 * share), order: 1 });
    if (detail < 0.15) continue;
    for (const end of [0.35, 0.6, 0.8].slice(0, 1 + random.integer(3))) {
      const root = along(line, end);
      const turn = root.angle + (random.next() < 0.5 ? -1 : 1) * between(random, 0.45, 0.9);
      const twig = zigzag(root.at, turn, long * between(random, 0.25, 0.55), 3, 0.16, random);
      out.push({ line: twig, width: size * 0.0052, order: 2 });
    }
  }
  return out;
}

/** A short leaning trunk, limbs spread to both sides, twigs on them. */
function growTree(size: number, detail: number, random: Random): Limb[] {
  const lean = (random.next() < 0.5 ? -1 : 1) * between(random, 0.08, 0.3);
  const trunk = zigzag([0, 0], -Math.PI / 2 + lean, size * 0.8, 5, 0.3, random);
  const out: Limb[] = [{ line: trunk, width: size * 0.058, order: 0 }];
  const count = Math.round(5 + 4 * detail);
  for (let i = 0; i < count; i++) {
    const share = 0.3 + (0.66 * (i + between(random, 0, 0.4))) / count;
    const { at, angle } = along(trunk, share);
    const side = i % 2 === 0 ? -Math.sign(lean) : Math.sign(lean);
    const long = size * between(random, 0.36, 0.56) * (1.2 - 0.75 * share);
    const line = zigzag(at, angle + side * between(random, 0.6, 1.15), long, 4, 0.34, random);
    out.push({ line, width: size * 0.02 * (1.15 - 0.6 * share), order: 1 });
    for (const end of [0.3, 0.5, 0.7, 0.88]) {
      const root = along(line, end);
      const turn = root.angle + (random.next() < 0.5 ? -1 : 1) * between(random, 0.4, 1);
      out.push({
        line: zigzag(root.at, turn, long * between(random, 0.22, 0.42), 3, 0.2, random),
        width: size * 0.006,
        order: 2,
      });
    }
  }
  return out;
}

/** Straight pieces with turns between them; the pieces shorten. */
function zigzag(from: Point, angle: number, length: number, pieces: number, turn: number, random: Random): Point[] {
  const out: Point[] = [from];
  let [x, y] = from;
  let side = random.next() < 0.5 ? -1 : 1;
  let heading = angle;
  for (let i = 0; i < pieces; i++) {
    const step = (length / pieces) * between(random, 0.7, 1.3) * (1.25 - (0.5 * i) / pieces);
    x += Math.cos(heading) * step;
    y += Math.sin(heading) * step;
    out.push([x, y]);
    heading = angle + side * turn * between(random, 0.35, 1) - 0.04 * i;
    side = random.next() < 0.78 ? -side : side;
  }
  return smooth(out, { steps: 5 });
}

function drawLimb({ line, width, order }: Limb, wood: string, detail: number, random: Random): Shape[] {
  const dark = shade(wood, -0.35);
  if (width < 4.5) {
    const pressure = order === 2 ? [1, 0.7, 0.55, 0.3] : [1, 0.78, 0.85, 0.55, 0.62, 0.25];
    return [lines('twig', 'bark', wood, 0.7, [mark('branch', line, Math.max(0.6, width), 0.78, pressure, dark)])];
  }
  const bumps = between(random, 0, 6);
  const radius = (t: number): number =>
    (width / 2) * (1 - 0.92 * t) * (1 + 0.13 * Math.sin(t * 23 + bumps) + 0.07 * Math.sin(t * 61));
  const strokes: Stroke[] = [];
  const count = Math.round(6 + 34 * detail);
  for (let i = 0; i < count; i++) {
    const share = between(random, 0, 0.8);
    const side = offset(line, (t) => -radius(t) * between(random, -0.2, 0.9));
    const begin = Math.floor(share * (side.length - 4));
    strokes.push(
      mark(
        'texture',
        side.slice(begin, begin + 4),
        width * between(random, 0.05, 0.13),
        between(random, 0.5, 0.85),
        [0.2, 1, 0.6, 0],
        dark,
      ),
    );
  }
  for (let i = 0; i < 3 + 9 * detail; i++) {
    const { at } = along(line, between(random, 0, 0.85));
    strokes.push(
      dot(
        'texture',
        [at[0] + between(random, -width, width) * 0.5, at[1] - width * 0.35],
        width * between(random, 0.1, 0.22),
        0.85,
        dark,
      ),
    );
  }
  return [surface('limb', ribbon(line, radius), 'bark', wood, 0.62, { form: 'round', strokes })];
}

interface Site {
  readonly at: Point;
  readonly angle: number;
  /** 0 bud … 1 open. */
  readonly open: number;
  readonly order: number;
}

/** Places of blossoms: crowded on a few limbs, single elsewhere, buds at the ends. */
function sitesOn(limbs: readonly Limb[], { blooms, size }: Species, detail: number, random: Random): Site[] {
  const wanted = Math.max(5, Math.round(blooms * (0.4 + 0.6 * detail)));
  const out: Site[] = [];
  const bearing = limbs.map((limb) => ({
    limb,
    weight: lengthOf(limb.line) * (limb.order === 0 ? 0.5 : 1) * between(random, 0.25, 1.6),
  }));
  const whole = bearing.reduce((sum, { weight }) => sum + weight, 0);
  for (const { limb, weight } of bearing) {
    const count = Math.round((wanted * weight) / whole);
    for (let i = 0; i < count; i++) {
      const share = limb.order === 0 ? between(random, 0.3, 1) : between(random, 0.12, 1);
      const { at, angle } = along(limb.line, share);
      const side = random.next() < 0.5 ? -1 : 1;
      const stray = Math.min(0.05, size) * lengthOf(limbs[0]!.line) * between(random, 0.15, 0.75) * side;
      const spot: Point = [at[0] - Math.sin(angle) * stray, at[1] + Math.cos(angle) * stray];
      const open = share > 0.8 ? between(random, 0, 0.35) : random.next() < 0.28 ? between(random, 0.3, 0.7) : 1;
      out.push({ at: spot, angle: angle + side * 0.9, open, order: limb.order });
    }
    if (limb.order > 0 && random.next() < 0.062 / size) {
      const { at, angle } = along(limb.line, 1);
      out.push({ at, angle, open: 0.05, order: limb.order });
    }
  }
  return out;
}

function blossom(site: Site, species: Species, tint: Tint, bed: Bed, size: number, random: Random): Shape[] {
  if (bed.withered && random.next() < 0.55) return [];
  const radius = species.size * size * between(random, 0.82, 1.15);
  const pose = poseOf(species, bed, random, site.at, radius, site.open);
  const outwards = site.angle + Math.PI / 2 + between(random, -0.4, 0.4);
  const turn = species.upright ? between(random, -0.4, 0.4) : pose.tilt > 0.7 ? outwards : between(random, 0, 6.28);
  const colour = shade(tint.main, between(random, -0.08, 0.1));
  return drawBloom(species, { ...pose, turn }, { ...tint, main: colour }, random);
}

function leavesAt({ at, angle, order, open }: Site, species: Species, bed: Bed, size: number, random: Random): Shape[] {
  const radius = species.size * size;
  const chance = order === 0 ? 0.4 : 0.75;
  if (random.next() > chance || (bed.detail < 0.12 && random.next() < 0.5)) return [];
  const colour = mixHex(leafColour(species, bed), open < 0.3 ? '#a8684a' : '#86a256', between(random, 0, 0.35));
  return Array.from({ length: 1 + random.integer(2) }, (_, i) =>
    leaf(
      {
        form: species.leaf,
        at,
        angle: angle + (i === 0 ? 0.2 : -0.9) + between(random, -0.6, 0.6),
        length: radius * species.leafSize * between(random, 0.7, 1.15),
        bend: between(random, -0.6, 0.6),
        colour,
        fine: Math.min(1, (radius * species.leafSize) / 90),
      },
      random,
    ),
  ).flat();
}

/** Snow along the upper sides. */
function snowOn(limbs: readonly Limb[]): Shape[] {
  return limbs
    .filter(({ order }) => order < 2)
    .map(({ line, width }) => {
      const piece = line.slice(Math.floor(line.length * 0.15), Math.ceil(line.length * 0.8));
      const upper = piece.map(([x, y], i): Point => [x, y - width * (0.35 + 0.35 * Math.abs(Math.sin(i * 0.9)))]);
      return surface(
        'snow',
        [...upper, ...piece.map(([x, y]): Point => [x, y - width * 0.08]).reverse()],
        'snow',
        '#f6f8fa',
        0.04,
      );
    });
}
