/** Clothes: robes that fall to the feet, skirts, tunics over trousers, armour; sleeves wide or narrow. */
import type { Point } from '../../raster/index.ts';
import { type Bone, bone, coat, type PartOptions } from '../anatomy/index.ts';
import { ellipse, smooth } from '../geometry/index.ts';
import { shade } from '../marks.ts';
import type { Body } from './types.ts';

const LONG = ['robe', 'hanfu', 'kasaya', 'gown', 'frock', 'coat', 'hide'];
/** Dresses with wide sleeves. */
export const SLEEVED = ['robe', 'hanfu', 'kasaya'];

/** What a dress is made of. */
export const materialOf = (dress: string) =>
  dress === 'plate' || dress === 'armour' ? 'metal' : dress === 'bare' ? 'skin' : dress === 'hide' ? 'fur' : 'cloth';

/** Body from neck to feet, without arms. */
export function drawDress(body: Body): void {
  const { role, pose } = body;
  const long = LONG.includes(role.dress);
  if (role.dress === 'swaddle') {
    drawSwaddle(body);
    return;
  }
  if (pose.seated && long) {
    drawSeated(body);
    return;
  }
  drawLegs(body, long);
  if (long && !pose.astride) drawFalling(body);
  drawTorso(body);
  if (long && !pose.astride) drawCollar(body);
  else drawFront(body);
}

function drawSwaddle({ stage, colours: [main, trim] }: Body): void {
  stage.flesh('swaddle', coat('cloth', main), [bone([-8, -14], [4, -30], 15, 13), bone([4, -13], [10, -13], 13, 11)], {
    blend: 8,
  });
  stage.line('M-14 -30 S0 -18 16 -26', 1.4, 0.4, { role: 'fold', colour: shade(trim, -0.3) });
}

const girth = ({ role: { stout = 1 } }: Body): number => stout;

function torsoBones(body: Body): Bone[] {
  const {
    pose: { hip, neck },
  } = body;
  const wide = girth(body);
  const [dx, dy] = [neck[0] - hip[0], neck[1] - hip[1]];
  const at = (share: number, out = 0): Point => [hip[0] + dx * share + out, hip[1] + dy * share];
  return [
    bone(hip, at(0.42), 7.6 * wide, 6.8 * wide),
    bone(at(0.42), at(0.8), 6.8 * wide, 7.6 * wide),
    bone(at(0.92, -4 * wide), at(0.92, 5.6 * wide), 3.6),
    bone(at(0.96), neck, 3.4, 2.8),
  ];
}

function drawTorso(body: Body): void {
  const { stage, role, colours, skin } = body;
  stage.flesh(
    'neck',
    coat('skin', skin),
    [bone(body.pose.neck, [body.pose.neck[0] + 0.6, body.pose.neck[1] - 5], 2.9)],
    { blend: 1, cells: 24 },
  );
  stage.flesh(
    'torso',
    coat(materialOf(role.dress), role.dress === 'kasaya' ? colours[0] : colours[0]),
    torsoBones(body),
    { blend: 4, cells: 50 },
  );
}

