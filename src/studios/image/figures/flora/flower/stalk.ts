/**
 * Flowers on green stalks: a few stems from one foot, unequal in height, the tallest leaning one way and answered by the others; leaves
 * between and behind; one bloom leads, one follows, buds stand above.
 */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { along, type Line } from '../../geometry/index.ts';
import { between, lines, mark, shade } from '../../marks.ts';
import type { Shape } from '../../types.ts';
import { type Bed, moveShape } from '../growth/bed.ts';
import { leaf } from '../growth/leaf.ts';
import { softStem, stemLine } from '../growth/stem.ts';
import { drawBloom } from './bloom.ts';
import type { Species } from './species.ts';
import { leafColour, poseOf, tintOf } from './tint.ts';
import type { Pose, Tint } from './types.ts';

/** What one plant is drawn with. */
export interface Plant {
  readonly species: Species;
  readonly bed: Bed;
  readonly tint: Tint;
  readonly leafTint: string;
  /** Units of the tallest stem. */
  readonly tall: number;
}

interface Stem {
  readonly line: Line;
  readonly rank: number;
}

/** In a landscape: a drift of small plants, the nearer ones lower on the paper and larger. */
export function drawDrift(species: Species, bed: Bed): Shape[] {
  const { box, random, detail } = bed;
  const count = Math.round(4 + 5 * detail);
  return Array.from({ length: count }, (_, i) => {
    const near = i / (count - 1);
    const own = random.fork(`plant-${i}`);
    const height = box.height * (0.42 + 0.24 * near) * between(own, 0.85, 1.1);
    const shapes = drawStalks(species, {
      ...bed,
      random: own,
      detail: detail * 0.5,
      box: { x: 0, y: 0, width: height * 0.7, height },
    });
    const across = ((i * 0.618 + 0.2) % 1) - 0.5 + between(own, -0.08, 0.08);
    const at: Point = [across * box.width * 0.85, box.height * 0.3 * (near - 1)];
    return shapes.map((shape) => moveShape(shape, ([x, y]): Point => [x + at[0], y + at[1]]));
  }).flat();
}

/** A plant of stalks. */
export function drawStalks(species: Species, bed: Bed): Shape[] {
  const { random, box } = bed;
  const tall = Math.min(box.height, box.width * 1.5) * 0.86;
  const plant: Plant = {
    species,
    bed,
    tall,
    tint: tintOf(species, bed, random.fork('tint')),
    leafTint: leafColour(species, bed),
  };
  const stems = growStems(plant, random.fork('stems'));
  const width = Math.max(0.6, species.size * tall * 0.085);
  const stalks = stems.flatMap(({ line, rank }) =>
    softStem(line, width * (1 - 0.07 * rank), shade(plant.leafTint, -0.06)),
  );
  const behind = leavesOf(plant, stems, random.fork('behind'), 0.6);
  const before = leavesOf(plant, stems, random.fork('before'), 0.4);
  const heads = stems.toReversed().flatMap(({ line, rank }) => headOn(plant, line, rank, random.fork(`head-${rank}`)));
  return [...behind, ...stalks, ...before, ...heads];
}

function growStems({ species, bed, tall }: Plant, random: Random): Stem[] {
  const count = Math.max(1, Math.round(species.blooms * (0.45 + 0.55 * bed.detail)));
  const lean = random.next() < 0.5 ? -1 : 1;
  const spread = Math.min(0.5, 0.14 + 0.07 * count);
  return Array.from({ length: count }, (_, rank): Stem => {
    const side = rank === 0 ? lean * 0.35 : (rank % 2 === 1 ? -lean : lean) * between(random, 0.45, 1.15);
    const height = tall * (rank === 0 ? 1 : between(random, 0.52, 0.9));
    const droop = bed.withered ? 0.8 * Math.sign(side || 1) : 0;
    const bendBy = side * spread * 0.8 + bed.wind * 0.45 + droop + between(random, -0.14, 0.14);
    const from: Point = [side * tall * (species.basal ? 0.03 + 0.017 * count : 0.03), -between(random, 0, 0.02) * tall];
    return {
      line: stemLine(
        { from, angle: -Math.PI / 2 + side * spread * 0.55, length: height * 0.92, width: 1, bend: bendBy, colour: '' },
        random,
      ),
      rank,
    };
  });
}

