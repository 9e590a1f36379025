/** What is promised of every drawer of living things. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Composition, Placed } from '../../composition/index.ts';
import { drawFigure, figureBounds, hasDrawer } from '../draw-figure.ts';
import { bone, flesh } from './flesh.ts';
import ids from './living-ids.json' with { type: 'json' };
import { toneOf } from './stage.ts';

const composition: Composition = {
  width: 1000,
  height: 1000,
  frame: 'rectangle',
  view: 'level',
  horizon: 560,
  weather: 'clear',
  mood: { valence: 0, arousal: 0 },
  light: { source: 'sun', at: [100, 50], strength: 1, warmth: 0 },
  wind: 0.2,
  palette: { ground: '#efe8d8', dark: '#222222', main: ['#7f9a72'], accent: '#c2462e' },
  placed: [],
  voids: [],
  focus: [500, 500],
  seed: 'a',
};

const ASPECTS: Readonly<Record<string, number>> = {
  person: 0.45,
  animal: 1.35,
  bird: 1.3,
  fish: 2,
  insect: 1.2,
  being: 1.5,
};

function placedAs(kind: string, element: string, size = 220, more: Partial<Placed> = {}): Placed {
  const box = { x: 300, y: 400, width: size * ASPECTS[kind]!, height: size };
  return {
    name: element,
    element,
    kind: kind as Placed['kind'],
    states: [],
    box,
    depth: 0.8,
    mirrored: false,
    seed: `t/${element}`,
    ...more,
  };
}

const every = Object.entries(ids).flatMap(([kind, list]) => list.map((id) => [kind, id] as const));

test('every person, animal, bird, fish, insect and being has a drawer of its own', () => {
  assert.deepEqual(
    every.filter(([, id]) => !hasDrawer(id)).map(([, id]) => id),
    [],
  );
});

test('living things are finite, near their box, neither empty nor endless, at three sizes', () => {
  for (const [kind, id] of every) {
    for (const size of [24, 90, 300]) {
      const placed = placedAs(kind, id, size);
      const figure = drawFigure(placed, composition);
      const points = figure.shapes.flatMap(({ outline, strokes }) => [
        ...outline,
        ...strokes.flatMap((stroke) => stroke.points),
      ]);
      assert.ok(points.length > 4, `${id} at ${size} is empty`);
      assert.ok(
        points.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y)),
        `${id} has no place`,
      );
      const strokes = figure.shapes.reduce((sum, shape) => sum + shape.strokes.length, 0);
      assert.ok(
        figure.shapes.length <= 500 && strokes <= 900,
        `${id}: ${figure.shapes.length} shapes, ${strokes} strokes`,
      );
      const { x, y, width, height } = figureBounds(figure);
      const { box } = placed;
      const reach = 1.6 * Math.max(box.width, box.height);
      const inReach =
        x >= box.x - reach &&
        y >= box.y - reach &&
        x + width <= box.x + box.width + reach &&
        y + height <= box.y + box.height + reach;
      assert.ok(inReach, `${id} leaves its box at ${size}`);
      assert.ok(Math.max(width / box.width, height / box.height) > 0.35, `${id} is lost in its box at ${size}`);
      for (const { colour, tone } of figure.shapes)
        assert.ok(/^#[0-9a-f]{6}$/.test(colour) && tone >= 0 && tone <= 1, `${id}: ${colour} ${tone}`);
    }
  }
});

test('the same thing is drawn the same twice, another seed otherwise', () => {
  for (const [kind, id] of every.filter((_, i) => i % 6 === 0)) {
    const placed = placedAs(kind, id);
    assert.deepEqual(drawFigure(placed, composition), drawFigure(placed, composition));
  }
  const sheep = placedAs('animal', 'sheep');
  assert.notDeepEqual(
    drawFigure(sheep, composition).shapes,
    drawFigure({ ...sheep, seed: 'other' }, composition).shapes,
  );
});

test('states change the drawing', () => {
  const cases = [
    ['animal', 'horse', ['running', 'lying', 'grazing', 'sleeping', 'swimming', 'leaping', 'walking']],
    ['animal', 'dog', ['sitting']],
    ['bird', 'crane', ['standing', 'perched', 'sleeping', 'swimming']],
    [
      'person',
      'man',
      ['sitting', 'walking', 'riding', 'fishing', 'dancing', 'lying', 'reading', 'drinking', 'playing', 'from-behind'],
    ],
  ] as const;
  for (const [kind, id, states] of cases) {
    const seen = new Set([JSON.stringify(drawFigure(placedAs(kind, id), composition).shapes)]);
    for (const state of states)
      seen.add(JSON.stringify(drawFigure(placedAs(kind, id, 220, { states: [state] }), composition).shapes));
    assert.equal(seen.size, states.length + 1, id);
  }
});

test('the colour asked for wins over the usual one', () => {
  for (const [kind, id] of [
    ['animal', 'horse'],
    ['bird', 'crow'],
    ['person', 'woman'],
    ['fish', 'goldfish'],
    ['insect', 'butterfly'],
    ['being', 'dragon'],
  ] as const) {
    const colours = drawFigure(placedAs(kind, id, 220, { colour: '#2f6fd0' }), composition).shapes.map(
      ({ colour }) => colour,
    );
    assert.ok(colours.includes('#2f6fd0'), `${id} is not blue`);
  }
});

test('sitting people are lower than standing ones, riders sit on a beast', () => {
  const height = (states: readonly string[]): number =>
    figureBounds(drawFigure(placedAs('person', 'scholar', 200, { states }), composition)).height;
  assert.ok(height(['sitting']) < 0.75 * height(['standing']));
  const parts = drawFigure(placedAs('person', 'man', 200, { states: ['riding'] }), composition).shapes.map(
    ({ part }) => part,
  );
  assert.ok(parts.includes('body') && parts.includes('mane'));
});

test('birds far away are two strokes', () => {
  const { shapes } = drawFigure(placedAs('bird', 'wild-goose', 14, { states: ['flying'] }), composition);
  assert.equal(shapes.flatMap(({ strokes }) => strokes).length, 2);
});

test('flesh is one closed outline around bones that touch, two around bones apart, with its hole', () => {
  const joined = flesh([bone([0, 0], [50, 0], 10), bone([50, 0], [50, 40], 10)]);
  assert.equal(joined.length, 1);
  const xs = joined[0]!.map(([x]) => x);
  assert.ok(Math.abs(Math.min(...xs) + 10) < 1.5 && Math.abs(Math.max(...xs) - 60) < 1.5);
  assert.equal(flesh([bone([0, 0], [10, 0], 5), bone([60, 0], [70, 0], 5)]).length, 2);
  const ring = [
    bone([0, 0], [60, 0], 6),
    bone([60, 0], [60, 60], 6),
    bone([60, 60], [0, 60], 6),
    bone([0, 60], [0, 0], 6),
  ];
  assert.equal(flesh(ring).length, 2);
});

test('tones follow the lightness of colours', () => {
  assert.ok(toneOf('#ffffff') < 0.1 && toneOf('#000000') > 0.9 && toneOf('#888888') < toneOf('#444444'));
});
