/** Moves things to where their relation wants them: a boat on the river, a cat on the roof, a path along the water. */
import type { Random } from '../../../core/index.ts';
import { isAstride, mount } from './astride.ts';
import { type Body, boxAt, pulledIn } from './draft.ts';
import { hangLanterns, shelter } from './hold.ts';
import { type Ground, groundFoot } from './place.ts';
import { isSown, statureOf } from './stature.ts';
import type { Box } from './types.ts';

/** Where the surface lies on which things stand, as a share of the height of what carries them, from its top. */
const SURFACES: Readonly<Record<string, number>> = {
  building: 0.12,
  land: 0.45,
  tree: 0.3,
  thing: 0.15,
  vehicle: 0.62,
  animal: 0.3,
  plant: 0.2,
  flower: 0.18,
};

/** The same for what has a surface of its own: the brow of a cliff, the floor of a cave. */
const SURFACE_OF: Readonly<Record<string, number>> = {
  cliff: 0.075,
  hill: 0.14,
  island: 0.55,
  oasis: 0.82,
  ruins: 0.9,
  grave: 0.12,
  bench: 0.62,
  chair: 0.6,
  bed: 0.5,
  swing: 0.86,
  hammock: 0.7,
};
const FLOOR_OF: Readonly<Record<string, number>> = { cave: 0.975, ruins: 0.96, oasis: 0.9 };
/** Where the floor of a vale begins, as a share of its height. */
const VALE_FLOOR = 0.64;

const surfaceOf = ({ element }: Body): number => SURFACE_OF[element.id] ?? SURFACES[element.kind] ?? 0.1;

/** Moves every body that relates to another; those that carry come first. Changes the bodies. */
export function relateAll(bodies: readonly Body[], ground: Ground, random: Random): void {
  const done = new Set<number>();
  const settle = (from: number, trail: readonly number[]): void => {
    if (done.has(from) || trail.includes(from)) return;
    const own = bodies.filter((body) => body.from === from);
    const relation = own[0]?.element.relation;
    if (relation) {
      settle(relation.to, [...trail, from]);
      const others = bodies.filter((body) => body.from === relation.to);
      if (others.length > 0 && relation.to !== from)
        relate(own, others, relation.how, ground, random.fork(`relate-${from}`));
    }
    done.add(from);
  };
  for (const { from } of bodies) settle(from, []);
  shelter(bodies);
  hangLanterns(bodies);
}

type How = NonNullable<Body['element']['relation']>['how'];

function relate(own: readonly Body[], others: readonly Body[], how: How, ground: Ground, random: Random): void {
  if (own[0]!.stature.spread) return;
  // In the snow, in the wind: one stands where one stood.
  if (others[0]!.element.kind === 'weather' || others[0]!.stature.spread === 'paper') return;
  // Howling at the moon: what stands on the ground stays there.
  const isBelow = others[0]!.element.kind === 'sky' && !own[0]!.stature.aloft;
  if (isBelow && (how === 'beside' || how === 'around' || how === 'along')) return;
  // The Milky Way lies over the mountains; they are not on it.
  if (others[0]!.element.kind === 'sky' && ROOTED.includes(own[0]!.element.kind)) return;
  const around = unionOf(others.map(({ box }) => box));
  if (own[0]!.element.kind === 'sky' && others[0]!.element.kind !== 'sky' && how !== 'reflected-in') {
    for (const body of own) hang(body, others[0]!, around, how, ground);
    return;
  }
  // Flying through the mountains, over the desert: before the sky above them.
  const flies = own[0]!.stature.aloft && others[0]!.element.kind === 'land' && ['in', 'on', 'above'].includes(how);
  if (flies) {
    for (const [i, body] of own.entries()) soar(body, around, (i + 0.5) / own.length, ground, random);
    return;
  }
  for (const [i, body] of own.entries()) {
    const share = own.length === 1 ? 0.35 + 0.3 * random.next() : (i + 0.5) / own.length;
    const other = others[i % others.length]!;
    MOVES[how](body, { other, around, middle: around.x + around.width / 2, share, ground, random });
    body.box = pulledIn(body.box, ground.paper.width);
  }
}

