/** Trees: grown by rule, dressed by season. */
import type { Random } from '../../../../core/index.ts';
import type { Box, Placed } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import { between, mark, PRESSURE, shade, surface } from '../marks.ts';
import type { Drawer, DrawingContext, Shape, Stroke } from '../types.ts';
import { bambooGrove } from './bamboo.ts';
import { blossom, clumps, fir, flame, fronds, type Leafing, pads, snowCaps, snowOn, strands } from './foliage.ts';
import { type Branch, branchOutline, growTree } from './grow.ts';
import { dressOf, SPECIES, type Species } from './species.ts';

/** Grows in units of height, then fits the box: root on its foot, crown at its top. */
const drawTree: Drawer = (placed, context) => {
  const species = SPECIES[placed.element] ?? SPECIES.tree!;
  if (species.foliage === 'stand') return drawStand(placed, context);
  return fitted(growShapes(placed, species, context), placed);
};

function growShapes(placed: Placed, species: Species, { composition, random, detail }: DrawingContext): Shape[] {
  const dress = dressOf(placed, species, composition);
  const wind = composition.wind * (placed.mirrored ? -1 : 1);
  const branches = growTree(species, random.fork('growth'), wind);
  const leafing: Leafing = { random: random.fork('leaves'), colour: dress.leaf ?? species.leaf, detail, wind };
  if (species.foliage === 'bamboo') return bambooGrove(leafing, species.bark);
  const wood =
    species.foliage === 'flame' || species.foliage === 'fir'
      ? [trunkOf(branches[0]!, species, random, detail)]
      : woodOf(branches, species, random, detail);
  const leaves = dress.leaf === undefined ? [] : leavesOf(species, branches, leafing, dress.blossoming);
  const fruit =
    species.fruit && dress.leaf !== undefined && detail > 0.3 ? [fruitOn(branches, species.fruit, random)] : [];
  const caps = dress.snowy && !dress.blossoming ? snowCaps(leaves, random.fork('snow')) : [];
  return [...wood, ...leaves, ...fruit, ...(dress.snowy ? [...caps, snowOn(branches, random)] : [])];
}

function leavesOf(species: Species, branches: readonly Branch[], leafing: Leafing, blossoming: boolean): Shape[] {
  switch (species.foliage) {
    case 'pads':
      return pads(branches, leafing);
    case 'strands':
      return strands(branches, leafing);
    case 'blossom':
      return blossoming ? blossom(branches, leafing) : clumps(branches, leafing);
    case 'flame':
      return flame(species.trunk, leafing, 0.16);
    case 'fir':
      return fir(leafing);
    case 'fronds':
      return fronds(branches[0]!.points.at(-1)!, leafing, species.trunk < 0.5);
    case 'stump':
      return [];
    default:
      return clumps(branches, leafing);
  }
}

/** Trunk and thick branches as surfaces, thin ones as strokes. */
function woodOf(branches: readonly Branch[], species: Species, random: Random, detail: number): Shape[] {
  const thick = branches.filter(({ widths }, i) => i === 0 || widths[0] > 0.022);
  const thin = branches.filter((branch) => !thick.includes(branch));
  const twigs = thin.map(
    ({ points, widths }): Stroke =>
      mark('branch', points, widths[0] * 1.1, 0.8, PRESSURE.hemp, shade(species.bark, -0.1)),
  );
  const roots = species.roots ? airRoots(branches, random, species.bark) : [];
  return [
    surface('twigs', [], 'bark', species.bark, 0.7, { strokes: [...roots, ...twigs] }),
    ...thick.toReversed().map((branch) => trunkOf(branch, species, random, detail)),
  ];
}

function trunkOf(branch: Branch, { bark, gnarl, foliage }: Species, random: Random, detail: number): Shape {
  const outline = branchOutline(branch, () => (random.next() - 0.5) * gnarl * 0.5);
  const count = Math.round((branch.order === 0 ? 26 : 8) * detail);
  const texture = Array.from({ length: count }, (): Stroke => {
    const [x, y] = branch.points[1 + random.integer(branch.points.length - 1)]!;
    const wide = branch.widths[0] * 0.4;
    const at: Point = [x + between(random, -wide, wide), y + between(random, -0.02, 0.02)];
    const ring = foliage === 'pads' || bark === '#e4e0d6';
    return ring
      ? mark(
          'texture',
          [
            [at[0] - wide * 0.3, at[1]],
            [at[0], at[1] + wide * 0.22],
            [at[0] + wide * 0.3, at[1]],
          ],
          0.004,
          0.6,
          PRESSURE.taper,
          bark === '#e4e0d6' ? '#3a3632' : undefined,
        )
      : mark('texture', [at, [at[0] + between(random, -0.006, 0.006), at[1] - 0.035]], 0.005, 0.5, PRESSURE.hemp);
  });
  return surface(branch.order === 0 ? 'trunk' : 'limb', outline, 'bark', bark, bark === '#e4e0d6' ? 0.12 : 0.6, {
    form: 'round',
    strokes: texture,
  });
}

