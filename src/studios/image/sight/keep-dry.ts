/**
 * Dry feet: who or what belongs on land and was laid out on water is moved to the nearest bank, with all that is on it; where the water
 * reaches everywhere, a strip of shore is laid before it.
 *
 *   composition ─▶ outlines of its waters ─▶ feet inside? ─▶ sideways to a bank, else down to the near shore, else a shore of its own
 */
import type { SceneElement } from '../../../kernel/index.ts';
import type { Box, Composition, Placed } from '../composition/index.ts';
import { drawFigure } from '../figures/index.ts';
import type { Point } from '../raster/index.ts';

const WATERS = /^(?:river|lake|sea|pond|stream|harbour|water|spring|rapids)$/u;
/** Waters before which there is a shore. */
const BROAD = /^(?:river|lake|sea|harbour|water)$/u;
/** What may stand in water, or hover over it. */
const WET =
  /^(?:village|city|wall|corridor|boat|sailing-boat|ship|submarine|bridge|lighthouse|watermill|dam|island|reed|lotus|duckweed|coral|sea-grass|rock|egret|otter|hippopotamus|seal|crocodile|turtle|frog|mermaid|boatman|lotus-picker|net|fishing-rod|bubble|anchor|oar|umbrella|lantern|candle|lamp|neon|smoke|spark|halo|fireworks|fishing-fire|beacon|sunlight|moonlight|starlight|mangrove|snowman|kite|toy-balloon|balloon|aeroplane|airship|rocket|parachute|helicopter|spaceship|ufo|satellite)$/u;
const LAND_KINDS: readonly Placed['kind'][] = [
  'light',
  'person',
  'animal',
  'building',
  'tree',
  'thing',
  'vehicle',
  'plant',
];
const AFLOAT = ['swimming', 'flying', 'floating', 'leaping', 'soaring', 'drifting', 'reflected', 'mounted'];

/** A composition in which nobody stands on water; `elements` are those of its scene. */
export function keepDry(composition: Composition, elements: readonly SceneElement[]): Composition {
  if (!composition.placed.some(({ element }) => WATERS.test(element))) return composition;
  let kept = composition;
  let isWet = wetness(kept);
  for (const { name } of composition.placed) {
    const next = dried(kept, name, elements, isWet);
    if (next !== kept) isWet = wetness(next);
    kept = next;
  }
  return kept;
}

function dried(
  composition: Composition,
  name: string,
  elements: readonly SceneElement[],
  isWet: (point: Point) => boolean,
): Composition {
  const body = composition.placed.find((placed) => placed.name === name)!;
  if (!belongsOnLand(body, elements)) return composition;
  if (!feetOf(body.box, body.kind).some(isWet)) return composition;
  const sideways = toBank(body, composition, isWet);
  if (sideways !== undefined) return moved(composition, body, sideways, elements);
  if (!composition.placed.some(({ element }) => BROAD.test(element))) return composition;
  const down = composition.height * 0.965;
  for (const foot of [0.76, 0.84, 0.92].map((share) => composition.height * share).concat(down)) {
    if (foot <= body.box.y + body.box.height) continue;
    const lower = moved(composition, body, nearer(body, foot, composition), elements);
    const again = lower.placed.find((placed) => placed.name === name)!;
    if (!feetOf(again.box, again.kind).some(wetness(lower))) return lower;
  }
  return ashore(moved(composition, body, nearer(body, down, composition), elements));
}

/** Bodies with their feet on the ground, not on a boat, a bridge or another body. */
function belongsOnLand({ kind, element, states, from }: Placed, elements: readonly SceneElement[]): boolean {
  if (!LAND_KINDS.includes(kind) || WET.test(element) || states.some((state) => AFLOAT.includes(state))) return false;
  const relation = from === undefined ? undefined : elements[from]?.relation;
  const ground = relation && elements[relation.to];
  if (!ground) return from !== undefined;
  const isCarried = ['on', 'in', 'above', 'under', 'between'].includes(relation.how);
  if (!isCarried) return true;
  if (kind !== 'person' && ground.kind === 'water') return false;
  return ground.kind === 'land'
    ? !/^(?:island|cliff|hill|mountain|peak|rock)$/u.test(ground.id)
    : ground.kind === 'water';
}

