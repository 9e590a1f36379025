import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Plan, planSchema, type SceneElement } from '../../../kernel/index.ts';
import { type Composition, layOut } from '../composition/index.ts';
import { createSight } from './index.ts';

type Loose = Partial<SceneElement> & Pick<SceneElement, 'id' | 'kind'>;

const planOf = (elements: readonly Loose[]): Plan =>
  planSchema.parse({
    version: 1,
    language: 'en',
    brief: 'x',
    themes: [],
    imagery: [],
    mood: { valence: 0, arousal: 0 },
    notes: [],
    scene: { elements: elements.map((element) => ({ source: element.id, weight: 0.8, ...element })) },
  });

function seenOf(composition: Composition, id: string): { area: number; share: number } {
  const glimpses = createSight()(composition);
  return glimpses.find(({ name }) => name.startsWith(`${id}-`))!;
}

test('what stands behind something else is seen less, and it is known by what it is hidden', () => {
  const { composition } = layOut(planOf([{ id: 'house', kind: 'building' }]), { seed: 'a', drafts: 2 })[0]!;
  const house = composition.placed.find(({ element }) => element === 'house')!;
  const wall = { ...house, name: 'wall-9', element: 'wall', depth: house.depth + 0.01, seed: 'w' };
  const alone = createSight()({ ...composition, placed: [house] });
  const behind = createSight()({ ...composition, placed: [house, wall] });
  assert.ok(alone[0]!.share > 0.95 && alone[0]!.area > 0.002);
  assert.ok(behind[0]!.share < 0.5 * alone[0]!.share);
  assert.equal([...behind[0]!.hiddenBy.keys()][0], 'wall-9');
  const aside = createSight()({ ...composition, placed: [{ ...house, box: { ...house.box, x: -3000 } }] });
  assert.equal(aside[0]!.area, 0);
});

test('[IM3] hidden things come into view', () => {
  const plans = [
    planOf([
      { id: 'waterfall', kind: 'water' },
      { id: 'monk', kind: 'person', relation: { how: 'behind', to: 0 } },
    ]),
    planOf([
      { id: 'carp', kind: 'fish' },
      { id: 'lotus', kind: 'flower', relation: { how: 'above', to: 0 } },
    ]),
    planOf([
      { id: 'ruins', kind: 'land' },
      { id: 'grass', kind: 'plant', relation: { how: 'behind', to: 0 } },
    ]),
  ];
  for (const plan of plans) {
    const { composition } = layOut(plan, { seed: '1', drafts: 6, sight: createSight() })[0]!;
    for (const { id } of plan.scene!.elements) {
      const { area, share } = seenOf(composition, id);
      assert.ok(area >= 0.0005 && share >= 0.35, `${id} ${area} ${share}`);
    }
  }
});

test('[IM2] a cleared view is the same for a seed, and what is asked to the left stays there', () => {
  const plan = planOf([
    { id: 'tower', kind: 'building', side: 'left' },
    { id: 'pine', kind: 'tree', side: 'left', count: 3 },
    { id: 'old-man', kind: 'person', relation: { how: 'behind', to: 1 } },
  ]);
  const [one, again] = [0, 1].map(() => layOut(plan, { seed: 'q', drafts: 6, sight: createSight() })[0]!.composition);
  assert.deepEqual(one, again);
  const tower = one!.placed.find(({ element }) => element === 'tower')!;
  assert.ok(tower.box.x + tower.box.width / 2 < one!.width / 2);
});