/** What shines in the sky hangs there: in the crown of a tree, over the ridge of a mountain, else at its own height above the thing. */
function hang(body: Body, other: Body, around: Box, how: How, { paper, horizon }: Ground): void {
  const { box } = body;
  const middle = other.stature.spread
    ? box.x + box.width / 2
    : around.x + around.width * (how === 'beside' ? 1.12 : 0.52);
  const x = Math.min(Math.max(middle, box.width * 0.7), paper.width - box.width * 0.7);
  const low = Math.min(horizon, paper.height * 0.6);
  const isTall = !other.stature.spread && around.y < low && ['on', 'in', 'between', 'behind'].includes(how);
  const centre = isTall
    ? around.y + (other.element.kind === 'tree' ? 0.14 : 0.02) * around.height
    : box.y + box.height / 2;
  if (how !== 'before') body.depth = Math.max(0, Math.min(body.depth, other.depth - 0.04));
  body.box = boxAt(x, Math.max(centre, box.height * 0.75) + box.height / 2, box.width, box.height);
}

/** Between the ridge and the top of the paper, or over open ground in the middle of the sky. */
function soar(body: Body, around: Box, share: number, { paper, horizon }: Ground, random: Random): void {
  const ridge = Math.min(around.y + 0.22 * around.height, horizon);
  const foot = Math.max(body.box.height * 1.4, ridge * (0.5 + 0.4 * random.next()));
  const x = body.element.side
    ? body.box.x + body.box.width / 2
    : paper.width * (0.2 + 0.6 * share) + (random.next() - 0.5) * 80;
  body.depth = Math.max(body.depth, 0.4);
  stand(body, x, foot);
  body.box = pulledIn(body.box, paper.width);
}

interface Move {
  readonly other: Body;
  /** Of all that it relates to. */
  readonly around: Box;
  readonly middle: number;
  /** Place within the group, 0–1. */
  readonly share: number;
  readonly ground: Ground;
  readonly random: Random;
}

const MOVES: Readonly<Record<How, (body: Body, move: Move) => void>> = {
  on: (body, move) => standOn(body, move, surfaceOf(move.other)),
  in: (body, move) => standIn(body, move),
  above: (body, move) => {
    const { around, share } = move;
    if (ROOTED.includes(body.element.kind) && !body.stature.aloft && !move.other.stature.aloft) {
      standOver(body, move);
      return;
    }
    stand(
      body,
      around.x + around.width * (0.2 + 0.6 * share),
      Math.max(body.box.height * 0.9, around.y - body.box.height * 0.3),
    );
  },
  under: (body, move) => {
    const { other, around, middle, share, ground, random } = move;
    if (other.element.kind === 'land' && !other.stature.aloft) {
      // At the foot of a mountain: nearer than it, anywhere along it.
      setDepth(body, Math.max(other.depth + 0.12, body.element.depth ? body.depth : 0.3 + 0.2 * random.next()), ground);
      stand(body, around.x + around.width * (0.05 + 0.9 * random.next()), groundFoot(body.depth, body.stature, ground));
      return;
    }
    setDepthBeside(body, move, 0.02);
    if (other.element.kind === 'tree' && !other.stature.aloft) holdUnder(body, other.box.height * 0.5);
    const aloft = other.stature.aloft || other.element.kind === 'sky';
    stand(
      body,
      middle + (share - 0.5) * around.width * 0.5,
      aloft ? footOf(body.box) : footOf(other.box) + body.box.height * 0.04,
    );
  },
  behind: (body, move) => standAcross(body, move, -0.12),
  before: (body, move) => standAcross(body, move, 0.14),
  beside: standBeside,
  between: (body, move) => {
    setDepthBeside(body, move, 0.02);
    stand(body, move.middle, footOf(move.other.box));
  },
  around: (body, move) => {
    const { other, around, middle, share } = move;
    setDepthBeside(body, move, (share - 0.5) * 0.2);
    stand(body, middle + (share - 0.5) * 2 * (around.width * 0.6 + body.box.width), footOf(other.box));
  },
  along: (body, { around, share }) => {
    stand(body, around.x + around.width * share, footOf(around) - around.height * 0.5 * (1 - share));
  },
  // A reflection stays where its thing is; painters turn it over.
  'reflected-in': () => undefined,
};

const footOf = ({ y, height }: Box): number => y + height;

function stand(body: Body, x: number, y: number): void {
  body.box = boxAt(x, y, body.box.width, body.box.height);
}

