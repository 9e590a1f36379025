/**
 * Where the joints of a four-legged animal are, by what it does. It looks to the right; the ground is at 0; heights are negative.
 *
 *   standing · walking · running · leaping · grazing · sitting · lying · sleeping · swimming
 */
import type { Point } from '../../raster/index.ts';
import type { Build } from './build.ts';

/** A leg from trunk to foot. */
export interface Leg {
  readonly hip: Point;
  readonly upper: Point;
  readonly lower: Point;
  readonly foot: Point;
  readonly hind: boolean;
}

export interface Posture {
  readonly gait: Gait;
  readonly chest: Point;
  readonly belly: Point;
  readonly rump: Point;
  readonly nape: Point;
  /** Where the neck meets the head. */
  readonly poll: Point;
  readonly muzzle: Point;
  readonly near: readonly Leg[];
  readonly far: readonly Leg[];
}

const GAITS = [
  'swimming',
  'sleeping',
  'lying',
  'sitting',
  'grazing',
  'leaping',
  'running',
  'walking',
  'standing',
] as const;
export type Gait = (typeof GAITS)[number];

const SYNONYMS: Readonly<Record<string, Gait>> = {
  playing: 'leaping',
  dancing: 'leaping',
  working: 'walking',
  flying: 'running',
  soaring: 'running',
  singing: 'standing',
};

/** Feet off their places under the trunk: near fore, near hind, far fore, far hind; x forward, y up, both ×100 of leg height. */
const STEPS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  standing: [
    [-2, 0],
    [-8, 0],
    [10, 0],
    [8, 0],
  ],
  walking: [
    [22, 0],
    [-26, 2],
    [-16, 6],
    [16, 0],
  ],
  running: [
    [66, 34],
    [-74, 16],
    [44, 52],
    [-52, 34],
  ],
  leaping: [
    [46, 40],
    [-52, 2],
    [26, 46],
    [-38, 0],
  ],
};

