/**
 * One four-legged animal for all: the build says how, the posture where, flesh grows over the joints; coat, ears, horns, mane and tail
 * make the kind.
 *
 *   build + states ─▶ posture ─▶ tail, far legs, body, pattern, mane, head
 */
import { type Bone, bone, type Coat, coat, createStage, type Stage, toned } from '../anatomy/index.ts';
import type { Drawer } from '../types.ts';
import { type Beast, trunkBones } from './beast.ts';
import { BUILDS, type Build } from './build.ts';
import { drawHead, drawMane } from './head.ts';
import { drawPattern } from './pattern.ts';
import { gaitOf, type Leg, type Posture, postureOf } from './posture.ts';
import { drawTail } from './tail.ts';
import { drawWing } from './wing.ts';

/** The drawer of a build of the table; `undefined` for a name that is not there. */
export const quadruped = (id: string): Drawer | undefined => {
  const build = BUILDS[id];
  return (
    build &&
    ((placed, context) => {
      const afloat = placed.states.includes('flying');
      const stage = createStage(placed, context, { height: build.tall, slack: 1.25, afloat });
      drawBeast(stage, build);
      return stage.finish();
    })
  );
};

/** Draws an animal onto a stage that others may use too: its rider, its cart. Gives where its back is. */
export function drawBeast(stage: Stage, build: Build, gait = gaitOf(stage.placed.states, build.usual)): Posture {
  const posture = postureOf(build, gait, stage.context.random.next() * 2 - 1);
  const skin = coat(build.material ?? 'fur', stage.placed.colour ?? build.coat);
  const beast: Beast = { stage, build, posture, skin };
  drawTail(beast);
  if (build.wings) drawWing(beast, true);
  drawLegs(beast, posture.far, toned(skin, -0.22), 'far-legs');
  drawHead(beast, 'behind');
  drawBody(beast);
  drawPattern(beast);
  drawSocks(beast, posture.near, toned(skin, 0));
  drawMane(beast);
  if (build.wings) drawWing(beast, false);
  drawHead(beast, 'before');
  if (gait === 'swimming') drawRipples(beast);
  return posture;
}

function drawBody({ stage, build, posture, skin }: Beast): void {
  const furry = skin.material === 'fur';
  stage.flesh(
    'body',
    skin,
    [
      ...trunkBones(build, posture),
      ...neckBones(build, posture),
      ...posture.near.flatMap((leg) => legBones(build, leg)),
    ],
    {
      blend: 7,
      ...(furry &&
        stage.detail > 0.25 && { texture: { kind: 'fur' as const, direction: Math.PI * 0.9, density: 0.35 } }),
    },
  );
  if (build.under) drawBelly({ stage, build, posture, skin }, build.under);
  const { chest, rump } = posture;
  const [rc, , rr] = build.trunk;
  const grown = (x: number, y: number): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  stage.line(
    `M${grown(chest[0] - rc * 0.62, chest[1] - rc * 0.1)} S${grown(chest[0] - rc * 0.7, chest[1] + rc * 0.4)} ${grown(chest[0] - rc * 0.3, chest[1] + rc * 0.85)}`,
    1.1,
    0.5,
    { role: 'fold', from: 0.15 },
  );
  stage.line(
    `M${grown(rump[0] + rr * 0.6, rump[1] - rr * 0.1)} S${grown(rump[0] + rr * 0.75, rump[1] + rr * 0.4)} ${grown(rump[0] + rr * 0.5, rump[1] + rr * 0.9)}`,
    1.1,
    0.5,
    { role: 'fold', from: 0.15 },
  );
}

function neckBones(
  { neck: [, , base, top], head: [, skull, muzzle], face }: Build,
  { nape, poll, muzzle: tip }: Posture,
): Bone[] {
  const neck = bone(nape, poll, base, top);
  return face
    ? [neck]
    : [
        neck,
        bone(poll, poll, skull),
        bone([poll[0] * 0.8 + tip[0] * 0.2, poll[1] * 0.8 + tip[1] * 0.2], tip, skull * 0.9, muzzle),
      ];
}

function legBones({ leg: [top, bottom, foot] }: Build, { hip, upper, lower, foot: at, hind }: Leg): Bone[] {
  const middle = bottom + (top - bottom) * 0.28;
  return [
    bone(hip, upper, top * (hind ? 1.35 : 1.1), top * (hind ? 0.9 : 0.75)),
    bone(upper, lower, top * (hind ? 0.85 : 0.7), middle),
    bone(lower, at, middle, bottom),
    bone(at, [at[0] + foot * 0.75, at[1]], bottom, bottom * 0.9),
  ];
}

function drawLegs({ stage, build }: Beast, legs: readonly Leg[], skin: Coat, part: string): void {
  if (legs.length === 0) return;
  stage.flesh(
    part,
    skin,
    legs.flatMap((leg) => legBones(build, leg)),
    { blend: 2 },
  );
  if (build.socks) drawSocks({ stage, build } as Beast, legs, skin);
}

/** Lower legs of another colour, hooves. */
function drawSocks({ stage, build }: Beast, legs: readonly Leg[], skin: Coat): void {
  if (!build.socks || stage.detail < 0.06) return;
  const [top, bottom, foot] = build.leg;
  const middle = bottom + (top - bottom) * 0.2;
  const bones = legs.flatMap(({ lower, foot: at }) => [
    bone([lower[0] * 0.6 + at[0] * 0.4, lower[1] * 0.6 + at[1] * 0.4], at, middle, bottom),
    bone(at, [at[0] + foot * 0.75, at[1]], bottom, bottom * 0.9),
  ]);
  for (let i = 0; i < bones.length; i += 2)
    stage.flesh('socks', coat(skin.material, build.socks), bones.slice(i, i + 2), {
      blend: 1,
      lined: false,
      cells: 34,
    });
}

function drawBelly({ stage, build, posture, skin }: Beast, colour: string): void {
  const { chest, belly, rump, gait } = posture;
  if (gait === 'sitting') return;
  const [rc, rb, rr] = build.trunk;
  const low = (at: readonly [number, number], r: number): [number, number] => [at[0], at[1] + r * 0.72];
  const bones = [
    bone(low(rump, rr), low(belly, rb), rr * 0.2, rb * 0.26),
    bone(low(belly, rb), low(chest, rc), rb * 0.26, rc * 0.24),
  ];
  stage.flesh('belly', coat(skin.material, colour), bones, { lined: false, softness: 0.5, opacity: 0.5, cells: 50 });
}

function drawRipples({ stage, posture: { rump, muzzle } }: Beast): void {
  const [a, b] = [rump[0] - 26, muzzle[0] + 22];
  stage.fill(
    'water',
    coat('water', '#a9c3cc'),
    `M${a} 0 S${a + 30} -5 ${(a + b) / 2} -3 ${b - 20} -5 ${b} 0 ${(a + b) / 2} 9 ${a} 0`,
    { form: 'flat', lined: false, opacity: 0.8 },
  );
  for (const [dx, y] of [
    [0, 2],
    [14, 6],
    [-10, 9],
  ] as const)
    stage.line(`M${a + 8 + dx} ${y} S${(a + b) / 2} ${y + 2} ${b - 8 + dx} ${y}`, 1, 0.4, { role: 'ripple' });
}
