/**
 * One bird for all: a body on its axis, neck and head, folded or spread wings, the tail and legs of its kind.
 *
 *   flying (wings up, level or down) · standing · perched · swimming · sleeping; far away two strokes remain
 */
import type { Point } from '../../raster/index.ts';
import { bone, chain, coat, createStage, type Stage } from '../anatomy/index.ts';
import { ellipse, petal, ribbon, smooth } from '../geometry/index.ts';
import { PRESSURE, shade } from '../marks.ts';
import type { Drawer } from '../types.ts';
import { drawBirdHead } from './bird-head.ts';
import { drawBirdTail } from './bird-tail.ts';
import { PLUMAGES, type Plumage } from './plumage.ts';
import type { Bird } from './types.ts';
import { drawFoldedWing, drawSpreadWing } from './wings.ts';

const GROUNDED = ['perched', 'standing', 'walking', 'sitting', 'sleeping', 'singing'];

/** The drawer of a plumage of the table. */
export const birdOf =
  (plumage: Plumage): Drawer =>
  (placed, context) => {
    const { states, box } = placed;
    const doing = states.includes('flying')
      ? 'flying'
      : states.includes('swimming') || states.includes('floating')
        ? 'swimming'
        : (states.find((state) => GROUNDED.includes(state)) ?? plumage.usual ?? 'flying');
    const flying = doing === 'flying';
    const stage = createStage(placed, context, {
      height: flying ? Math.max(84, plumage.span * 1.05) : plumage.tall,
      slack: 1.15,
      afloat: flying,
    });
    if (flying && Math.sqrt(box.width * box.height) < 27) drawFarWings(stage, plumage);
    else drawBird(stage, plumage, doing);
    return stage.finish();
  };

/** Two strokes of the brush. */
function drawFarWings(stage: Stage, { coat: own, span }: Plumage): void {
  const { random } = stage.context;
  const up = 10 + 14 * random.next();
  const colour = stage.placed.colour ?? shade(own, -0.35);
  const reach = 30 + span * 0.25;
  stage.line(
    smooth([
      [0, 0],
      [-reach * 0.3, -up * 0.9],
      [-reach, -up * 0.55],
    ]),
    6,
    0.85,
    { colour, pressure: PRESSURE.hemp },
  );
  stage.line(
    smooth([
      [0, 0],
      [reach * 0.25, -up],
      [reach * 0.85, -up * 0.9],
    ]),
    6,
    0.85,
    { colour, pressure: PRESSURE.hemp },
  );
}

function drawBird(stage: Stage, plumage: Plumage, doing: string): void {
  const bird = postured(stage, plumage, doing);
  const { flying, swimming } = bird;
  const lift = 1 - 0.6 * stage.context.random.next();
  if (flying) drawSpreadWing(bird, lift, true);
  drawBirdTail(bird);
  if (!swimming) drawBirdLegs(bird, doing === 'walking');
  drawBirdBody(bird);
  drawBirdHead(bird);
  if (flying) drawSpreadWing(bird, lift, false);
  else drawFoldedWing(bird);
  if (swimming) drawWake(bird);
  if (doing === 'perched') drawPerch(bird);
}