function setDepthBeside(body: Body, { other, ground }: Move, by: number): void {
  setDepth(body, Math.min(1, Math.max(0, other.depth + by)), ground);
}

function standOn(body: Body, move: Move, surface: number): void {
  // The moon on the river is the moon above it.
  if (body.element.kind === 'sky') {
    stand(body, move.around.x + move.around.width * (0.15 + 0.7 * move.random.next()), footOf(body.box));
    return;
  }
  const { other, around, share, ground, random } = move;
  if (isAstride(body.element, other.element)) {
    mount(body, other);
    return;
  }
  if (other.stature.spread) {
    standWithin(body, withinOf(other, around), share, ground, random);
    return;
  }
  setDepthBeside(body, move, 0.01);
  if (other.element.kind === 'water') {
    // A pond: out on it, no larger than it bears.
    const small = body.element.kind === 'bird' || body.element.kind === 'fish' || body.element.kind === 'flower';
    holdUnder(body, other.box.height * (small ? 0.3 : 0.5));
    const { x, y, width, height } = other.box;
    stand(body, x + width * (0.2 + 0.6 * share), y + height * (0.4 + 0.34 * random.next()));
    return;
  }
  if (other.element.kind === 'vehicle' && body.element.kind === 'person') holdUnder(body, other.box.height * 0.85);
  if (other.element.kind === 'land') makeRoom(body, other, surface, ground);
  stand(body, other.box.x + other.box.width * (0.25 + 0.5 * share), other.box.y + other.box.height * surface);
}

/** What has its foot in the ground even where it is above something. */
const ROOTED = ['building', 'land', 'tree', 'plant', 'flower'];

/** Above the water or the valley: a bridge goes across, all else rises from its far edge, land to one side. */
function standOver(body: Body, move: Move): void {
  const { other, around, share, ground, random } = move;
  if (!other.stature.spread) {
    if (other.element.kind === 'land') standOn(body, move, surfaceOf(other));
    else standAcross(body, move, -0.16);
    return;
  }
  if (body.element.id === 'bridge') {
    standWithin(body, withinOf(other, around), share, ground, random);
    return;
  }
  setDepth(body, Math.min(body.depth, 0.4), ground);
  const side = body.element.side ? undefined : random.next() < 0.5 ? 0.24 : 0.76;
  const centre = body.box.x + body.box.width / 2;
  const x = side === undefined || body.element.kind !== 'land' ? centre : around.x + around.width * side;
  stand(body, x, around.y + 0.1 * around.height);
}

/** No taller than that, its foot where it was. Changes the body. */
function holdUnder(body: Body, most: number): void {
  const by = Math.min(1, most / body.box.height);
  const { x, y, width, height } = body.box;
  body.box = boxAt(x + width / 2, y + height, width * by, height * by);
}

/** Land that carries something stays larger than it, and low enough that it fits under the edge of the paper. Changes both. */
function makeRoom(body: Body, other: Body, surface: number, { paper }: Ground): void {
  const shrink = Math.min(1, (0.42 * other.box.width) / body.box.width, (1.25 * other.box.height) / body.box.height);
  body.box = { ...body.box, width: body.box.width * shrink, height: body.box.height * shrink };
  const foot = footOf(other.box);
  const tall = other.box.height * (1 - surface);
  const room = foot - 0.05 * paper.height - body.box.height;
  if (tall <= room) return;
  const by = Math.max(0.35, room / tall);
  other.box = { ...other.box, y: foot - other.box.height * by, height: other.box.height * by };
  const rest = Math.min(1, (foot - 0.05 * paper.height - other.box.height * (1 - surface)) / body.box.height);
  body.box = { ...body.box, width: body.box.width * rest, height: body.box.height * rest };
}

/** The part of something spread in which one may stand. */
function withinOf({ stature }: Body, area: Box): Box {
  if (stature.spread !== 'vale') return area;
  return { ...area, y: area.y + area.height * (VALE_FLOOR - 0.12), height: area.height * (1 - VALE_FLOOR) };
}

