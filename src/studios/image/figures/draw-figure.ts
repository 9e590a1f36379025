/** From a placed thing to its figure: the drawer of its element, else of its kind; then mirrored, reflected, held within limits. */
import { createRandom } from '../../../core/index.ts';
import type { Composition, Placed } from '../composition/index.ts';
import { createNoise, type Point } from '../raster/index.ts';
import { blob, boundsOf } from './geometry/index.ts';
import { surface, unit } from './marks.ts';
import { DRAWERS, KINDS } from './registry.ts';
import { drawSown } from './sown.ts';
import type { Drawer, DrawingContext, Figure, Shape } from './types.ts';

/** Draws what was placed; the same thing in the same composition always the same. What nobody can draw is a rounded mass. */
export function drawFigure(placed: Placed, composition: Composition): Figure {
  const random = createRandom(placed.seed);
  const { mirrored } = placed;
  // A mirrored thing is drawn as it is and turned over; wind and light must come out where they were.
  const seen = mirrored ? mirroredWorld(composition, placed) : composition;
  const context: DrawingContext = {
    composition: seen,
    random: random.fork('figure'),
    noise: createNoise(random.fork('noise')),
    detail: detailOf(placed),
  };
  const draw = DRAWERS[placed.element] ?? KINDS[placed.kind] ?? drawMass;
  const isSown = placed.states.some((state) => state === 'field' || state === 'rows');
  const drawn = isSown ? drawSown(placed, context, draw) : draw(placed, context);
  const turned = mirrored ? drawn.map((shape) => mirrorShape(shape, placed)) : drawn;
  return {
    placed,
    shapes: placed.states.includes('reflected') ? turned.map((shape) => reflectShape(shape, placed)) : turned,
  };
}

/** Whether an element has a drawer of its own. */
export const hasDrawer = (element: string): boolean => Object.hasOwn(DRAWERS, element);

/** 0 at 20 units … 1 at 460 and more. */
function detailOf({ box }: Placed): number {
  return unit((Math.sqrt(Math.max(1, box.width * box.height)) - 16) / 420);
}

function mirroredWorld(composition: Composition, { box }: Placed): Composition {
  const { light, wind } = composition;
  const at = [2 * box.x + box.width - light.at[0], light.at[1]] as const;
  return { ...composition, wind: -wind, light: { ...light, at } };
}

function moveShape(shape: Shape, move: (point: Point) => Point): Shape {
  return {
    ...shape,
    outline: shape.outline.map(move),
    ...(shape.holes && { holes: shape.holes.map((hole) => hole.map(move)) }),
    strokes: shape.strokes.map((stroke) => ({ ...stroke, points: stroke.points.map(move) })),
  };
}

function mirrorShape(shape: Shape, { box }: Placed): Shape {
  const moved = moveShape(shape, ([x, y]) => [2 * box.x + box.width - x, y]);
  return shape.texture
    ? { ...moved, texture: { ...shape.texture, direction: Math.PI - shape.texture.direction } }
    : moved;
}

/** Upside down, broken by ripples, pale. */
function reflectShape(shape: Shape, { box }: Placed): Shape {
  const size = Math.max(4, box.height / 14);
  const moved = moveShape(shape, ([x, y]) => {
    const down = 2 * box.y + box.height - y;
    return [x + Math.sin(down / size) * size * 0.22, down];
  });
  return { ...moved, opacity: (shape.opacity ?? 1) * 0.5, softness: Math.max(0.15, shape.softness ?? 0), lined: false };
}

const drawMass: Drawer = ({ box, colour = '#8a8578' }, { random }) => {
  const at: Point = [box.x + box.width / 2, box.y + box.height / 2];
  return [
    surface('body', blob(at, box.width * 0.46, box.height * 0.46, random), 'plain', colour, 0.4, { form: 'round' }),
  ];
};

/** The smallest box around all of a figure. */
export const figureBounds = ({ shapes }: Figure): ReturnType<typeof boundsOf> =>
  boundsOf(shapes.flatMap(({ outline, strokes }) => [...outline, ...strokes.flatMap(({ points }) => points)]));