/** A robe or skirt that falls to the feet and trails a little in the wind. */
function drawFalling(body: Body): void {
  const {
    stage,
    role,
    pose: { hip, neck, legs },
    colours: [main, , low],
  } = body;
  const wide = girth(body);
  const [a, b] = [legs[0][1][0], legs[1][1][0]];
  const short = role.dress === 'coat' || role.dress === 'hide' ? -26 : role.dress === 'frock' ? -22 : -3.5;
  const full = role.dress === 'gown' ? 16 : role.dress === 'hanfu' ? 11 : 8.5;
  const [left, right] = [Math.min(a, b, hip[0] - 4) - full * wide, Math.max(a, b, hip[0] + 5) + full * wide * 0.9];
  const waist: Point = [
    hip[0] + (neck[0] - hip[0]) * 0.35,
    hip[1] + (neck[1] - hip[1]) * (role.dress === 'hanfu' ? 0.55 : 0.3),
  ];
  const w = 6.4 * wide;
  const hem = short === -3.5 ? 0 : short;
  const trail = stage.context.composition.wind * 3;
  const outline = smooth(
    [
      [waist[0] - w, waist[1]],
      [hip[0] - 8 * wide, hip[1] + 4],
      [left + 3, hem - 22 + 3],
      [left - trail, short],
      [left + (right - left) * 0.3, short + 2.4],
      [left + (right - left) * 0.55, short + 0.6],
      [left + (right - left) * 0.8, short + 2.2],
      [right - trail, short - 0.6],
      [right - 3, hem - 22],
      [hip[0] + 8.4 * wide, hip[1] + 4],
      [waist[0] + w, waist[1]],
    ],
    { closed: true, steps: 5 },
  );
  const colour = role.dress === 'hanfu' ? (stage.placed.colour ? shade(stage.placed.colour, 0.25) : low) : main;
  stage.fill('skirt', coat(materialOf(role.dress), colour), outline, foldTexture(body));
  for (const [share, from] of [
    [0.28, 0.06],
    [0.5, 0.12],
    [0.72, 0.06],
    [0.4, 0.3],
    [0.62, 0.3],
  ] as const) {
    const x = left + (right - left) * share;
    stage.line(
      smooth([
        [waist[0] + (x - waist[0]) * 0.3, waist[1] + 6],
        [(hip[0] + x * 2) / 3, hip[1] + 20],
        [x - trail * 0.6, short],
      ]),
      1,
      0.5,
      { role: 'fold', from, pressure: [0.2, 0.7, 1, 0.5] },
    );
  }
}

const foldTexture = ({ stage }: Body): PartOptions =>
  stage.detail > 0.5 ? { texture: { kind: 'folds', direction: Math.PI / 2, density: 0.3 } } : {};

/** Crossed collar, sash and a panel down the front; from behind only the sash. */
function drawCollar({ stage, role, pose, pose: { hip, neck }, colours: [main, trim], behind }: Body): void {
  const at = (share: number, out: number): Point => [
    hip[0] + (neck[0] - hip[0]) * share + out,
    hip[1] + (neck[1] - hip[1]) * share,
  ];
  if (role.dress === 'gown' || role.dress === 'frock') {
    stage.line([at(0.28, -6), at(0.26, 0), at(0.28, 6.4)], 1.6, 0.5, { colour: shade(trim, -0.2) });
    return;
  }
  if (role.dress === 'coat') {
    stage.line([at(0.96, 1.5), at(0.3, 2), at(-0.6, 2.4)], 1, 0.6, { colour: shade(main, -0.4) });
    stage.line([at(0.98, -3), at(0.62, 1.6), at(0.98, 5)], 2.2, 0.6, { colour: trim });
    return;
  }
  const edge = { colour: trim, pressure: [0.8, 1, 0.9, 0.7] };
  if (!behind) {
    stage.line([at(1, -2.4), at(0.8, 0), at(0.52, 5)], 2.4, 0.85, edge);
    stage.line([at(1, 4), at(0.86, 2.8), at(0.74, 1.6)], 2.2, 0.85, edge);
  }
  const sash = role.dress === 'hanfu' ? 0.56 : 0.32;
  stage.line(smooth([at(sash, -6.6), at(sash - 0.04, 0), at(sash, 6.8)]), 3.2, 0.85, {
    colour: role.dress === 'kasaya' ? trim : shade(trim, -0.15),
    pressure: [1, 1, 1],
  });
  if (!pose.seated)
    stage.line([at(sash - 0.05, 2.6), at(sash - 0.45, 3.4), at(sash - 0.95, 2.4)], 1.8, 0.8, {
      colour: shade(trim, -0.15),
      from: 0.05,
    });
  if (role.dress === 'kasaya')
    stage.fill(
      'kasaya',
      coat('cloth', trim),
      smooth([at(1, -5), at(0.9, 0), at(0.35, 8), at(0.1, 8), at(0.3, 0), at(0.75, -8)], { closed: true }),
    );
  if (role.badge) stage.fill('badge', coat('cloth', role.badge), ellipse(at(0.64, 1.6), 3.4));
}