/** Whether a point lies on any water that is seen. */
function wetness(composition: Composition): (point: Point) => boolean {
  const outlines = composition.placed
    .filter(({ element }) => WATERS.test(element))
    .flatMap((placed) => drawFigure(placed, composition).shapes)
    .filter(({ material, outline, opacity = 1 }) => material === 'water' && outline.length > 2 && opacity > 0.4)
    .map(({ outline }) => outline);
  const shores = composition.placed.filter(({ name }) => name === SHORE).map(({ box }) => box.y + box.height * 0.4);
  return (point) => !shores.some((y) => point[1] > y) && outlines.some((outline) => inside(point, outline));
}

function inside([x, y]: Point, outline: readonly Point[]): boolean {
  let isInside = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [[ax, ay], [bx, by]] = [outline[i]!, outline[j]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isInside = !isInside;
  }
  return isInside;
}

/** A tree has one foot. */
const feetOf = ({ x, y, width, height }: Box, kind: Placed['kind']): Point[] =>
  (kind === 'tree' || kind === 'plant' ? [0.5] : [0.2, 0.5, 0.8]).map(
    (share): Point => [x + width * share, y + height - 3],
  );

/** The nearest place to either side with dry ground under it. */
function toBank({ box, kind }: Placed, { width }: Composition, isWet: (point: Point) => boolean): Box | undefined {
  const slack = kind === 'tree' ? 0.3 * box.width : 0;
  for (let by = 16; by < width; by += 16) {
    for (const dx of [by, -by]) {
      const there = { ...box, x: box.x + dx };
      const isOnPaper = there.x > 0.03 * width - slack && there.x + there.width < 0.97 * width + slack;
      if (isOnPaper && !feetOf(there, kind).some(isWet)) return there;
    }
  }
  return undefined;
}

/** Lower on the paper, and so much larger as what is nearer is seen. */
function nearer({ box }: Placed, foot: number, { height, horizon, width }: Composition): Box {
  const before = Math.max(0.1, (box.y + box.height - horizon) / (height - horizon));
  const after = Math.max(before, (foot - horizon) / (height - horizon));
  const by = Math.min(1.7, (after / before) ** 0.5, (0.5 * height) / box.height);
  const [wide, tall] = [box.width * by, box.height * by];
  const x = Math.min(Math.max(box.x + box.width / 2 - wide / 2, 0.03 * width), 0.97 * width - wide);
  return { x, y: foot - tall, width: wide, height: tall };
}

/** Moves a body, and with it whatever is on it. */
function moved(composition: Composition, body: Placed, to: Box, elements: readonly SceneElement[]): Composition {
  const { height, horizon } = composition;
  const by = to.height / body.box.height;
  const depth = (to.y + to.height - horizon) / (height - horizon);
  const isNearer = to.y + to.height > body.box.y + body.box.height + 2;
  const follow = ({ from, box }: Placed): boolean => {
    const relation = from === undefined ? undefined : elements[from]?.relation;
    return relation?.to === body.from && ['on', 'in'].includes(relation!.how) && overlaps(box, body.box);
  };
  const placed = composition.placed.map((other): Placed => {
    if (other.name === body.name)
      return { ...other, box: to, ...(isNearer && { depth: Math.min(0.99, Math.max(other.depth, depth)) }) };
    if (!follow(other)) return other;
    const { box } = other;
    const [dx, dy] = [box.x - body.box.x, box.y + box.height - (body.box.y + body.box.height)];
    const tall = box.height * by;
    const foot = to.y + to.height + dy * by;
    return {
      ...other,
      depth: isNearer ? Math.min(1, depth + 0.002) : other.depth,
      box: { x: to.x + dx * by, y: foot - tall, width: box.width * by, height: tall },
    };
  });
  return { ...composition, placed: placed.toSorted((a, b) => a.depth - b.depth) };
}

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const SHORE = 'shore-added';

/** A strip of shore along the foot of the paper. */
function ashore(composition: Composition): Composition {
  const { width, height, placed, seed } = composition;
  if (placed.some(({ name }) => name === SHORE)) return composition;
  const element = placed.some((other) => other.element === 'sea') ? 'beach' : 'river-bank';
  const box = { x: 0, y: height * 0.8, width, height: height * 0.2 };
  const near = Math.min(
    ...placed
      .filter(({ box: own, depth }) => depth > 0.5 && own.y + own.height > height * 0.9)
      .map(({ depth }) => depth),
    0.9,
  );
  const strip: Placed = {
    name: SHORE,
    element,
    kind: 'land',
    states: [],
    box,
    depth: near - 0.001,
    mirrored: false,
    seed: `${seed}/${SHORE}`,
  };
  return { ...composition, placed: [...placed, strip].toSorted((a, b) => a.depth - b.depth) };
}