function postured(stage: Stage, plumage: Plumage, doing: string): Bird {
  const {
    body: [length, thick, degrees],
    neck: [long, rise, radius],
    curve = 0,
    legs,
    head,
  } = plumage;
  const flying = doing === 'flying';
  const swimming = doing === 'swimming';
  const asleep = doing === 'sleeping';
  const tilt = ((flying ? Math.min(degrees, 8) : swimming ? Math.min(degrees, 10) : degrees) * Math.PI) / 180;
  const legged = doing === 'perched' || doing === 'sitting' ? Math.min(legs, 9) : legs;
  const middle: Point = [0, flying ? 0 : swimming ? -thick * 0.55 : -(legged + thick * 0.92)];
  const half = length * 0.32;
  const [ux, uy] = [Math.cos(tilt), -Math.sin(tilt)];
  const breast: Point = [middle[0] + ux * half, middle[1] + uy * half];
  const vent: Point = [middle[0] - ux * half, middle[1] - uy * half];
  const waders = plumage.shape === 'broad' && long > 30;
  const angle = ((flying ? (waders ? 12 : rise * 0.35) : rise) * Math.PI) / 180;
  const root: Point = [breast[0] + thick * 0.4 * Math.cos(angle), breast[1] - thick * (flying ? 0.15 : 0.5)];
  const bend = flying ? curve * 0.25 : curve;
  const reach = asleep ? long * 0.25 : long + head * 0.6;
  const at = (share: number, out: number): Point => [
    root[0] + Math.cos(angle) * reach * share + Math.sin(angle) * out * long,
    root[1] - Math.sin(angle) * reach * share + Math.cos(angle) * out * long,
  ];
  // An S: first forward, then back, the head before.
  const neck = asleep
    ? [root, [root[0] - thick * 0.2, root[1] - thick * 0.35] as Point]
    : smooth([root, at(0.28, bend * 0.75), at(0.58, -bend * 0.25), at(0.86, -bend * 0.5), at(1, -bend * 0.1)], {
        steps: 4,
      });
  const skin = coat('feather', stage.placed.colour ?? plumage.coat);
  const wing = stage.placed.colour
    ? shade(stage.placed.colour, plumage.wing > plumage.coat ? 0.12 : -0.18)
    : plumage.wing;
  return {
    stage,
    plumage,
    flying,
    swimming,
    asleep,
    breast,
    vent,
    neck,
    head: neck.at(-1)!,
    skin,
    wing: radius > 0 ? wing : plumage.wing,
  };
}

function drawBirdBody({ stage, plumage, breast, vent, neck, head, skin }: Bird): void {
  const {
    body: [length, thick, degrees],
    neck: [long, , radius],
    neckColour,
    belly,
    breast: chestColour,
  } = plumage;
  const back: Point = [
    vent[0] - (breast[0] - vent[0]) * 0.42,
    vent[1] - (breast[1] - vent[1]) * 0.42 - (degrees > 30 ? 0 : 2),
  ];
  const trunk = chain([back[0], back[1], thick * 0.3], [vent[0], vent[1], thick * 0.78], [breast[0], breast[1], thick]);
  const r = (share: number): number =>
    radius + (thick * 0.72 - radius) * Math.max(0, 1 - share * (long > 30 ? 4.5 : 2.2));
  const last = neck.length - 1;
  const throat = neck.slice(1).map((at, i) => bone(neck[i]!, at, r(i / last), r((i + 1) / last)));
  const top = bone(head, head, plumage.head);
  const blend = Math.max(3, thick * 0.4);
  if (neckColour && long > 10) {
    stage.flesh('body', skin, trunk, { blend });
    stage.flesh(
      'neck',
      coat('feather', stage.placed.colour ? shade(stage.placed.colour, -0.25) : neckColour),
      [...throat, top],
      { blend: 3, cells: 70 },
    );
  } else stage.flesh('body', skin, [...trunk, ...throat, top], { blend });
  const texture = { lined: false, softness: 0.12 };
  if (belly) {
    const low = (at: Point, down: number): Point => [at[0], at[1] + thick * down];
    stage.flesh(
      'belly',
      coat('feather', belly),
      [bone(low(vent, 0.42), low(breast, 0.28), thick * 0.42, thick * 0.66)],
      { ...texture, cells: 40 },
    );
  }
  if (chestColour)
    stage.fill(
      'breast',
      coat('feather', chestColour),
      ellipse([breast[0] + thick * 0.25, breast[1] + thick * 0.1], thick * 0.72, thick * 0.82),
      texture,
    );
  if (plumage.collar)
    stage.line([neck[1] ?? head, [(neck[1]?.[0] ?? 0) + 0.1, neck[1]?.[1] ?? 0]], radius * 2.1, 0.9, {
      colour: plumage.collar,
      pressure: [1],
    });
  if (plumage.streaks) drawStreaks(stage, breast, vent, thick, length, plumage.streaks);
}

function drawStreaks(stage: Stage, breast: Point, vent: Point, thick: number, length: number, colour: string): void {
  const { random } = stage.context;
  for (let i = 0; i < 16; i++) {
    const t = random.next();
    const x = vent[0] + (breast[0] - vent[0]) * t;
    const y = vent[1] + (breast[1] - vent[1]) * t + thick * (random.next() * 1.3 - 0.5);
    stage.line(
      [
        [x, y],
        [x - length * 0.06, y + 2.4],
      ],
      1.5,
      0.6,
      { colour, from: 0.08, pressure: PRESSURE.leaf },
    );
  }
}

