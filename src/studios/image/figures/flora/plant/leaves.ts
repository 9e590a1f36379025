/** Leaves alone: on a twig, or fallen and still falling. */
import { mixHex, type Point } from '../../../raster/index.ts';
import { along, wander } from '../../geometry/index.ts';
import { between, shade } from '../../marks.ts';
import { LEAVES } from '../../season.ts';
import type { Shape } from '../../types.ts';
import { type Bed, moveShape } from '../growth/bed.ts';
import { type LeafForm, leaf } from '../growth/leaf.ts';
import { softStem } from '../growth/stem.ts';

const KINDS_OF_LEAF: readonly LeafForm[] = ['ovate', 'toothed', 'maple', 'heart', 'ovate', 'lance'];
const AUTUMN = ['#c4702c', '#b5482c', '#d09a35', '#9a5b33', '#cfae4a'];

/** A twig with its leaves, in the colours of the season. */
export function drawLeaves(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const size = Math.min(box.height, box.width);
  const autumn = bed.season === 'autumn' || bed.withered;
  const form = random.pick(KINDS_OF_LEAF);
  const side = random.next() < 0.5 ? -1 : 1;
  const twig = wander([0, 0], size * 0.95, 16, (t) => -Math.PI / 2 + side * (0.85 - 0.5 * t));
  const count = Math.round(4 + 6 * detail);
  const leaves = Array.from({ length: count }, (_, i) => {
    const last = i === count - 1;
    const { at, angle } = along(twig, last ? 1 : 0.16 + (0.8 * i) / count);
    const way = last ? 0 : i % 2 === 0 ? -1 : 1;
    const colour = bed.colour ?? (autumn ? random.pick(AUTUMN) : LEAVES[bed.season]);
    return leaf(
      {
        form,
        at,
        angle: angle + way * between(random, 0.55, 1) + (bed.withered ? way * 0.4 : 0),
        length: size * between(random, 0.24, 0.36),
        bend: way * between(random, -0.2, 0.5),
        colour: mixHex(colour, autumn ? '#d8b45a' : '#2f5f46', random.next() * 0.3),
        fine: detail,
      },
      random,
    );
  });
  return [...softStem(twig, Math.max(0.7, size * 0.012), '#6d5a42', 'twig'), ...leaves.flat()];
}

/** Leaves of several trees on the ground, flat and overlapping, some still turning in the air. */
export function drawFallenLeaves(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const count = Math.round(7 + 32 * detail);
  const least = Math.min(box.width, box.height);
  return Array.from({ length: count }, (_, i) => {
    const aloft = i % 4 === 0;
    const y = aloft ? between(random, 0, 0.7) : 0.72 + 0.26 * random.next();
    const at: Point = [box.x + box.width * between(random, 0.04, 0.96), box.y + box.height * y];
    const length = Math.max(2.5, least * between(random, 0.09, 0.16) * (aloft ? 0.9 : 0.6 + 0.5 * y));
    const colour = shade(bed.colour ?? random.pick(AUTUMN), between(random, -0.15, 0.12));
    const flat = aloft ? between(random, 0.5, 1) : between(random, 0.38, 0.55);
    const drawn = leaf(
      {
        form: random.pick(KINDS_OF_LEAF),
        at: [0, 0],
        angle: random.next() * 6.28,
        length,
        bend: between(random, -0.7, 0.7),
        colour,
        fine: Math.min(1, length / 60),
      },
      random,
    );
    return drawn.map((shape) => moveShape(shape, ([x, py]): Point => [at[0] + x, at[1] + py * flat]));
  }).flat();
}
