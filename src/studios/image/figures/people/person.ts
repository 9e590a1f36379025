/**
 * One person for all: joints from the pose, clothes hung over them, a head with hair and hat, things in the hands. Small on the paper a
 * hat, a robe and a staff remain (点景人物); larger, folds and a hint of a face come.
 *
 *   role + states ─▶ pose ─▶ what is behind ─▶ far arm ─▶ body ─▶ head ─▶ near arm ─▶ what is before
 */
import type { Point } from '../../raster/index.ts';
import { coat, drawCreature, type Stage } from '../anatomy/index.ts';
import { ellipse } from '../geometry/index.ts';
import { drawArm } from './arm.ts';
import { drawDress } from './dress.ts';
import { drawPersonHead } from './head.ts';
import { POSES, type Pose, PROPS, type Role } from './role.ts';
import type { Body } from './types.ts';

/** Draws a person with the feet at the origin of the stage. */
export function drawPerson(stage: Stage, role: Role, colour = stage.placed.colour): void {
  const pose = bowed(POSES[role.pose] ?? POSES.standing!, role.bent ?? 0);
  const [main = '#5c7487', trim = '#e9e1d0', low = main] = role.colours;
  const skin = role.skin ?? '#eac6a4';
  const body: Body = { stage, role, pose, skin, colours: [colour ?? main, trim, low], behind: stage.is('from-behind') };
  stage.within({ scale: role.grown ?? 1 }, () => drawBody(body));
}

function drawBody(body: Body): void {
  const { stage, pose, role } = body;
  if (role.halo)
    stage.fill('halo', coat('light', '#f6e3a0'), ellipse([pose.neck[0] + 1, pose.neck[1] - 10], 15), {
      glow: 0.6,
      opacity: 0.7,
      lined: false,
    });
  for (const at of ['front', 'cape', 'wings', 'back', 'behind', 'far']) drawProps(body, at);
  drawArm(body, false);
  drawDress(body);
  for (const at of ['waist', 'hips', 'chest', 'lap']) drawProps(body, at);
  drawPersonHead(body);
  drawArm(body, true);
  for (const at of ['near', 'shoulders', 'over', 'feet']) drawProps(body, at);
}

/** Bent forward at the hips. */
function bowed(pose: Pose, by: number): Pose {
  if (by === 0) return pose;
  const { hip } = pose;
  const [c, s] = [Math.cos(by), Math.sin(by)];
  const turn = ([x, y]: Point): Point => [
    hip[0] + (x - hip[0]) * c - (y - hip[1]) * s,
    hip[1] + (x - hip[0]) * s + (y - hip[1]) * c,
  ];
  const arm = ([elbow, hand]: Pose['near']): Pose['near'] => [turn(elbow), turn(hand)];
  return { ...pose, neck: turn(pose.neck), near: arm(pose.near), far: arm(pose.far) };
}

const BEHIND = ['bicycle', 'devil-tail', 'monkey-tail'];

function drawProps({ stage, pose, role }: Body, at: string): void {
  for (const name of role.props ?? []) {
    const prop = PROPS[name];
    if (!prop) continue;
    const place = BEHIND.includes(name) ? 'behind' : prop.at;
    if (place !== at) continue;
    stage.within({ at: anchorOf(prop.at, pose), turn: ((prop.turn ?? 0) * Math.PI) / 180 }, () =>
      drawCreature(stage, prop.parts),
    );
  }
}

function anchorOf(at: string, { neck, hip, near, far }: Pose): Point {
  const [x, y] = neck;
  const anchors: Readonly<Record<string, Point>> = {
    near: near[1],
    far: far[1],
    back: [x - 5, y + 18],
    cape: [x - 1, y + 3],
    wings: [x, y + 8],
    chest: [x + 1.5, y + 14],
    shoulders: [x, y + 2],
    waist: [hip[0] + (x - hip[0]) * 0.3, hip[1] - 6],
    hips: hip,
    over: [x, y - 30],
  };
  return anchors[at] ?? [0, 0];
}
