/**
 * Fields: one plant many times. A few of it are drawn, then set in rows that grow denser and smaller towards the horizon; where they
 * would be smaller than a brush can say, touches of their colours.
 */
import type { Placed } from '../composition/index.ts';
import { mixHex, type Point } from '../raster/index.ts';
import { areaOf } from './geometry/index.ts';
import { meadow } from './ground/index.ts';
import { between, surface } from './marks.ts';
import type { Drawer, DrawingContext, Shape } from './types.ts';

/** Side of the box that one plant is drawn in before it is set, units. */
const SIDE = 200;
const KINDS = 5;
/** Height of a plant at the foot of the paper and at the horizon, units. */
const NEAR = 118;
const FAR = 8;
const TALL: Readonly<Record<string, number>> = { sunflower: 1.35, corn: 1.5, wheat: 0.95, lavender: 0.8, daisy: 0.7 };
/** The whole of it from afar, where blossoms and leaves mixed would be dull. */
const EARTH: Readonly<Record<string, string>> = {
  wheat: '#cda850',
  'rice-plant': '#9fae4e',
  corn: '#8fa04a',
  lavender: '#8c7ab8',
  'rape-flower': '#cfbf3c',
};
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
  const middle = heightAt(box.y + box.height / 2, composition, element) / SIDE;
  const simple = plants.map((plant) => simpler(plant, middle));
  const shapes: Shape[] = [];
  for (let y = box.y; y < box.y + box.height; ) {
    const height = heightAt(y, composition, element);
    const step = height * 0.62;
    for (let x = -between(own, 0, step); x < composition.width + height / 2; x += step) {
      const at: Point = [x + between(own, -0.2, 0.2) * height, y + between(own, -0.12, 0.12) * height];
      shapes.push(...set(own.pick(simple), at, (height * between(own, 0.85, 1.1)) / SIDE));
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

/** How many surfaces, strokes and beads are left of a plant that is made so much smaller. */
const limitsOf = (by: number): readonly [surfaces: number, strokes: number, beads: number] =>
  by < 0.16 ? [6, 20, 14] : by < 0.28 ? [16, 60, 24] : by < 0.42 ? [44, 150, 50] : [90, 280, 90];

/** Its largest surfaces and some of its strokes; of the small petals that go, a few as beads of their colour. */
function simpler(plant: Plant, by: number): Plant {
  const [surfaces, strokes, beads] = limitsOf(by);
  // Blossoms count for more than leaves: they are what is seen from afar.
  const sizes = plant.map(
    ({ outline, material }) => Math.sqrt(Math.abs(areaOf(outline))) * by * (isBloom(material) ? 1.5 : 1),
  );
  const least = Math.max(0.9, sizes.toSorted((a, b) => b - a)[surfaces] ?? 0);
  const small = plant.filter(({ material }, i) => isBloom(material) && sizes[i]! > 0 && sizes[i]! <= least);
  const every = Math.max(1, Math.ceil(plant.reduce((sum, shape) => sum + shape.strokes.length, 0) / strokes));
  const kept = plant.flatMap((shape, i): Shape[] => {
    const marks = shape.strokes.filter(
      ({ role, width }, k) => (k + i) % every === 0 && width * by >= 0.25 && (by > 0.45 || role !== 'vein'),
    );
    const isSurface = shape.outline.length > 2;
    if (isSurface ? sizes[i]! <= least : marks.length === 0) return [];
    return [{ ...shape, lined: by > 0.3 && shape.lined !== false, strokes: marks }];
  });
  const dots = small.filter((_, i) => i % Math.ceil(small.length / beads) === 0).map(({ outline }) => outline[0]!);
  const size = Math.min(3.2, 1.6 + 0.3 * least) / by;
  return dots.length > 0 ? [...kept, beadsAt(dots, size, meanOf(small))] : kept;
}

/** Small spots of one colour as one surface: the first is its outline, the others islands. */
function beadsAt([first, ...others]: readonly Point[], radius: number, colour: string): Shape {
  const spot = ([x, y]: Point): Point[] =>
    [0, 1, 2, 3, 4, 5].map((k): Point => [x + radius * Math.cos(1.05 * k), y + radius * Math.sin(1.05 * k)]);
  return surface('beads', spot(first!), 'petal', colour, 0.2, { holes: others.map(spot), lined: false });
}

const isBloom = (material: Shape['material']): boolean => material === 'petal' || material === 'fruit';

/** Moved there and made so much smaller. */
function set(plant: Plant, [x, y]: Point, by: number): Shape[] {
  const move = ([px, py]: Point): Point => [x + px * by, y + py * by];
  return plant.map((shape) => ({
    ...shape,
    outline: shape.outline.map(move),
    ...(shape.holes && { holes: shape.holes.map((hole) => hole.map(move)) }),
    strokes: shape.strokes.map((stroke) => ({
      ...stroke,
      points: stroke.points.map(move),
      width: Math.max(0.6, stroke.width * by),
    })),
  }));
}

/** Blossoms and ears as spots, from the horizon to where plants are seen one by one. */
function touches(
  { element, box }: Placed,
  { composition, random }: DrawingContext,
  colours: readonly string[],
): Shape[] {
  const own = random.fork('touches');
  const foot = box.y + (composition.height - box.y) * 0.2;
  return colours.map((colour) => {
    const spots: Point[] = [];
    for (let y = box.y + 2; y < foot; ) {
      const height = heightAt(y, composition, element);
      const step = colours.length * Math.max(2.6, height * 0.36);
      for (let x = -between(own, 0, step); x < composition.width; x += step * between(own, 0.6, 1.4))
        spots.push([x, y - between(own, 0, 1) * height * 0.7]);
      y += Math.max(2.4, height * 0.2);
    }
    return beadsAt(spots, Math.max(0.9, heightAt(foot, composition, element) * 0.06), colour);
  });
}

/** What the plant shows from afar: its petals or ears on average, brighter and darker by turns, and something of its leaves. */
function coloursOf(plants: readonly Plant[]): string[] {
  const all = plants.flat();
  const petals = all.filter(({ material }) => isBloom(material));
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