function drawFront({ stage, role, pose: { hip, neck }, colours: [main, trim] }: Body): void {
  const at = (share: number, out: number): Point => [
    hip[0] + (neck[0] - hip[0]) * share + out,
    hip[1] + (neck[1] - hip[1]) * share,
  ];
  if (role.dress === 'tunic') {
    const skirt = smooth(
      [at(0.3, -7), at(-0.1, -9), at(-0.42, -11), at(-0.46, 0), at(-0.4, 11), at(-0.1, 9), at(0.3, 7)],
      { closed: true, steps: 4 },
    );
    if (!role.pose.startsWith('cycl')) stage.fill('skirt', coat('cloth', main), skirt);
    stage.line([at(0.28, -7), at(0.26, 0), at(0.28, 7)], 2.8, 0.85, { colour: trim, pressure: [1, 1, 1] });
    stage.line([at(1, -2), at(0.78, 1), at(0.55, 4)], 2, 0.8, { colour: trim });
    return;
  }
  if (role.dress === 'armour') drawArmour({ stage, role, colours: [main, trim] }, at);
  if (role.dress === 'plate')
    for (const share of [0.2, 0.45, 0.7])
      stage.line(smooth([at(share, -7), at(share - 0.05, 1), at(share, 8)]), 1, 0.6);
  if (role.dress === 'spacesuit') {
    stage.fill('panel', coat('metal', '#7f9fb8'), [at(0.75, -3), at(0.75, 6), at(0.5, 6), at(0.5, -3)]);
    for (const [x, colour] of [
      [-1, '#d8412f'],
      [1.5, '#e8c22e'],
      [4, '#5a9a4a'],
    ] as const)
      stage.line([at(0.62, x)], 1.7, 0.9, { colour });
  }
  if (role.apron)
    stage.fill(
      'apron',
      coat('cloth', role.apron),
      smooth([at(0.72, -4), at(0.74, 6), at(0.2, 8), at(-0.5, 8.6), at(-0.5, -8), at(0.2, -7)], {
        closed: true,
        steps: 4,
      }),
    );
  if (role.dress === 'modern') {
    stage.line([at(0.98, 1.6), at(0.5, 2.4), at(0.1, 2)], 1, 0.6, { from: 0.06, colour: shade(main, -0.4) });
    stage.line([at(0.99, -2), at(0.86, 1.6), at(0.99, 5)], 1.8, 0.8, { colour: trim });
  }
}

type At = (share: number, out: number) => Point;

function drawArmour(
  { stage, colours: [main, trim] }: Pick<Body, 'stage' | 'role'> & { colours: readonly [string, string] },
  at: At,
): void {
  stage.fill(
    'skirt',
    coat('metal', main),
    smooth([at(0.2, -8), at(-0.3, -11), at(-0.62, -13), at(-0.66, 0), at(-0.6, 14), at(-0.3, 11), at(0.2, 8)], {
      closed: true,
      steps: 4,
    }),
    { texture: { kind: 'scales', direction: Math.PI / 2, density: 0.6 } },
  );
  for (const share of [-0.05, -0.22, -0.4])
    for (const x of [-8, -4, 0, 4, 8])
      stage.line(smooth([at(share, x - 2), at(share - 0.07, x), at(share, x + 2)]), 0.8, 0.6, { from: 0.06 });
  stage.fill('mirror', coat('metal', trim), ellipse(at(0.66, 1), 4));
  stage.line(smooth([at(0.24, -7.6), at(0.2, 0), at(0.24, 8)]), 3, 0.9, {
    colour: shade(trim, -0.2),
    pressure: [1, 1, 1],
  });
  for (const side of [-1, 1])
    stage.fill('shoulder', coat('metal', trim), ellipse(at(0.92, side * 7.6 + 1), 4.4, 3.6, side * 0.4));
}