/** Among trees a thing stands on their ground; in a house or a boat it shows in its upper half. */
function standIn(body: Body, move: Move): void {
  const { other, share } = move;
  const grove = other.element.kind === 'tree' || other.element.kind === 'plant' || other.element.kind === 'flower';
  if (other.element.id === 'bridge') {
    standOn(body, move, surfaceOf(other));
    return;
  }
  if (isSown(other.element.states)) {
    standWithin(body, move.around, share, move.ground, move.random, [0.55, 0.3]);
    return;
  }
  if (!grove || other.stature.aloft) {
    standOn(body, move, FLOOR_OF[other.element.id] ?? 0.75);
    return;
  }
  setDepthBeside(body, move, body.element.kind === 'bird' ? 0.01 : 0.03);
  const foot =
    body.element.kind === 'bird' ? other.box.y + other.box.height * 0.4 : footOf(other.box) + other.box.height * 0.03;
  stand(body, other.box.x + other.box.width * (0.1 + 0.8 * share), foot);
}

function standAcross(body: Body, move: Move, by: number): void {
  const before = footOf(body.box);
  setDepthBeside(body, move, by);
  const foot = body.stature.aloft ? before : footAcross(body, move, by);
  stand(body, move.middle + (move.share - 0.5) * (move.around.width + body.box.width) * 0.9, foot);
}

/** Before something one stands lower on the paper than it does, behind it higher. */
function footAcross(body: Body, { other, ground }: Move, by: number): number {
  if (other.stature.aloft || other.stature.spread) return footOf(body.box);
  if (ground.mode === 'close-up') return footOf(other.box) + by * 0.2 * other.box.height;
  const own = groundFoot(body.depth, body.stature, ground);
  const [low, high] = [footOf(other.box), ground.paper.height * 0.98];
  return by > 0
    ? Math.min(high, Math.max(own, low + 0.05 * other.box.height))
    : Math.max(ground.horizon + 4, Math.min(own, low - 0.04 * other.box.height));
}

function standBeside(body: Body, move: Move): void {
  const { other, around, middle, share, ground, random } = move;
  if (other.stature.spread === 'ground' || other.stature.spread === 'path') {
    // By the water, by the road: somewhere along it; who keeps feet dry moves it to the very edge.
    setDepth(body, body.element.depth ? body.depth : 0.35 + 0.3 * random.next(), ground);
    const side = other.stature.spread === 'path' ? (share < 0.5 ? 0.22 : 0.78) : 0.2 + 0.6 * random.next();
    const x = body.element.side ? body.box.x + body.box.width / 2 : ground.paper.width * side;
    stand(body, x, groundFoot(body.depth, body.stature, ground));
    return;
  }
  setDepthBeside(body, move, 0.02);
  const away = around.width / 2 + body.box.width * 0.55;
  // At the feet of who sits on a bench: on the ground before it.
  const seat = other.element.kind === 'person' && other.element.relation?.how === 'on' ? 0.34 * other.box.height : 0;
  stand(body, middle + (share < 0.5 ? -away : away), footOf(other.box) + seat);
}

/** Within something that spreads, its depth decides how low it stands: a boat on a river, a crane in a field. */
/** Anywhere on it; `depths`: from, and how much farther at most. */
function standWithin(
  body: Body,
  area: Box,
  share: number,
  ground: Ground,
  random: Random,
  [from, more]: readonly [number, number] = [0.3, 0.45],
): void {
  const depth = body.element.depth ? body.depth : from + more * random.next();
  setDepth(body, depth, ground);
  const side = body.element.side;
  const centre = body.box.x + body.box.width / 2;
  const x = side ? centre : area.x + area.width * (0.2 + 0.6 * share);
  const y = area.y + area.height * (0.12 + 0.8 * depth);
  body.box = boxAt(
    x,
    body.stature.aloft && body.element.kind === 'bird' ? y * 0.8 : y,
    body.box.width,
    body.box.height,
  );
}

/** A new depth with the stature that belongs to it, the foot where it was. */
function setDepth(body: Body, depth: number, { mode }: Ground): void {
  const before = statureOf(body.element, body.depth).height;
  const scale = mode === 'close-up' ? 1 : statureOf(body.element, depth).height / before;
  const { x, y, width, height } = body.box;
  body.depth = depth;
  body.stature = { ...body.stature, width: body.stature.width * scale, height: body.stature.height * scale };
  body.box = boxAt(x + width / 2, y + height, width * scale, height * scale);
}

function unionOf(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
