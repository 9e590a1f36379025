/** Arms, in sleeves wide or narrow. */
import type { Point } from '../../raster/index.ts';
import { bone, coat } from '../anatomy/index.ts';
import { ellipse, ribbon, smooth } from '../geometry/index.ts';
import { shade } from '../marks.ts';
import { materialOf, SLEEVED } from './dress.ts';
import type { Body } from './types.ts';

/** One arm with its sleeve and hand. */
export function drawArm({ stage, role, pose, skin, colours: [main, trim] }: Body, near: boolean): void {
  if (role.dress === 'swaddle') return;
  const [elbow, hand] = near ? pose.near : pose.far;
  const shoulder: Point = [pose.neck[0] + (near ? -4.6 : 6.2) * (role.stout ?? 1), pose.neck[1] + 6];
  const bare = role.dress === 'bare' || role.dress === 'hide' || role.dress === 'shorts';
  const sleeve = coat(bare ? 'skin' : materialOf(role.dress), shade(bare ? skin : main, near ? 0.06 : -0.14));
  const thick = role.dress === 'spacesuit' ? 1.6 : 1 + ((role.stout ?? 1) - 1) * 0.5;
  stage.fill(
    'hand',
    coat(
      role.dress === 'spacesuit' || role.dress === 'plate' ? 'metal' : 'skin',
      role.dress === 'spacesuit' || role.dress === 'plate' ? shade(main, -0.1) : skin,
    ),
    ellipse(hand, 2.3 * thick, 2.1 * thick),
  );
  if (SLEEVED.includes(role.dress) && !bare) {
    drawWideSleeve();
    return;
  }
  stage.flesh(
    'arm',
    sleeve,
    [
      bone(shoulder, elbow, 3.9 * thick, 3.1 * thick),
      bone(elbow, [hand[0] * 0.88 + elbow[0] * 0.12, hand[1] * 0.88 + elbow[1] * 0.12], 3 * thick, 2.3 * thick),
    ],
    { blend: 2, cells: 36 },
  );
  if (role.dress === 'shorts')
    stage.flesh(
      'sleeve',
      coat('cloth', shade(main, near ? 0 : -0.14)),
      [bone(shoulder, [(shoulder[0] + elbow[0]) / 2, (shoulder[1] + elbow[1]) / 2], 4.4, 3.9)],
      { cells: 24 },
    );

  /** A sleeve as wide as it hangs. */
  function drawWideSleeve(): void {
    const hang = role.sleeves ?? (role.dress === 'hanfu' ? 11 : 9);
    const along = ribbon(smooth([shoulder, elbow, hand], { steps: 4 }), (share) => 3.6 + share * 0.6);
    const [dx, dy] = [hand[0] - elbow[0], hand[1] - elbow[1]];
    const long = Math.hypot(dx, dy) || 1;
    const cuff: Point = [hand[0] - (dx / long) * 1.2, hand[1] - (dy / long) * 1.2];
    const drape = smooth(
      [
        [shoulder[0], shoulder[1] - 3.6],
        [elbow[0] - 1, elbow[1] - 3.4],
        [cuff[0], cuff[1] - 3],
        [cuff[0] + 0.8, cuff[1] + hang * 0.55],
        [cuff[0] - dx * 0.12, cuff[1] + hang],
        [elbow[0], elbow[1] + hang * 0.62],
        [shoulder[0] + 1, shoulder[1] + 7],
      ],
      { closed: true, steps: 5 },
    );
    if (hang < 6) stage.fill('sleeve', sleeve, along);
    else stage.fill('sleeve', sleeve, drape);
    stage.line(
      smooth([
        [cuff[0], cuff[1] - 2.6],
        [cuff[0] + 0.8, cuff[1] + hang * 0.55],
        [cuff[0] - dx * 0.12, cuff[1] + hang * 0.95],
      ]),
      1.8,
      0.85,
      { colour: trim, pressure: [0.7, 1, 0.8] },
    );
    stage.line(
      smooth([
        [elbow[0] + 1, elbow[1]],
        [(elbow[0] + cuff[0]) / 2, (elbow[1] + cuff[1]) / 2 + hang * 0.4],
        [cuff[0] - 2, cuff[1] + hang * 0.7],
      ]),
      0.9,
      0.45,
      { role: 'fold', from: 0.1 },
    );
  }
}