function drawLegs(body: Body, long: boolean): void {
  const {
    stage,
    role,
    pose: { hip, legs },
    colours: [main, , low],
    skin,
  } = body;
  const bare = role.dress === 'shorts' || role.dress === 'frock' || role.dress === 'hide' || role.dress === 'bare';
  const covered = role.dress === 'robe' || role.dress === 'hanfu' || role.dress === 'kasaya' || role.dress === 'gown';
  const thick = (role.dress === 'spacesuit' ? 1.5 : 1) * (1 + (girth(body) - 1) * 0.5);
  const colour = role.dress === 'bare' ? skin : bare ? skin : covered ? shade(main, -0.1) : low;
  for (const [i, [knee, foot]] of [...legs.entries()].reverse()) {
    const by = i === 1 ? -0.16 : 0;
    const from: Point = [hip[0] + (i === 1 ? 2.6 : -2.6), hip[1] + 2];
    const leg = coat(bare ? 'skin' : materialOf(role.dress), shade(colour, by));
    if (!covered || body.pose.astride)
      stage.flesh('leg', leg, [bone(from, knee, 5.4 * thick, 4.3 * thick), bone(knee, foot, 4.2 * thick, 3 * thick)], {
        blend: 2,
        cells: 40,
      });
    if (role.dress === 'shorts')
      stage.flesh(
        'shorts',
        coat('cloth', shade(low, by)),
        [bone(from, [(from[0] + knee[0]) / 2, (from[1] + knee[1]) / 2], 6, 5.4)],
        { cells: 26 },
      );
    const shoe = coat(
      'cloth',
      role.dress === 'spacesuit' || role.dress === 'plate' ? shade(main, -0.2) : long && !bare ? '#3a3432' : '#38312e',
    );
    if (!(role.dress === 'hide' || role.dress === 'bare'))
      stage.fill(
        'shoe',
        shoe,
        smooth(
          [
            [foot[0] - 3 * thick, foot[1] + 2],
            [foot[0] - 3, foot[1] - 2.4],
            [foot[0] + 2, foot[1] - 2.6],
            [foot[0] + 7 * thick, foot[1] + 0.6],
            [foot[0] + 7 * thick, foot[1] + 2],
          ],
          { closed: true, steps: 4 },
        ),
      );
    else stage.flesh('foot', leg, [bone(foot, [foot[0] + 6, foot[1] + 0.6], 2.6, 2)], { cells: 20 });
  }
}

/** On the ground: the robe a mound over crossed legs. */
function drawSeated(body: Body): void {
  const {
    stage,
    role,
    pose: { hip, neck, legs },
    colours: [main, , low],
  } = body;
  const wide = girth(body);
  const [near, far] = [legs[0][0], legs[1][0]];
  const lower = role.dress === 'hanfu' ? (stage.placed.colour ? shade(stage.placed.colour, 0.25) : low) : main;
  stage.flesh(
    'lap',
    coat('cloth', lower),
    [
      bone(hip, near, 10 * wide, 6),
      bone(hip, far, 10 * wide, 6),
      bone(near, [0, -5], 6, 5),
      bone(far, [2, -5], 6, 5),
      bone([near[0] - 2, -3.4], [far[0] + 2, -3.4], 3.4),
    ],
    { blend: 7, cells: 56 },
  );
  for (const [a, b] of [
    [near, [4, -5]],
    [far, [-2, -4]],
  ] as const)
    stage.line(
      smooth([
        [hip[0] + (a[0] - hip[0]) * 0.3, hip[1] - 2],
        [a[0] * 0.7, a[1] - 1],
        [b[0], b[1]],
      ]),
      1.1,
      0.5,
      { role: 'fold' },
    );
  stage.line(
    smooth([
      [near[0] - 2, -3],
      [-6, -1.5],
      [8, -2],
      [far[0], -3],
    ]),
    1,
    0.5,
    { role: 'fold', from: 0.1 },
  );
  drawTorso(body);
  drawCollar({ ...body, pose: { ...body.pose, hip: [hip[0], hip[1] - (hip[1] - neck[1]) * 0.02] } });
}
