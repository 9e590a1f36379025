/** People who are more than one, mounted, or lying. */

import type { Placed } from '../../composition/index.ts';
import { createStage, type Stage } from '../anatomy/index.ts';
import { BUILDS, drawBeast } from '../animals/index.ts';
import { between, shade } from '../marks.ts';
import type { Drawer, DrawingContext, Shape } from '../types.ts';
import { drawPerson } from './person.ts';
import { ROLES, type Role, roleIn } from './role.ts';

/** The drawer of a role. */
export const personOf =
  (role: Role): Drawer =>
  (placed, context) => {
    const own = roleIn(role, placed.states);
    if (own.mount) return drawMounted(own, own.mount, placed, context);
    const flying = placed.states.includes('flying') || placed.states.includes('floating');
    const stage = createStage(placed, context, {
      height: own.dress === 'swaddle' ? 60 : 104,
      slack: 1.7,
      afloat: flying,
    });
    if (placed.states.includes('lying') || placed.states.includes('sleeping')) drawLying(stage, own);
    else if (placed.states.includes('leaning')) stage.within({ turn: 0.16 }, () => drawPerson(stage, own));
    else drawPerson(stage, own);
    const isAlone = !context.composition.placed.some(({ element }) => element === own.beside);
    if (own.beside && isAlone && !SEATED.some((state) => placed.states.includes(state))) drawBeside(stage, own.beside);
    return stage.finish();
  };

/** Who rides, sits or lies has no animal led along. */
const SEATED = ['mounted', 'sitting', 'lying', 'sleeping'];

/** On the back, the head a little raised. */
function drawLying(stage: Stage, role: Role): void {
  const { props: _, hat: __, ...rest } = role;
  stage.within({ at: [42, -9], turn: -Math.PI / 2 + 0.06 }, () => drawPerson(stage, { ...rest, pose: 'standing' }));
}

/** An animal led or herded, small beside its keeper. */
function drawBeside(stage: Stage, id: string): void {
  const build = BUILDS[id];
  if (build) stage.within({ at: [46, 0], scale: 0.34 }, () => void drawBeast(withoutColour(stage), build, 'standing'));
}

const withoutColour = (stage: Stage): Stage => ({ ...stage, placed: { ...stage.placed, colour: undefined } });

function drawMounted(role: Role, mount: string, placed: Placed, context: DrawingContext): Shape[] {
  const build = BUILDS[mount] ?? BUILDS.horse!;
  const stage = createStage(placed, context, { height: 172, slack: 2.7 });
  const gait = placed.states.includes('running')
    ? 'running'
    : placed.states.includes('standing')
      ? 'standing'
      : 'walking';
  const { rump, chest } = drawBeast(withoutColour(stage), build, gait);
  const seat = [rump[0] * 0.35 + chest[0] * 0.65 - 6, (rump[1] + chest[1]) / 2 - build.trunk[1] + 4] as const;
  stage.within({ at: [seat[0], seat[1] + 46 * 0.92], scale: 0.92 }, () =>
    drawPerson(stage, { ...role, pose: 'riding' }),
  );
  stage.line(
    [
      [seat[0] + 13, seat[1] - 9],
      [chest[0] + 34, chest[1] - 40],
    ],
    1.2,
    0.9,
    { colour: '#3a2a20', from: 0.03 },
  );
  return stage.finish();
}

interface Member {
  readonly role: string;
  readonly x: number;
  readonly flip?: boolean;
}

/** Several side by side. */
const together =
  (members: readonly Member[], slack: number): Drawer =>
  (placed, context) => {
    const stage = createStage(placed, context, { height: 104, slack });
    const embracing = placed.states.includes('embracing');
    const seated = placed.states.includes('sitting');
    for (const { role, x, flip = false } of members) {
      const own = ROLES[role]!;
      const posed = embracing ? { ...own, pose: 'embracing' } : seated ? { ...own, pose: 'sitting' } : own;
      stage.within({ at: [embracing ? x * 0.72 : x * (seated ? 1.5 : 1), 0], flip }, () =>
        drawPerson(stage, posed, undefined),
      );
    }
    return stage.finish();
  };

export const drawCouple = together(
  [
    { role: 'man', x: -12 },
    { role: 'woman', x: 13, flip: true },
  ],
  1.9,
);
export const drawFamily = together(
  [
    { role: 'father', x: -24 },
    { role: 'woman', x: 24, flip: true },
    { role: 'child', x: 0 },
  ],
  2.4,
);

/** Rows of people, the farther higher and smaller. */
export const drawCrowd: Drawer = (placed, context) => {
  const { random } = context;
  const stage = createStage(placed, { ...context, detail: context.detail * 0.5 }, { height: 116, slack: 3.4 });
  const kinds = ['man', 'woman', 'person', 'old-man', 'scholar', 'child', 'farmer', 'girl'];
  const tints = ['#5c7487', '#a8584a', '#7d8a5c', '#c9a25c', '#7a6a8a', '#4f6a80', '#b5808a'];
  for (const [row, count] of [
    [0, 8],
    [1, 7],
    [2, 6],
  ] as const) {
    for (let i = 0; i < count; i++) {
      const role = ROLES[random.pick(kinds)]!;
      const x = (i - (count - 1) / 2) * 25 + between(random, -5, 5);
      const tint = shade(placed.colour ?? random.pick(tints), between(random, -0.12, 0.12));
      const { props: _, ...plain } = role;
      stage.within({ at: [x, -22 + row * 11], scale: 0.72 + row * 0.05, flip: random.next() < 0.4 }, () =>
        drawPerson(stage, { ...plain, pose: random.next() < 0.3 ? 'walking' : 'standing' }, tint),
      );
    }
  }
  return stage.finish();
};

/** Two under one lion's skin, at a feast. */
export const drawLionDance: Drawer = (placed, context) => {
  const stage = createStage(placed, context, { height: 130, slack: 2.6 });
  const lion = BUILDS['fu-dog']!;
  const colour = placed.colour ?? '#d8412f';
  drawBeast(
    stage,
    {
      ...lion,
      coat: colour,
      under: '#f2c94a',
      socks: '#f2c94a',
      material: 'fur',
      tailColour: '#f2c94a',
      pattern: ['dots', '#f2c94a'],
      face: { ears: 'round', patch: '#fbf3dc', mane: '#f2b92e', marks: 'fierce', eye: '#2a2522' },
    },
    'walking',
  );
  return stage.finish();
};
