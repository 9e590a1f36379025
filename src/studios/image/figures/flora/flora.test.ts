import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Composition, Placed } from '../../composition/index.ts';
import { boundsOf } from '../geometry/index.ts';
import { drawFigure, hasDrawer } from '../index.ts';
import type { Shape } from '../types.ts';
import { FLORA, FLORA_KINDS } from './index.ts';

const FLOWERS =
  'flower lotus peony chrysanthemum orchid plum-blossom peach-blossom pear-blossom apricot-blossom crabapple azalea camellia magnolia rose sunflower daffodil lily tulip lavender daisy dandelion iris violet poppy hydrangea wisteria morning-glory bluebell rape-flower catkin bouquet jasmine hibiscus pomegranate-flower'.split(
    ' ',
  );
const PLANTS =
  'grass reed vine moss fern duckweed leaf fallen-leaves wheat rice-plant corn cactus mushroom gourd bush bonsai seedling clover coral sea-grass artemisia'.split(
    ' ',
  );
const ALL = [...FLOWERS, ...PLANTS];

const composition: Composition = {
  width: 1000,
  height: 1000,
  frame: 'rectangle',
  view: 'level',
  horizon: 1100,
  weather: 'clear',
  mood: { valence: 0, arousal: 0 },
  light: { source: 'sun', at: [100, -100], strength: 0.9, warmth: 0.1 },
  wind: 0.3,
  palette: { ground: '#f4eee0', dark: '#222222', main: ['#777777'], accent: '#b33333' },
  placed: [],
  voids: [],
  focus: [500, 500],
  seed: 'garden',
};

function place(element: string, height: number, states: readonly string[] = [], seed = '1'): Placed {
  const box = { x: 200, y: 80, width: height * 0.9, height };
  return { name: `${element}-1`, element, kind: 'flower', states, box, depth: 0.9, mirrored: false, seed };
}

const shapesOf = (placed: Placed, world = composition): readonly Shape[] => drawFigure(placed, world).shapes;
const pointsOf = (shapes: readonly Shape[]) =>
  shapes.flatMap(({ outline, strokes }) => [...outline, ...strokes.flatMap(({ points }) => points)]);
const strokesOf = (shapes: readonly Shape[]): number => shapes.reduce((sum, { strokes }) => sum + strokes.length, 0);

test('every flower and every plant has a drawer of its own', () => {
  assert.deepEqual(Object.keys(FLORA).toSorted(), ALL.toSorted());
  for (const id of ALL) assert.ok(hasDrawer(id), id);
  assert.ok(FLORA_KINDS.flower && FLORA_KINDS.plant);
});

test('flowers and plants of every size and state are finite, stay near their box and are no more than 3000 lines', () => {
  for (const id of ALL) {
    for (const [height, states, seed] of [
      [800, [], 'a'],
      [240, ['withered'], 'b'],
      [120, ['bud', 'swaying'], 'c'],
      [24, ['fallen'], 'd'],
      [10, [], 'e'],
    ] as const) {
      const placed = place(id, height, states, seed);
      const shapes = shapesOf(placed, seed === 'b' || seed === 'e' ? { ...composition, horizon: 500 } : composition);
      const points = pointsOf(shapes);
      const what = `${id} ${height} ${states.join()}`;
      assert.ok(points.length > 2, `${what} draws nothing`);
      for (const [x, y] of points) assert.ok(Number.isFinite(x) && Number.isFinite(y), `${what} is not finite`);
      for (const { width, tone, points: own } of shapes.flatMap(({ strokes }) => strokes)) {
        assert.ok(
          width > 0 && tone >= 0 && tone <= 1 && own.length > 0,
          `${what}: stroke ${width} ${tone} ${own.length}`,
        );
      }
      const { box } = placed;
      const own = boundsOf(points);
      const room = 0.25 * height + 6;
      assert.ok(
        own.x > box.x - room && own.x + own.width < box.x + box.width + room,
        `${what} leaves its box sideways`,
      );
      assert.ok(own.y > box.y - room && own.y + own.height < box.y + box.height + room, `${what} leaves its box`);
      assert.ok(strokesOf(shapes) <= 3000, `${what}: ${strokesOf(shapes)} strokes`);
      assert.ok(shapes.length <= 2600, `${what}: ${shapes.length} shapes`);
    }
  }
});

test('the same plant is always the same, another seed gives another', () => {
  for (const id of ALL) {
    const once = shapesOf(place(id, 160));
    assert.deepEqual(shapesOf(place(id, 160)), once, id);
    assert.notDeepEqual(shapesOf(place(id, 160, [], '2')), once, id);
  }
});

test('far away a plant is a few touches', () => {
  for (const id of ALL) {
    const [far, near] = [shapesOf(place(id, 30)), shapesOf(place(id, 600))];
    assert.ok(strokesOf(far) + far.length < strokesOf(near) + near.length, id);
    assert.ok(strokesOf(far) + far.length <= 700, `${id}: ${strokesOf(far) + far.length}`);
  }
});

test('withered flowers lose their colour, buds stay closed, a colour asked for is used', () => {
  const petals = (states: readonly string[], colour?: string) =>
    shapesOf({ ...place('rose', 500, states), ...(colour && { colour }) }).filter(({ part }) => part === 'petal');
  const fresh = petals([], '#2f5fd0');
  assert.ok(fresh.some(({ colour }) => blueOf(colour) > 150));
  const withered = petals(['withered'], '#2f5fd0');
  assert.ok(
    Math.max(...withered.map(({ colour }) => blueOf(colour))) < Math.max(...fresh.map(({ colour }) => blueOf(colour))),
  );
  const spread = (shapes: readonly Shape[]): number => boundsOf(pointsOf(shapes.slice(-20))).width;
  assert.ok(spread(petals(['bud'])) < spread(petals([])));
});

const blueOf = (colour: string): number => Number.parseInt(colour.slice(5, 7), 16);

test('wind bends reeds to its side', () => {
  const middle = (wind: number): number => {
    const tops = shapesOf(place('reed', 400), { ...composition, wind }).filter(({ part }) => part === 'reed');
    return tops.reduce((sum, { strokes }) => sum + strokes[0]!.points.at(-1)![0] - strokes[0]!.points[0]![0], 0);
  };
  assert.ok(middle(0.8) > 0 && middle(-0.8) < 0);
});
