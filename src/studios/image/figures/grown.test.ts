import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Plan, planSchema, type SceneElement } from '../../../kernel/index.ts';
import { layOut, type Placed } from '../composition/index.ts';
import { drawFigure } from './draw-figure.ts';
import { GROUND } from './ground/index.ts';
import { TREES } from './trees/index.ts';
import type { Figure } from './types.ts';

const TREE_IDS =
  'tree pine willow plum-tree maple ginkgo bamboo banana palm cypress cherry-tree peach-tree apple-tree wutong osmanthus birch poplar locust-tree banyan mulberry christmas-tree bare-tree stump forest';

function drawn(
  id: string,
  kind: SceneElement['kind'],
  more: Partial<Plan> & { seed?: string; states?: string[] } = {},
): Figure {
  const { seed = 'a', states = [], ...facts } = more;
  const plan = planSchema.parse({
    version: 1,
    language: 'en',
    brief: id,
    themes: [],
    imagery: [],
    mood: { valence: 0, arousal: 0 },
    notes: [],
    scene: { elements: [{ id, kind, source: id, weight: 1, states }] },
    ...facts,
  });
  const { composition } = layOut(plan, { seed })[0]!;
  const placed = composition.placed.find(({ from }) => from === 0) as Placed;
  return drawFigure(placed, composition);
}

function check({ placed, shapes }: Figure, overhang: number): void {
  assert.ok(shapes.length > 0, placed.element);
  const strokes = shapes.flatMap((shape) => shape.strokes);
  assert.ok(strokes.length <= 3000, `${placed.element}: ${strokes.length} strokes`);
  const { x, y, width, height } = placed.box;
  const slack = overhang * Math.max(width, height);
  for (const [px, py] of shapes.flatMap(({ outline }) => outline).concat(strokes.flatMap(({ points }) => points))) {
    assert.ok(Number.isFinite(px) && Number.isFinite(py), placed.element);
    assert.ok(
      px >= x - slack && px <= x + width + slack && py >= y - slack && py <= y + height + slack,
      `${placed.element} ${px} ${py}`,
    );
  }
}

test('every tree of the table grows, within its box, the same for a seed', () => {
  for (const id of TREE_IDS.split(' ')) {
    assert.ok(id in TREES, id);
    for (const seed of ['a', 'b', 'c']) check(drawn(id, 'tree', { seed }), 0.35);
    assert.deepEqual(drawn(id, 'tree').shapes, drawn(id, 'tree').shapes);
    assert.notDeepEqual(drawn(id, 'tree').shapes, drawn(id, 'tree', { seed: 'd' }).shapes);
  }
});

test('seasons and states dress a tree', () => {
  const parts = (figure: Figure): Set<string> => new Set(figure.shapes.map(({ part }) => part));
  assert.ok(parts(drawn('maple', 'tree')).has('crown'));
  assert.ok(!parts(drawn('maple', 'tree', { season: 'winter' })).has('crown'));
  assert.ok(parts(drawn('pine', 'tree', { season: 'winter' })).has('pad'));
  assert.ok(parts(drawn('plum-tree', 'tree', { season: 'winter' })).has('flowers'));
  assert.ok(parts(drawn('pine', 'tree', { states: ['snowy'] })).has('snow'));
  const colours = (season: 'summer' | 'autumn'): string[] =>
    drawn('maple', 'tree', { season }).shapes.map(({ colour }) => colour);
  assert.notDeepEqual(colours('summer'), colours('autumn'));
});

test('open ground lies across the paper', () => {
  for (const id of Object.keys(GROUND)) check(drawn(id, 'land'), 0.6);
});
