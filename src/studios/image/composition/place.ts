/**
 * Places every thing of a scene by its words, and by chance where the words are silent: depth first, then height on the paper from
 * depth, then side. Groups keep together the way such things do: geese in a line, trees in uneven clumps.
 */
import type { Random } from '../../../core/index.ts';
import type { SceneElement } from '../../../kernel/index.ts';
import { type Body, boxAt, pulledIn, settled } from './draft.ts';
import type { Mode } from './mode.ts';
import type { Paper } from './paper.ts';
import { isSown, type Stature, statureOf } from './stature.ts';
import type { Box } from './types.ts';

export interface Ground {
  readonly paper: Paper;
  readonly mode: Mode;
  readonly horizon: number;
  /** How much larger things are in a landscape that holds few of them; 1 when absent. */
  readonly roomy?: number;
}

const DEPTHS = { far: [0.02, 0.22], middle: [0.35, 0.6], near: [0.74, 0.96] } as const;
/** Where the kinds stand when nobody said: mountains far, bodies in the middle, plants near. */
const USUAL: Partial<Record<SceneElement['kind'], keyof typeof DEPTHS>> = {
  land: 'far',
  plant: 'near',
  flower: 'near',
  sky: 'far',
};
const SIDES = { left: [0.14, 0.34], centre: [0.44, 0.56], right: [0.66, 0.86] } as const;
/** Water and fields lie before what is far and behind all else; rain falls before everything. */
const SPREAD_DEPTHS = { sky: 0, vale: 0.23, ground: 0.24, path: 0.26, paper: 1 } as const;
/** More of one element than this are not set one by one: twenty mountains hide one another. */
const MOST_OF_ONE = 24;
const MOST_OF: Partial<Record<SceneElement['kind'], number>> = { land: 5, building: 9, tree: 12, water: 3 };
/** Grounds from far to near: the sea lies behind the fields, the beach before both. */
const FROM_FAR =
  'sea harbour lake ice water snowfield glacier desert plain grassland terrace field dune river wave park garden swamp courtyard playground river-bank beach'.split(
    ' ',
  );

/** All bodies of a scene, those that relate to another after it. */
export function placeAll(elements: readonly SceneElement[], ground: Ground, random: Random): Body[] {
  const lead = leadOf(elements);
  const bodies = elements.flatMap((element, from) =>
    placeElement(element, { from, lead: from === lead }, ground, random.fork(`${from}`)),
  );
  layGrounds(bodies, ground);
  return bodies;
}

/** Lavender in a field is on that field, all over it. */
export const isOnField = ({ element: { states, relation } }: Body): boolean => isSown(states) && relation?.how === 'in';

/** Several grounds share the land: each begins below the one behind it. Changes the bodies. */
function layGrounds(bodies: readonly Body[], { paper, horizon }: Ground): void {
  for (const body of bodies.filter(isOnField)) body.depth += 0.002;
  const grounds = bodies.filter((body) => body.stature.spread === 'ground' && !isOnField(body));
  if (grounds.length < 2) return;
  const rank = ({ element: { id, depth, states } }: Body): number =>
    FROM_FAR.indexOf(isSown(states) ? 'field' : id) + (depth === 'far' ? -50 : depth === 'near' ? 50 : 0);
  const ordered = grounds.toSorted((a, b) => rank(a) - rank(b) || a.from - b.from);
  const foot = paper.height;
  const top = Math.min(horizon, foot * 0.7);
  for (const [i, body] of ordered.entries()) {
    const y = i === 0 ? body.box.y : top + (foot - top) * 0.85 * (i / ordered.length) ** 1.15;
    body.box = { ...body.box, y, height: i === 0 ? body.box.height : foot - y };
    body.depth += 0.004 * i;
  }
}

/** The element that the picture is about: the weightiest body. */
export function leadOf(elements: readonly SceneElement[]): number {
  const weights = elements.map((element) => (statureOf(element, 0.5).spread ? 0 : element.weight));
  return weights.indexOf(Math.max(...weights));
}

function placeElement(
  element: SceneElement,
  { from, lead }: { from: number; lead: boolean },
  ground: Ground,
  random: Random,
): Body[] {
  const of = Math.min(MOST_OF[element.kind] ?? MOST_OF_ONE, element.count ?? 1);
  const depth = depthOf(element, lead, ground.mode, random);
  const stature = sized(element, depth, lead, ground);
  if (stature.spread) {
    return [
      bodyOf(
        element,
        { from, nth: 0, of: 1, depth: SPREAD_DEPTHS[stature.spread], stature, box: spreadBox(stature, ground, random) },
        random,
      ),
    ];
  }
  const centre = ground.paper.width * sideOf(element, lead, random);
  return clusterOf(of, stature, random).map(({ dx, dy, scale }, nth) => {
    const own = { ...stature, width: stature.width * scale, height: stature.height * scale };
    const foot = stature.aloft ? skyFoot(element, own, ground, random.fork('level')) : groundFoot(depth, own, ground);
    const y = stature.aloft ? Math.min(Math.max(foot + dy, own.height), skyFloor(ground)) : foot + dy;
    const box = pulledIn(boxAt(centre + dx, y, own.width, own.height), ground.paper.width);
    const nearer = depth + (stature.aloft ? 0 : dy / 4000);
    return settled(bodyOf(element, { from, nth, of, depth: nearer, stature: own, box }, random), ground.paper.width);
  });
}

function bodyOf(
  element: SceneElement,
  facts: Pick<Body, 'from' | 'nth' | 'of' | 'depth' | 'stature' | 'box'>,
  random: Random,
): Body {
  return { element, ...facts, mirrored: random.next() < 0.5 };
}