function airRoots(branches: readonly Branch[], random: Random, bark: string): Stroke[] {
  return branches
    .filter(({ order }) => order === 1 || order === 2)
    .map(({ points }): Stroke => {
      const [x, y] = random.pick(points.slice(2));
      return mark(
        'branch',
        [
          [x, y],
          [x + between(random, -0.01, 0.01), y * 0.5],
          [x + between(random, -0.02, 0.02), Math.min(-0.02, y * between(random, 0, 0.3))],
        ],
        0.006,
        0.6,
        PRESSURE.thread,
        bark,
      );
    });
}

function fruitOn(branches: readonly Branch[], colour: string, random: Random): Shape {
  const tips = branches.filter(({ tip }) => tip).map(({ points }) => points.at(-1)!);
  const strokes = tips.flatMap(([x, y]) =>
    random.next() < 0.6
      ? [
          mark(
            'detail',
            [[x + between(random, -0.05, 0.05), y + between(random, 0, 0.06)]],
            0.022,
            0.6,
            undefined,
            shade(colour, between(random, -0.1, 0.15)),
          ),
        ]
      : [],
  );
  return surface('fruit', [], 'fruit', colour, 0.5, { strokes });
}

/** Scales shapes of height 1 to a box; never wider than the box by more than a fifth. */
function fitted(shapes: readonly Shape[], { box, mirrored }: Placed): Shape[] {
  const all = shapes.flatMap(({ outline, strokes }) => [...outline, ...strokes.flatMap(({ points }) => points)]);
  const top = Math.min(-0.2, ...all.map(([, y]) => y));
  const [left, right] = [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))];
  const scale = box.height / -top;
  const across = Math.min(scale, (box.width * 1.2) / (right - left || 1));
  const middle = box.x + box.width / 2;
  const flip = mirrored ? -1 : 1;
  const put = ([x, y]: Point): Point => [middle + flip * x * across, box.y + box.height + y * scale];
  return shapes.map((shape) => ({
    ...shape,
    outline: shape.outline.map(put),
    strokes: shape.strokes.map((stroke) => ({
      ...stroke,
      points: stroke.points.map(put),
      width: stroke.width * scale,
    })),
  }));
}

/** Many trees, the far ones small and pale in mist. */
function drawStand(placed: Placed, context: DrawingContext): Shape[] {
  const { box } = placed;
  const { random, detail } = context;
  const kinds =
    context.composition.season === 'winter' ? ['pine', 'bare-tree', 'tree'] : ['tree', 'tree', 'pine', 'maple'];
  const count = Math.round(5 + 6 * detail);
  return Array.from({ length: count }, (_, i): Shape[] => {
    const near = (i + 0.5) / count;
    const height = box.height * (0.5 + 0.5 * near) * between(random, 0.8, 1.05);
    const own: Box = {
      x: box.x + between(random, -0.05, 0.95) * box.width,
      y: box.y + box.height * (0.82 + 0.18 * near) - height,
      width: height * 0.75,
      height,
    };
    const element = kinds[random.integer(kinds.length)]!;
    const species = SPECIES[element]!;
    const faint = { ...context, random: random.fork(`tree-${i}`), detail: Math.min(0.08, detail * 0.2) };
    const shapes = fitted(growShapes({ ...placed, element, mirrored: random.next() < 0.5 }, species, faint), {
      ...placed,
      box: own,
    });
    const fade = 0.35 + 0.65 * near;
    return shapes.map((shape) => ({
      ...shape,
      tone: shape.tone * fade,
      strokes: shape.strokes.map((stroke) => ({ ...stroke, tone: stroke.tone * fade })),
    }));
  }).flat();
}

export const TREES: Readonly<Record<string, Drawer>> = Object.fromEntries(
  Object.keys(SPECIES).map((id) => [id, drawTree]),
);

export const TREES_KINDS = { tree: drawTree } as const;
