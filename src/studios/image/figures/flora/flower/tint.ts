/** Colours of one plant and poses of its blooms. */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { between, shade } from '../../marks.ts';
import { type Bed, faded } from '../growth/bed.ts';
import type { Species } from './species.ts';
import type { Pose, Tint } from './types.ts';

/** The colour asked for, or one of the species'. */
export function tintOf(species: Species, bed: Bed, random: Random): Tint {
  const own = bed.colour ?? random.pick(species.colours);
  const inner = bed.colour ? mixHex(species.inner, shade(bed.colour, 0.35), 0.45) : species.inner;
  return {
    main: faded(bed, own),
    inner: faded(bed, inner),
    heart: faded(bed, species.heartColour, 0.4),
    sepal: faded(bed, species.habit === 'branch' ? mixHex(species.leafColour, '#7a3f3a', 0.5) : species.leafColour),
  };
}

/** Leaves by season. */
export const leafColour = (species: Species, bed: Bed): string =>
  faded(bed, bed.season === 'autumn' ? mixHex(species.leafColour, '#94803f', 0.22) : species.leafColour);

/** A bloom at a place; buds are small and seen from the side, withered ones hang. */
export function poseOf(species: Species, bed: Bed, random: Random, at: Point, radius: number, open: number): Pose {
  const [low, high] = species.tilt;
  const closed = bed.bud ? Math.min(open, 0.12) : open;
  const tilt = (between(random, low, high) * closed + 80 * (1 - closed)) * (Math.PI / 180);
  return { at, radius: radius * (0.55 + 0.45 * closed), tilt, turn: between(random, -0.5, 0.5), open: closed };
}