function drawBirdLegs({ stage, plumage, vent, breast, flying }: Bird, walking: boolean): void {
  const {
    legs,
    legColour = '#8d6f4a',
    body: [length, thick],
    thick: stout,
    oneLeg,
  } = plumage;
  if (legs === 0) return;
  const width = stout ? 5 : Math.max(2, Math.min(3.2, legs * 0.12 + 1));
  if (flying) {
    if (legs < 22) return;
    for (const y of [1, 4])
      stage.line(
        [
          [vent[0] - 4, vent[1] + thick * 0.4],
          [vent[0] - length * 0.4 - legs * 0.7, vent[1] + thick * 0.25 + y],
        ],
        width,
        0.9,
        { colour: legColour, pressure: [1, 0.8, 0.8, 0.5] },
      );
    return;
  }
  const hip: Point = [vent[0] * 0.55 + breast[0] * 0.45, vent[1] * 0.55 + breast[1] * 0.45 + thick * 0.75];
  for (const [i, dx] of [6, -3].entries()) {
    const far = i === 0;
    const stride = walking ? (far ? 12 : -12) : dx;
    const lifted = oneLeg && far;
    const knee: Point = [hip[0] + stride * 0.4 - legs * (legs > 40 ? 0.02 : 0.1), hip[1] * 0.5];
    const foot: Point = lifted ? [knee[0] + 12, knee[1] + 6] : [hip[0] + stride, 0];
    const colour = far ? shade(legColour, -0.25) : legColour;
    if (plumage.trousers)
      stage.fill(
        'trousers',
        coat('feather', shade(plumage.coat, far ? -0.3 : -0.1)),
        petal([hip[0] + dx * 0.5, hip[1] - thick * 0.4], Math.PI / 2, legs * 0.75 + thick * 0.4, thick * 0.8, {
          foot: 0.7,
          widest: 0.3,
        }),
      );
    stage.line([[hip[0] + dx * 0.4, hip[1] - 3], knee, foot], width, 0.95, { colour, pressure: [1, 0.9, 0.9, 0.9] });
    if (lifted) continue;
    const toe = Math.max(5, legs * 0.18 + 3);
    for (const [tx, ty] of [
      [toe, 0.6],
      [toe * 0.75, -2.4],
      [-toe * 0.5, 0.6],
    ] as const)
      stage.line([foot, [foot[0] + tx, foot[1] + ty * 0.4]], width * 0.75, 0.95, { colour, pressure: [1, 0.9, 0.4] });
  }
}

function drawWake({
  stage,
  plumage: {
    body: [length, thick],
  },
}: Bird): void {
  const half = length * 0.72;
  stage.fill(
    'water',
    coat('water', '#a9c3cc'),
    smooth(
      [
        [-half, 0],
        [-half * 0.6, -3],
        [0, -1.5],
        [half * 0.7, -3],
        [half, 0.5],
        [half * 0.5, thick * 0.3],
        [-half * 0.6, thick * 0.28],
      ],
      { closed: true },
    ),
    { form: 'flat', lined: false, opacity: 0.75 },
  );
  for (const [y, by] of [
    [0.6, 1],
    [thick * 0.18, 0.8],
    [thick * 0.34, 1.1],
  ] as const)
    stage.line(
      smooth([
        [-half * by, y],
        [-half * 0.3, y - 1.2],
        [half * 0.3, y + 1],
        [half * by * 0.9, y - 0.6],
      ]),
      0.9,
      0.45,
      { role: 'ripple' },
    );
}

function drawPerch({
  stage,
  plumage: {
    body: [length, thick],
    trunk,
  },
}: Bird): void {
  const wood = coat('bark', '#6d5340');
  if (trunk) {
    stage.fill(
      'bark',
      wood,
      [
        [length * 0.42, -130],
        [length * 0.78, -130],
        [length * 0.86, 12],
        [length * 0.36, 12],
      ],
      { texture: { kind: 'planks', direction: Math.PI / 2, density: 0.4 } },
    );
    return;
  }
  stage.fill(
    'perch',
    wood,
    ribbon(
      smooth([
        [-length * 0.95, 5],
        [-length * 0.2, 1.6],
        [length * 0.4, 2],
        [length * 0.9, -3],
      ]),
      (share) => thick * 0.16 * (1 - share * 0.6),
    ),
    { loose: true },
  );
}

export const BIRD_IDS = Object.keys(PLUMAGES);