/** Leaves on the stems, or from the ground. */
function leavesOf(plant: Plant, stems: readonly Stem[], random: Random, share: number): Shape[] {
  const { species, bed, tall } = plant;
  if (species.leaf === 'none') return [];
  const long = species.size * tall * species.leafSize;
  const fine = Math.min(1, long / 110);
  if (species.basal) return basalLeaves(plant, stems, long, share, random);
  return stems.flatMap(({ line, rank }) => {
    const count = Math.round((rank === 0 ? 7 : 4) * (0.4 + 0.6 * bed.detail) * share);
    return Array.from({ length: count }, (_, i) => {
      const place = along(line, 0.1 + (0.66 * (i + random.next())) / Math.max(1, count));
      const side = i % 2 === 0 ? -1 : 1;
      return leaf(
        {
          form: species.leaf,
          at: place.at,
          angle: place.angle + side * between(random, 0.55, 1.25),
          length: long * between(random, 0.65, 1.15),
          bend: side * between(random, -0.2, 0.75) + (bed.withered ? side * 0.8 : 0) + bed.wind * 0.3,
          colour: mixHex(plant.leafTint, random.next() < 0.5 ? '#93ab58' : '#2c5246', between(random, 0.05, 0.32)),
          fine,
        },
        random,
      );
    }).flat();
  });
}

function basalLeaves(
  { species, bed, leafTint, tall }: Plant,
  stems: readonly Stem[],
  long: number,
  share: number,
  random: Random,
): Shape[] {
  const strap = species.leaf === 'strap';
  const count = Math.round((3 + 2.2 * stems.length) * share * (0.5 + 0.5 * bed.detail));
  return Array.from({ length: count }, (_, i) => {
    const side = (i % 2 === 0 ? 1 : -1) * between(random, 0.1, 1);
    const root = stems[i % stems.length]!.line[0]!;
    const reach = long * between(random, 0.55, 1.05);
    return leaf(
      {
        form: species.leaf,
        at: [root[0] + side * tall * 0.025, root[1] + between(random, -0.012, 0.02) * tall],
        angle: -Math.PI / 2 + side * (strap ? 0.4 : 1.15),
        length: strap ? Math.min(tall * 0.85, reach) : reach,
        bend:
          side * between(random, strap ? 0.1 : -0.5, strap ? 1 : 0.4) +
          bed.wind * 0.3 +
          (bed.withered ? side * 0.9 : 0),
        colour: mixHex(leafTint, random.next() < 0.5 ? '#8fae62' : '#2f5748', between(random, 0.05, 0.3)),
        fine: Math.min(1, reach / 150),
      },
      random,
    );
  }).flat();
}

/** What a stem carries: a bloom, a spike of small ones, or a round cluster. */
function headOn(plant: Plant, line: Line, rank: number, random: Random): Shape[] {
  const { species, bed, tall } = plant;
  const { at, angle } = along(line, 1);
  if (species.habit === 'spike') return spike(plant, line, rank, random);
  const radius = species.size * tall * (rank === 0 ? 1.12 : between(random, 0.72, 1));
  if (species.habit === 'cluster') return cluster(plant, at, radius, random);
  const bud = rank > 0 && (rank === 2 || random.next() < 0.2);
  const pose = poseOf(
    species,
    bed,
    random,
    at,
    radius,
    bud ? between(random, 0.05, 0.3) : rank === 0 ? 1 : between(random, 0.72, 1),
  );
  const nod = bed.withered ? Math.sign(Math.cos(angle) || 1) * between(random, 0.8, 1.7) : 0;
  return drawBloom(
    species,
    { ...pose, turn: angle + Math.PI / 2 + nod + between(random, -0.2, 0.2) },
    plant.tint,
    random,
  );
}

