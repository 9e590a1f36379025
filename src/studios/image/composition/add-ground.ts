/**
 * What a painter adds unasked so that a landscape has a foreground and a distance: a bank in a lower corner, hills on the horizon. Only
 * ground, never things; each is named as added and may be taken out.
 */
import type { Random } from '../../../core/index.ts';
import type { Plan } from '../../../kernel/index.ts';
import type { Body } from './draft.ts';
import type { Ground } from './place.ts';
import type { Box, Placed } from './types.ts';

/** Depth from which something makes a foreground. */
const NEAR = 0.66;

/** Ground to be added to the bodies of a landscape; nothing in other pictures, or where the artist wants it empty. */
export function addGround(
  { scene }: Plan,
  bodies: readonly Body[],
  ground: Ground,
  seed: string,
  random: Random,
): Placed[] {
  if (ground.mode !== 'landscape' || bodies.length === 0) return [];
  const unwanted = scene?.without ?? [];
  const add = (element: string, kind: Placed['kind'], box: Box, depth: number): Placed[] =>
    unwanted.includes(element)
      ? []
      : [
          {
            name: `${element}-added`,
            element,
            kind,
            states: [],
            box,
            depth,
            mirrored: random.next() < 0.5,
            seed: `${seed}/${element}-added`,
          },
        ];
  const { width, height } = ground.paper;
  const solid = bodies.filter(({ stature }) => !stature.spread);
  const hasFar = bodies.some(({ element }) => element.kind === 'land' || element.id === 'city');
  const hasWater = bodies.some(({ element }) => element.kind === 'water');
  const hasGround = bodies.some(({ element, stature }) => element.kind === 'land' && stature.spread === 'ground');
  const hasNear = hasGround || solid.some(({ depth, stature }) => depth > NEAR && !stature.aloft);
  const left = massLeft(solid, width) > 0.5;
  const hill = { x: width * (left ? 0.35 : -0.12), y: ground.horizon - 120, width: width * 0.8, height: 128 };
  const corner = width * (0.3 + 0.12 * random.next());
  const rock = {
    x: left ? width - corner * 0.86 : -corner * 0.14,
    y: height * 0.985 - corner * 0.5,
    width: corner,
    height: corner * 0.5,
  };
  const reeds = { x: rock.x + rock.width * (left ? 0.05 : 0.45), y: rock.y - 70, width: rock.width * 0.5, height: 150 };
  return [
    ...(hasFar ? [] : add('hill', 'land', hill, 0.04)),
    ...(hasNear ? [] : add(hasFar ? 'hill' : 'rock', hasFar ? 'land' : 'thing', rock, 0.86)),
    ...(hasNear ? [] : add(hasWater ? 'reed' : 'grass', 'plant', reeds, 0.88)),
  ];
}

/** Share of the bodies' mass that stands in the left half. */
function massLeft(bodies: readonly Body[], width: number): number {
  const mass = ({ box }: Body): number => Math.sqrt(box.width * box.height);
  const whole = bodies.reduce((sum, body) => sum + mass(body), 0) || 1;
  return bodies.reduce((sum, body) => sum + (body.box.x + body.box.width / 2 < width / 2 ? mass(body) : 0), 0) / whole;
}
