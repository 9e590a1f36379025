import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Plan, planSchema, type SceneElement } from '../../../kernel/index.ts';
import { type Composition, layOut, type Placed } from './index.ts';

type Loose = Partial<SceneElement> & Pick<SceneElement, 'id' | 'kind'>;

function planOf(elements: readonly Loose[], more: object = {}): Plan {
  return planSchema.parse({
    version: 1,
    language: 'zh',
    brief: 'x',
    themes: [],
    imagery: [],
    mood: { valence: 0, arousal: 0 },
    notes: [],
    scene: { elements: elements.map((element) => ({ source: element.id, weight: 0.8, ...element })), ...more },
  });
}

const SEEDS = Array.from({ length: 30 }, (_, i) => `${i}`);

function each(plan: Plan, check: (composition: Composition, find: (id: string) => Placed[]) => void): void {
  for (const seed of SEEDS) {
    const { composition } = layOut(plan, { seed, drafts: 6 })[0]!;
    check(composition, (id) => composition.placed.filter(({ element }) => element === id));
  }
}

const middle = ({ box }: Placed): number => box.x + box.width / 2;
const foot = ({ box }: Placed): number => box.y + box.height;

test('[IM2] things stand where the words put them', () => {
  const plan = planOf([
    { id: 'mountain', kind: 'land', depth: 'far', side: 'left' },
    { id: 'willow', kind: 'tree', depth: 'near', side: 'right' },
    { id: 'river', kind: 'water' },
    { id: 'boat', kind: 'vehicle', relation: { how: 'on', to: 2 } },
    { id: 'moon', kind: 'sky' },
    { id: 'wild-goose', kind: 'bird', count: 5 },
  ]);
  each(plan, ({ width, height, horizon, placed }, find) => {
    assert.equal(placed.filter(({ from }) => from !== undefined).length, 10);
    assert.ok(middle(find('mountain')[0]!) < width / 2);
    assert.ok(middle(find('willow')[0]!) > width / 2);
    assert.ok(find('willow')[0]!.box.height > find('boat')[0]!.box.height);
    const [river, boat] = [find('river')[0]!, find('boat')[0]!];
    assert.ok(foot(boat) > river.box.y && foot(boat) <= foot(river) + 1, 'the boat is on the river');
    assert.ok(foot(find('moon')[0]!) < horizon + 1);
    for (const goose of find('wild-goose')) assert.ok(foot(goose) < horizon + 1 && goose.box.y > -goose.box.height);
    for (const { box } of placed) {
      assert.ok(Object.values(box).every(Number.isFinite));
      assert.ok(box.x < width && box.x + box.width > 0 && box.y < height && box.y + box.height > 0);
    }
  });
});

test('[IM2] relations are kept', () => {
  const plan = planOf([
    { id: 'house', kind: 'building', depth: 'middle' },
    { id: 'cat', kind: 'animal', relation: { how: 'on', to: 0 } },
    { id: 'dog', kind: 'animal', relation: { how: 'beside', to: 0 } },
    { id: 'moon', kind: 'sky', relation: { how: 'above', to: 0 } },
    { id: 'tree', kind: 'tree', relation: { how: 'behind', to: 0 } },
    { id: 'person', kind: 'person', relation: { how: 'before', to: 0 } },
  ]);
  each(plan, (_, find) => {
    const [house, cat, dog, moon, tree, person] = ['house', 'cat', 'dog', 'moon', 'tree', 'person'].map(
      (id) => find(id)[0]!,
    );
    assert.ok(
      foot(cat!) < house!.box.y + house!.box.height * 0.3 && Math.abs(middle(cat!) - middle(house!)) < house!.box.width,
    );
    assert.ok(
      dog!.box.x > house!.box.x + house!.box.width * 0.9 ||
        dog!.box.x + dog!.box.width < house!.box.x + house!.box.width * 0.1,
    );
    assert.ok(foot(moon!) <= Math.max(house!.box.y, moon!.box.height));
    assert.ok(tree!.depth < house!.depth && person!.depth > house!.depth);
  });
});

test('one subject without land is seen near at hand', () => {
  each(planOf([{ id: 'lotus', kind: 'flower' }]), ({ height, voids }, find) => {
    assert.ok(find('lotus')[0]!.box.height > height * 0.4);
    assert.ok(voids.length > 0);
  });
});

test('the same seed gives the same composition, another seed another', () => {
  const plan = planOf([
    { id: 'mountain', kind: 'land' },
    { id: 'pine', kind: 'tree', count: 3 },
  ]);
  const [one, again, other] = ['a', 'a', 'b'].map((seed) => JSON.stringify(layOut(plan, { seed, count: 2 })));
  assert.equal(one, again);
  assert.notEqual(one, other);
});

test('an empty scene is a ground, and formats have their shapes', () => {
  const { composition } = layOut(planOf([], { format: 'scroll' }), { seed: '1' })[0]!;
  assert.equal(composition.width, 1000);
  assert.equal(composition.height, 2400);
  assert.deepEqual(composition.placed, []);
});
