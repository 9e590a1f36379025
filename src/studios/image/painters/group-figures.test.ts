import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DRAWERS } from '../figures/registry.ts';
import type { Figure } from '../figures/types.ts';
import { groupFigures, layerNames, nameOf } from './group-figures.ts';

const figure = (element: string, depth: number): Figure => ({
  placed: {
    name: `${element}-${depth}`,
    element,
    kind: 'tree',
    states: [],
    box: { x: 0, y: 0, width: 1, height: 1 },
    depth,
    mirrored: false,
    seed: 'a',
  },
  shapes: [],
});

test('every drawn element has a name in both languages', () => {
  for (const id of Object.keys(DRAWERS)) {
    const [en, zh] = nameOf(id);
    assert.match(zh, /\p{Script=Han}/u, id);
    assert.match(en, /^[a-z]/iu, id);
  }
});

test('layers of one picture are told apart by their names', () => {
  const order = ['willow', 'boat', 'willow', 'rock', 'willow', 'boat', 'rock'];
  const groups = groupFigures(
    order.map((id, i) => figure(id, i / 7)),
    12,
  );
  const names = layerNames(groups);
  assert.equal(new Set(names.map(({ zh }) => zh)).size, 7);
  assert.equal(new Set(names.map(({ en }) => en)).size, 7);
  assert.ok(names.every(({ zh }) => !/[a-z]/u.test(zh)));
});