function depthOf(element: SceneElement, lead: boolean, mode: Mode, random: Random): number {
  if (mode === 'close-up' && !element.depth) return lead ? 0.92 : 0.8;
  const range =
    DEPTHS[element.depth ?? USUAL[element.kind] ?? (lead ? 'middle' : random.pick(['middle', 'near'] as const))];
  return range[0] + (range[1] - range[0]) * random.next();
}

/** Near at hand the subject fills the paper; in a landscape bodies are small under the sky. */
function sized(element: SceneElement, depth: number, lead: boolean, { mode, paper, roomy = 1 }: Ground): Stature {
  const stature = statureOf(element, depth);
  if (mode === 'landscape' && !stature.spread && element.kind !== 'sky') return roomed(stature, element, roomy, paper);
  if (mode !== 'close-up' || stature.spread || element.kind === 'sky') return stature;
  const wished = { tiny: 0.3, small: 0.42, medium: 0.6, large: 0.75, huge: 0.9 }[element.size ?? 'medium'];
  const room = Math.min(paper.height * wished, (paper.width * wished) / (stature.width / stature.height));
  const count = Math.max(1, element.count ?? 1);
  const scale = (room * (lead ? 1 : 0.55)) / Math.sqrt(count) / stature.height;
  return { ...stature, width: stature.width * scale, height: stature.height * scale };
}

/** Few things are seen larger, as far as the paper holds them; what is said to be far less so. */
function roomed(
  stature: Stature,
  { kind, depth, size, count = 1 }: SceneElement,
  roomy: number,
  paper: Paper,
): Stature {
  if (kind === 'land' || kind === 'weather' || size) return stature;
  const wished = (depth === 'far' || stature.aloft ? Math.sqrt(roomy) : roomy) ** (count > 3 ? 0.5 : 1);
  const most = Math.min((paper.height * 0.62) / stature.height, (paper.width * 0.6) / stature.width);
  const by = Math.max(1, Math.min(wished, most));
  return { ...stature, width: stature.width * by, height: stature.height * by };
}

function sideOf({ side }: SceneElement, lead: boolean, random: Random): number {
  if (side) return SIDES[side][0] + (SIDES[side][1] - SIDES[side][0]) * random.next();
  // On a third, as painters do, the lead more strictly than the rest.
  if (lead) return random.pick([0.36, 0.64]) + (random.next() - 0.5) * 0.06;
  return 0.1 + 0.8 * random.next();
}

/** y of the foot of something on the ground. */
export function groundFoot(depth: number, { height }: Stature, { horizon, paper, mode }: Ground): number {
  if (mode === 'close-up') return Math.min(paper.height * 0.93, paper.height / 2 + height / 2 + paper.height * 0.06);
  return horizon + (paper.height - horizon) * (0.03 + 0.93 * depth ** 1.25);
}

/** y that nothing in the sky goes below. */
function skyFloor({ mode, horizon, paper }: Ground): number {
  return mode === 'close-up' ? paper.height * 0.7 : Math.max(horizon, paper.height * 0.25);
}

function skyFoot(
  { level, states }: SceneElement,
  { height }: Stature,
  { horizon, paper, mode }: Ground,
  random: Random,
): number {
  if (states?.some((state) => state === 'setting' || state === 'rising')) return horizon * 0.98;
  const ceiling = mode === 'close-up' ? paper.height * 0.6 : Math.max(horizon * 0.85, paper.height * 0.25);
  const range = { top: [0.1, 0.4], middle: [0.45, 0.75], bottom: [0.8, 1] }[level ?? 'top'];
  return Math.max(height * 0.6, height / 2 + ceiling * (range[0]! + (range[1]! - range[0]!) * random.next()));
}

function spreadBox({ height, spread }: Stature, { horizon, paper, mode }: Ground, random: Random): Box {
  const { width, height: whole } = paper;
  const edge = mode === 'close-up' ? whole : horizon;
  if (spread === 'paper') return { x: 0, y: 0, width, height: whole };
  if (spread === 'vale') {
    const y = mode === 'close-up' ? whole * 0.3 : Math.max(whole * 0.06, horizon - height * 0.72);
    return { x: -0.02 * width, y, width: 1.04 * width, height: whole * 1.01 - y };
  }
  if (spread === 'sky') return { x: 0, y: 0, width, height: mode === 'sky' ? whole : Math.max(edge, whole * 0.3) };
  if (spread === 'path') {
    const foot = width * (0.3 + 0.4 * random.next());
    return { x: foot - width * 0.3, y: horizon, width: width * 0.6, height: whole - horizon };
  }
  const tall = Math.min(whole - horizon, Math.max(height, (whole - horizon) * 0.55));
  return { x: 0, y: horizon, width, height: tall };
}

interface Offset {
  readonly dx: number;
  readonly dy: number;
  readonly scale: number;
}

/** Where the members of a group stand to its middle: odd clumps with one leader, never a row of equals. */
function clusterOf(count: number, { width, height, aloft }: Stature, random: Random): Offset[] {
  if (count === 1) return [{ dx: 0, dy: 0, scale: 1 }];
  const step = width * (aloft ? 1.15 : 0.72);
  const slant = aloft ? (random.next() < 0.5 ? 0.45 : -0.45) : 0;
  return Array.from({ length: count }, (_, i) => {
    const from = i - (count - 1) / 2;
    const clump = (random.next() - 0.5) * 0.7;
    return {
      dx: (from + clump) * step,
      dy: aloft ? from * step * slant + (random.next() - 0.5) * height : (random.next() - 0.5) * height * 0.22,
      scale: i === 0 ? 1 : 0.62 + 0.36 * random.next(),
    };
  });
}
