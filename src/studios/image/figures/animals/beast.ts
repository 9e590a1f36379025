/** What the parts of an animal are drawn from. */
import { type Bone, bone, type Coat, type Stage } from '../anatomy/index.ts';
import type { Build } from './build.ts';
import type { Posture } from './posture.ts';

/** An animal on its way to paper. */
export interface Beast {
  readonly stage: Stage;
  readonly build: Build;
  readonly posture: Posture;
  readonly skin: Coat;
}

/** Bones of the trunk with humps. */
export function trunkBones({ trunk: [rc, rb, rr], humps = [] }: Build, { chest, belly, rump }: Posture): Bone[] {
  const grown = humps.map(([share, height]): Bone => {
    const x = rump[0] + (chest[0] - rump[0]) * share;
    const y = rump[1] + (chest[1] - rump[1]) * share - rb;
    return bone([x, y], [x, y - height * 0.72], 15, height * 0.3);
  });
  return [bone(rump, belly, rr, rb), bone(belly, chest, rb, rc), ...grown];
}
