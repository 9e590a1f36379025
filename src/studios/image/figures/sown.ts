/**
 * Fields: one plant many times. A few of it are drawn, then set in rows that grow denser and smaller towards the horizon; where they
 * would be smaller than a brush can say, touches of their colours.
 */
import type { Placed } from '../composition/index.ts';
import { mixHex, type Point } from '../raster/index.ts';
import { areaOf } from './geometry/index.ts';
import { meadow } from './ground/index.ts';
import { between, dot, lines } from './marks.ts';
import type { Drawer, DrawingContext, Shape, Stroke } from './types.ts';

/** Side of the box that one plant is drawn in before it is set, units. */
const SIDE = 200;
const KINDS = 5;
/** Height of a plant at the foot of the paper and at the horizon, units. */
const NEAR = 118;
const FAR = 8;
const TALL: Readonly<Record<string, number>> = { sunflower: 1.35, corn: 1.5, wheat: 0.95, lavender: 0.8, daisy: 0.7 };
/** The whole of it from afar, where that is not its blossoms. */
const EARTH: Readonly<Record<string, string>> = { wheat: '#cda850', 'rice-plant': '#9fae4e', corn: '#8fa04a' };
const SOWN = new Set(['field', 'tilled', 'rows']);

type Plant = readonly Shape[];

/** `field`: the ground, unless another has `tilled` it, and what is far away; `rows`: the strip of the box. */
export function drawSown(placed: Placed, context: DrawingContext, draw: Drawer): Shape[] {
  const plants = grow(placed, context, draw);
  if (placed.states.includes('rows')) return rows(placed, context, plants);
  const colours = coloursOf(plants);
  const grown = EARTH[placed.element] ?? mixHex('#86974a', colours[0]!, 0.55);
  return [
    ...(placed.states.includes('tilled') ? [] : [meadow(placed, context, grown)]),
    ...touches(placed, context, colours),
  ];
}

/** The plant some times, each a little different, its foot at 0, 0. */
function grow(placed: Placed, context: DrawingContext, draw: Drawer): Plant[] {
  const states = placed.states.filter((state) => !SOWN.has(state));
  return Array.from({ length: KINDS }, (_, i) => {
    const random = context.random.fork(`plant-${i}`);
    const box = { x: -SIDE / 2, y: -SIDE, width: SIDE, height: SIDE };
    return draw({ ...placed, states, box, mirrored: false }, { ...context, random, detail: 0.35 });
  });
}

/** Row behind row from the top of the box to its foot. */
function rows({ element, box }: Placed, { composition, random }: DrawingContext, plants: readonly Plant[]): Shape[] {
  const own = random.fork('rows');
  const shapes: Shape[] = [];
  for (let y = box.y; y < box.y + box.height; ) {
    const height = heightAt(y, composition, element);
    const step = height * 0.62;
    for (let x = -between(own, 0, step); x < composition.width + height / 2; x += step) {
      const at: Point = [x + between(own, -0.2, 0.2) * height, y + between(own, -0.12, 0.12) * height];
      shapes.push(...set(own.pick(plants), at, (height * between(own, 0.85, 1.1)) / SIDE));
    }
    y += Math.max(4, height * 0.36);
  }
  return shapes;
}

/** Height of a plant whose foot is there: nothing at the horizon, `NEAR` at the foot of the paper. */
function heightAt(y: number, { horizon, height }: DrawingContext['composition'], element: string): number {
  const near = Math.max(0, (y - horizon) / (height - horizon));
  return (FAR + (NEAR - FAR) * near ** 1.15) * (TALL[element] ?? 1);
}

/** Moved there and made so much smaller; what nobody would see any more is left out. */
function set(plant: Plant, [x, y]: Point, by: number): Shape[] {
  const move = ([px, py]: Point): Point => [x + px * by, y + py * by];
  const strokesOf = ({ strokes }: Shape): Stroke[] =>
    strokes
      .filter(({ role, width }) => width * by >= 0.3 && (by > 0.45 || (role !== 'vein' && role !== 'detail')))
      .map((stroke) => ({ ...stroke, points: stroke.points.map(move), width: Math.max(0.6, stroke.width * by) }));
  return plant.flatMap((shape) => {
    const strokes = strokesOf(shape);
    const bead = beadOf(shape, move, by);
    if (bead) return [bead];
    const isSeen = shape.outline.length > 2 && Math.sqrt(Math.abs(areaOf(shape.outline))) * by > 1.3;
    if (!isSeen && (shape.outline.length > 2 || strokes.length === 0)) return [];
    return [
      {
        ...shape,
        outline: shape.outline.map(move),
        ...(shape.holes && { holes: shape.holes.map((hole) => hole.map(move)) }),
        lined: by > 0.3 && shape.lined !== false,
        strokes,
      },
    ];
  });
}

/** A petal too small for its form is a dot. */
function beadOf(
  { material, outline, colour, part }: Shape,
  move: (point: Point) => Point,
  by: number,
): Shape | undefined {
  const size = Math.sqrt(Math.abs(areaOf(outline))) * by;
  const [first] = outline;
  if ((material !== 'petal' && material !== 'fruit') || !first || size >= 3 || size === 0) return undefined;
  const at = move(first);
  return lines(part, material, colour, 0.2, [dot('petal', at, Math.min(4.5, 1.6 + 1.5 * size), 0.25, colour)]);
}

/** Blossoms and ears as touches, from the horizon to where plants are seen one by one. */
function touches(
  { element, box }: Placed,
  { composition, random }: DrawingContext,
  colours: readonly string[],
): Shape[] {
  const own = random.fork('touches');
  const marks: Stroke[] = [];
  const foot = box.y + (composition.height - box.y) * 0.2;
  for (let y = box.y + 2; y < foot; ) {
    const height = heightAt(y, composition, element);
    const size = Math.max(1.6, height * 0.22);
    for (let x = -between(own, 0, size); x < composition.width; x += size * between(own, 1.1, 2.6))
      marks.push(dot('texture', [x, y - between(own, 0, 1) * height * 0.7], size, 0.25, own.pick(colours)));
    y += Math.max(2.4, height * 0.2);
  }
  return [lines('distance', 'petal', colours[0]!, 0.2, marks)];
}

/** What the plant shows from afar: its petals or ears on average, brighter and darker by turns, and something of its leaves. */
function coloursOf(plants: readonly Plant[]): string[] {
  const all = plants.flat();
  const petals = all.filter(({ material }) => material === 'petal' || material === 'fruit');
  const main = meanOf(petals.length > 0 ? petals : all);
  return [main, main, mixHex(main, '#ffffff', 0.22), mixHex(main, '#2a2a10', 0.16), mixHex(main, meanOf(all), 0.6)];
}

/** By the areas of surfaces, and of strokes where a shape is lines alone. */
function meanOf(shapes: readonly Shape[]): string {
  let mean = '#8a9a4c';
  let sum = 0;
  const add = (colour: string, area: number): void => {
    if (area <= 0) return;
    sum += area;
    mean = mixHex(mean, colour, area / sum);
  };
  for (const { outline, colour, strokes } of shapes) {
    add(colour, Math.abs(areaOf(outline)));
    if (outline.length < 3)
      for (const { width, points, colour: own } of strokes) add(own ?? colour, width * points.length);
  }
  return mean;
}