function spike({ species, bed, tint, leafTint, tall }: Plant, line: Line, rank: number, random: Random): Shape[] {
  const each = species.size * tall;
  const span = species.hanging ? 0.5 : 0.42;
  const count = Math.round((species.hanging ? 7 : 26) * (0.3 + 0.7 * bed.detail));
  return Array.from({ length: count }, (_, i) => {
    const share = i / Math.max(1, count - 1);
    const { at, angle } = along(line, 1 - span + span * share);
    const side = i % 2 === 0 ? -1 : 1;
    const radius = each * (1.15 - 0.55 * share) * between(random, 0.8, 1.15);
    const away = side * each * (species.hanging ? 0.9 : 0.75) * (1 - 0.5 * share) * between(random, 0.3, 1.1);
    const spot: Point = [
      at[0] - Math.sin(angle) * away,
      at[1] + Math.cos(angle) * away + (species.hanging ? each * 0.35 : 0),
    ];
    const open = share > 0.8 ? 0.15 : 0.9;
    const pose: Pose = {
      ...poseOf(species, bed, random, spot, radius, open),
      turn: species.hanging ? Math.PI - side * 0.5 : angle + Math.PI / 2 + side * 0.8,
    };
    const stalk =
      species.hanging && radius > 4
        ? [
            lines('pedicel', 'stem', leafTint, 0.5, [
              mark(
                'branch',
                [at, [(at[0] + spot[0]) / 2, at[1] - each * 0.2], spot],
                each * 0.07,
                0.5,
                undefined,
                leafTint,
              ),
            ]),
          ]
        : [];
    return [
      ...stalk,
      ...drawBloom(
        species,
        pose,
        { ...tint, main: shade(tint.main, between(random, -0.14, 0.16) + rank * 0.01) },
        random,
      ),
    ];
  }).flat();
}

/** Many small blooms on a dome, the lower ones behind and darker. */
function cluster({ species, bed, tint, leafTint }: Plant, at: Point, radius: number, random: Random): Shape[] {
  const each = radius * 0.24;
  const count = Math.round(radius < 9 ? 7 : 14 + 24 * bed.detail);
  const spots = Array.from({ length: count }, (_, i) => {
    const share = Math.sqrt((i + 0.5) / count);
    const turn = i * 2.39996;
    return { x: Math.cos(turn) * share, y: Math.sin(turn) * share, share };
  }).toSorted((a, b) => b.share - a.share);
  const stalks = spots.slice(0, 8).map(({ x, y }) =>
    mark(
      'branch',
      [
        [at[0], at[1] + radius * 0.5],
        [at[0] + x * radius * 0.8, at[1] + y * radius * 0.7],
      ],
      Math.max(0.5, radius * 0.02),
      0.5,
      undefined,
      leafTint,
    ),
  );
  const blooms = spots.flatMap(({ x, y, share }) => {
    const spot: Point = [at[0] + x * radius * 0.92, at[1] + y * radius * 0.78];
    const colour = shade(
      mixHex(tint.main, tint.inner, between(random, 0, 0.35)),
      -0.16 * y - 0.1 * share + between(random, -0.06, 0.08),
    );
    const pose: Pose = {
      at: spot,
      radius: each * between(random, 0.85, 1.15),
      tilt: share * 0.9,
      turn: Math.atan2(y, x) + Math.PI / 2,
      open: bed.bud ? 0.2 : 1,
    };
    return drawBloom(species, pose, { ...tint, main: colour }, random);
  });
  return [lines('pedicels', 'stem', leafTint, 0.5, stalks), ...blooms];
}