/** What it does, by its states and its usual one. */
export function gaitOf(states: readonly string[], usual = 'standing'): Gait {
  const said = states.map((state) => SYNONYMS[state] ?? state);
  return GAITS.find((gait) => said.includes(gait)) ?? (usual as Gait);
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const between = (a: Point, b: Point, t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];

/** All joints. */
export function postureOf(build: Build, gait: Gait, sway: number): Posture {
  const trunk = trunkOf(build, gait);
  const neck = neckOf(build, gait, trunk, sway);
  return { gait, ...trunk, ...neck, ...legsOf(build, gait, trunk) };
}

type Trunk = Pick<Posture, 'chest' | 'belly' | 'rump'>;

function trunkOf({ length, trunk: [rc, rb, rr], croup = 97 }: Build, gait: Gait): Trunk {
  const half = length / 2;
  const down = gait === 'lying' || gait === 'sleeping' || gait === 'swimming';
  if (down) {
    const sunk = gait === 'swimming' ? 0.35 : 1;
    return { chest: [half, -rc * sunk], belly: [0, -rb * 0.92 * sunk], rump: [-half, -rr * 0.96 * sunk] };
  }
  if (gait === 'sitting') {
    const chest: Point = [half * 0.52, -(100 - rc) * 0.98];
    const rump: Point = [-half * 0.5, -rr * 0.98];
    return { chest, rump, belly: between(rump, [chest[0] - rb * 0.1, chest[1]], 0.48) };
  }
  const lift = gait === 'running' ? 10 : 0;
  const rear = gait === 'leaping' ? 20 : 0;
  const chest: Point = [half, -(100 - rc) - lift - rear];
  const rump: Point = [-half, -(croup - rr) - lift + rear * 0.2];
  const middle = between(rump, chest, 0.5);
  return { chest, rump, belly: [middle[0], middle[1] + (rb - (rc + rr) / 2) * 0.5 + 1.5] };
}

function neckOf(build: Build, gait: Gait, { chest }: Trunk, sway: number): Pick<Posture, 'nape' | 'poll' | 'muzzle'> {
  const [length, degrees] = build.neck;
  const [head, , , downward] = build.head;
  const rc = build.trunk[0];
  const nape: Point = [chest[0] + rc * 0.3, chest[1] - rc * 0.42];
  const [neckAngle, headAngle] = anglesOf(gait, { nape, length, head, degrees: degrees + sway * 5, downward });
  const poll: Point = [
    nape[0] + length * Math.cos(radians(neckAngle)),
    nape[1] - length * Math.sin(radians(neckAngle)),
  ];
  const muzzle: Point = [
    poll[0] + head * Math.cos(radians(headAngle)),
    Math.min(-build.head[2], poll[1] + head * Math.sin(radians(headAngle))),
  ];
  return { nape, poll, muzzle };
}

interface NeckWish {
  readonly nape: Point;
  readonly length: number;
  readonly head: number;
  readonly degrees: number;
  readonly downward: number;
}

function anglesOf(gait: Gait, { nape, length, head, degrees, downward }: NeckWish): readonly [number, number] {
  if (gait === 'grazing') {
    const fall = Math.min(0.94, Math.max(0.2, (-nape[1] - head * 0.85) / length));
    return [-(Math.asin(fall) * 180) / Math.PI, 68];
  }
  if (gait === 'sleeping')
    return [-Math.min(30, (Math.asin(Math.min(0.9, -nape[1] / (length + 14))) * 180) / Math.PI), 18];
  if (gait === 'running') return [degrees * 0.62, downward * 0.6];
  if (gait === 'leaping') return [degrees * 0.85, downward * 0.6];
  return [degrees, downward];
}

function legsOf(build: Build, gait: Gait, trunk: Trunk): Pick<Posture, 'near' | 'far'> {
  if (gait === 'swimming') return { near: [], far: [] };
  if (gait === 'lying' || gait === 'sleeping')
    return { near: foldedLegs(build, trunk, 0), far: foldedLegs(build, trunk, 7) };
  if (gait === 'sitting') return { near: seatedLegs(build, trunk, 0), far: seatedLegs(build, trunk, 8) };
  const steps = STEPS[gait === 'grazing' ? 'standing' : gait]!;
  const [rc, , rr] = build.trunk;
  const leg = (i: number): Leg => {
    const hind = i % 2 === 1;
    const [middle, radius] = hind ? [trunk.rump, rr] : [trunk.chest, rc];
    const hip: Point = hind
      ? [middle[0] - radius * 0.12, middle[1] + radius * 0.3]
      : [middle[0] - radius * 0.02, middle[1] + radius * 0.4];
    const [dx, up] = steps[i]!;
    const reach = -hip[1] / 100;
    const level = build.leg[1] * 0.9;
    return bent(hip, [hip[0] + dx * reach + (hind ? -2 : 0), -up * reach - level], hind);
  };
  return { near: [leg(0), leg(1)], far: [leg(2), leg(3)] };
}

/** Joints between hip and foot: a hind leg bends forward at the stifle and back at the hock. */
function bent(hip: Point, foot: Point, hind: boolean): Leg {
  const [dx, dy] = [foot[0] - hip[0], foot[1] - hip[1]];
  const along = (share: number, forward: number): Point => [
    hip[0] + dx * share + dy * forward,
    hip[1] + dy * share - dx * forward,
  ];
  return hind
    ? { hip, upper: along(0.36, 0.13), lower: along(0.66, -0.12), foot, hind }
    : { hip, upper: along(0.36, -0.06), lower: along(0.68, 0.035), foot, hind };
}

function foldedLegs(
  { leg: [top, bottom, foot], trunk: [rc, , rr], length }: Build,
  { chest, rump }: Trunk,
  by: number,
): Leg[] {
  const low = -bottom * 0.95;
  const fore: Point = [chest[0] + rc * 0.25 + by, -top];
  const hind: Point = [rump[0] + rr * 0.2, -rr * 0.7];
  return [
    {
      hip: [chest[0], -rc * 0.6],
      upper: fore,
      lower: [fore[0] + rc * 0.5, low],
      foot: [chest[0] + rc + 14 + by + foot, low],
      hind: false,
    },
    {
      hip: hind,
      upper: [hind[0] + rr * 0.75, -rr * 0.75],
      lower: [hind[0] + rr * 0.1, low],
      foot: [hind[0] + Math.min(length * 0.55, rr * 1.5) + by, low],
      hind: true,
    },
  ];
}

function seatedLegs({ leg: [, bottom], trunk: [rc, , rr] }: Build, { chest, rump }: Trunk, by: number): Leg[] {
  const low = -bottom * 0.95;
  const hip: Point = [chest[0] + rc * 0.1, chest[1] + rc * 0.3];
  const foot: Point = [hip[0] + rc * 0.12 + by, low];
  return [
    { hip, upper: between(hip, foot, 0.36), lower: between(hip, foot, 0.7), foot, hind: false },
    {
      hip: [rump[0] + rr * 0.1, rump[1]],
      upper: [rump[0] + rr * 0.75, -rr * 0.8],
      lower: [rump[0] + rr * 0.55, low - 3],
      foot: [rump[0] + rr * 1.15 + by, low],
      hind: true,
    },
  ];
}
