/** The wing of a horse that flies: three rows of feathers, raised. */
import type { Point } from '../../raster/index.ts';
import { coat } from '../anatomy/index.ts';
import { petal, smooth } from '../geometry/index.ts';
import { shade } from '../marks.ts';
import type { Beast } from './beast.ts';

/** Draws the wing beyond the body, or the one before it. */
export function drawWing({ stage, build, posture: { chest }, skin }: Beast, far: boolean): void {
  const colour = stage.placed.colour ? skin.colour : build.wings!;
  const root: Point = [chest[0] - (far ? 2 : 12), chest[1] - 12];
  const own = coat('feather', far ? shade(colour, -0.18) : colour);
  for (const [count, length, spread] of [
    [9, 78, 1],
    [7, 50, 0.9],
    [5, 30, 0.75],
  ] as const) {
    for (let i = 0; i < count; i++) {
      const t = i / (count - 1);
      const angle = -Math.PI * (0.42 + 0.5 * spread * (1 - t)) + (far ? 0.25 : 0);
      const at: Point = [root[0] - 24 * (1 - t) * 0.4 + 5 * t, root[1] - 18 * t];
      stage.fill(
        'wing',
        own,
        petal(at, angle, length * (0.62 + 0.38 * t), length * 0.2, { bend: -0.12, point: 0.3, widest: 0.7 }),
      );
    }
  }
  stage.fill(
    'shoulder',
    own,
    smooth(
      [
        [root[0] - 10, root[1] + 4],
        [root[0] - 8, root[1] - 14],
        [root[0] + 6, root[1] - 26],
        [root[0] + 11, root[1] - 14],
        [root[0] + 6, root[1] + 6],
      ],
      { closed: true },
    ),
  );
}
