/**
 * What a painter adds unasked so that a landscape has a foreground and a distance: ranges on the horizon, stones and grasses in the lower
 * corners. Only ground, never things; each is named as added and may be taken out.
 */
import type { Random } from '../../../core/index.ts';
import type { Plan } from '../../../kernel/index.ts';
import type { Body } from './draft.ts';
import type { Ground } from './place.ts';
import { isSown } from './stature.ts';
import type { Box, Placed } from './types.ts';

/** Depth from which something makes a foreground. */
const NEAR = 0.66;
/** What fills the distance by itself. */
const TALL = /^(?:mountain|mountain-range|peak|volcano|cliff|canyon|valley|city|dune|desert|great-wall|forest)$/u;
/** Ground where neither grass nor stones are added. */
const BARE = /^(?:desert|dune|snowfield|glacier|ice|beach|canyon|street|courtyard)$/u;

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
  const add = (what: string, element: string, kind: Placed['kind'], box: Box, depth: number): Placed[] => {
    const name = `${what}-added`;
    if (unwanted.includes(element)) return [];
    return [{ name, element, kind, states: [], box, depth, mirrored: random.next() < 0.5, seed: `${seed}/${name}` }];
  };
  const { width } = ground.paper;
  const solid = bodies.filter(({ stature }) => !stature.spread);
  const hasFar = bodies.some(({ element }) => TALL.test(element.id));
  const isBare = bodies.some(({ element }) => BARE.test(element.id) || isSown(element.states));
  const hasWater = bodies.some(({ element }) => element.kind === 'water');
  const hasNear = solid.some(({ depth, stature }) => depth > NEAR && !stature.aloft);
  const isLeft = massLeft(solid, width) > 0.5;
  const boxes = boxesOf(ground, isLeft, random);
  const [rock, grass] = [isBare || hasNear ? [] : add('rock', 'rock', 'thing', boxes.rock, 0.86), isBare ? [] : 1];
  return [
    ...(hasFar ? [] : add('hill', 'distant-mountain', 'land', boxes.range, 0.02)),
    ...rock,
    ...(grass === 1 && !hasNear ? add('reed', hasWater ? 'reed' : 'grass', 'plant', boxes.reeds, 0.88) : []),
    ...(grass === 1 ? add('grass', 'grass', 'plant', boxes.tuft, 0.97) : []),
  ];
}

interface Boxes {
  readonly range: Box;
  readonly rock: Box;
  readonly reeds: Box;
  readonly tuft: Box;
}

/** A range on the horizon on the heavier side, a stone with reeds on the lighter one, a tuft in the other corner. */
function boxesOf({ paper: { width, height }, horizon }: Ground, isLeft: boolean, random: Random): Boxes {
  const tall = 70 + 70 * random.next();
  const range = { x: width * (isLeft ? 0.3 : -0.1), y: horizon - tall, width: width * 0.8, height: tall + 8 };
  const corner = width * (0.2 + 0.1 * random.next());
  const rock = {
    x: isLeft ? width - corner * 0.86 : -corner * 0.14,
    y: height * 1.01 - corner * 0.52,
    width: corner,
    height: corner * 0.52,
  };
  const reeds = {
    x: rock.x + rock.width * (isLeft ? -0.22 : 0.62),
    y: height * 0.99 - 150,
    width: rock.width * 0.6,
    height: 150,
  };
  const low = 90 + 40 * random.next();
  const tuft = { x: width * (isLeft ? 0.02 : 0.74), y: height * 1.015 - low, width: width * 0.24, height: low };
  return { range, rock, reeds, tuft };
}

/** Share of the bodies' mass that stands in the left half. */
function massLeft(bodies: readonly Body[], width: number): number {
  const mass = ({ box }: Body): number => Math.sqrt(box.width * box.height);
  const whole = bodies.reduce((sum, body) => sum + mass(body), 0) || 1;
  return bodies.reduce((sum, body) => sum + (body.box.x + body.box.width / 2 < width / 2 ? mass(body) : 0), 0) / whole;
}
