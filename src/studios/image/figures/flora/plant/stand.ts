/** Stems from a line of ground, the nearer lower, bent together by the wind. */
import type { Random } from '../../../../../core/index.ts';
import type { Point } from '../../../raster/index.ts';
import { between } from '../../marks.ts';
import type { Bed } from '../growth/bed.ts';

/** One stand: where it stands, how tall, how near (0 behind … 1 before). */
export interface Stand {
  readonly at: Point;
  readonly tall: number;
  readonly near: number;
}

/** Stands over the width of the box, in uneven clumps, farthest first. */
export function standsOf({ box }: Bed, count: number, random: Random, spread = 0.14): Stand[] {
  const clumps = Array.from({ length: Math.max(1, Math.round(count / 2.5)) }, () => random.next());
  return Array.from({ length: count }, (_, i): Stand => {
    const near = (i + 0.5) / count;
    const middle = clumps[i % clumps.length]!;
    const x = box.width * Math.min(0.98, Math.max(0.02, middle + 0.12 * random.normal() * Math.min(1, count / 8)));
    return {
      at: [x, box.height * spread * (near - 1)],
      tall: box.height * (1 - spread) * between(random, 0.55, 1),
      near,
    };
  });
}

/** Turning of a stem by wind, chance and thirst, radians. */
export const bendOf = (bed: Bed, random: Random, loose: number): number =>
  bed.wind * 0.7 + between(random, -loose, loose) + (bed.withered ? 0.3 : 0);
