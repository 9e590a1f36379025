import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSchema, type SceneElement } from '../../../kernel/index.ts';
import { drawFigure, figureBounds } from '../figures/index.ts';
import { createSight, keepSeated } from '../sight/index.ts';
import { type Composition, layOut } from './index.ts';

type Loose = Partial<SceneElement> & Pick<SceneElement, 'id' | 'kind'>;

/** As a painting is laid out: hidden things brought into view, everybody where they sit. */
function composed(wishes: readonly Loose[], seed: string): Composition {
  const elements = wishes.map((wish) => ({ source: wish.id, weight: 0.8, ...wish }));
  const plan = planSchema.parse({
    version: 1,
    language: 'en',
    brief: 'x',
    themes: [],
    imagery: [],
    mood: { valence: 0, arousal: 0 },
    notes: [],
    scene: { elements },
  });
  const { composition } = layOut(plan, { seed, drafts: 6, sight: createSight() })[0]!;
  return keepSeated(composition, elements);
}

const SEEDS = ['1', '2', '3', '4', '5', '6', '7', '8'];

test('[IM84] a field of plants covers the ground in rows, some before and some behind who walks in it', () => {
  for (const seed of SEEDS) {
    const composition = composed(
      [
        { id: 'girl', kind: 'person', relation: { how: 'in', to: 1 } },
        { id: 'sunflower', kind: 'flower', states: ['field'] },
      ],
      seed,
    );
    const girl = composition.placed.find(({ element }) => element === 'girl')!;
    const rows = composition.placed.filter(({ states }) => states.includes('rows'));
    assert.equal(rows.length, 5);
    assert.ok(rows.some(({ depth }) => depth > girl.depth) && rows.some(({ depth }) => depth < girl.depth));
    const flowers = rows.flatMap((row) => drawFigure(row, composition).shapes);
    const { x, y, width, height } = figureBounds({ placed: girl, shapes: flowers });
    assert.ok(x < 20 && x + width > composition.width - 20 && y + height > composition.height * 0.95, `${seed}`);
    assert.ok(y > composition.horizon * 0.9, 'none in the sky');
  }
});

test('[IM84] what stands alone is no field', () => {
  const { placed } = composed([{ id: 'sunflower', kind: 'flower' }], '1');
  assert.equal(placed.filter(({ states }) => states.includes('rows')).length, 0);
});

const MOUNTS: readonly Loose[] = [
  { id: 'horse', kind: 'animal' },
  { id: 'bicycle', kind: 'vehicle' },
  { id: 'motorcycle', kind: 'vehicle' },
  { id: 'broom', kind: 'thing', states: ['flying'] },
  { id: 'whale', kind: 'fish' },
  { id: 'crane', kind: 'bird' },
];

for (const mount of MOUNTS)
  test(`[IM85] who rides sits astride it and brings no mount along: ${mount.id}`, () => {
    for (const seed of SEEDS) {
      const rider: Loose = { id: 'boy', kind: 'person', states: ['riding'], relation: { how: 'on', to: 1 } };
      const composition = composed([rider, mount], seed);
      const boy = composition.placed.find(({ element }) => element === 'boy')!;
      const under = composition.placed.find(({ element }) => element === mount.id)!;
      assert.ok(boy.states.includes('mounted') && boy.depth > under.depth);
      const hips = boy.box.y + boy.box.height / 2;
      assert.ok(hips > under.box.y - 0.1 * boy.box.height && hips < under.box.y + under.box.height, 'in the saddle');
      const feet = boy.box.y + boy.box.height;
      assert.ok(feet > under.box.y + 0.25 * under.box.height, 'legs hang down its sides');
      assert.ok(!drawFigure(boy, composition).shapes.some(({ part }) => /hoof|mane|muzzle/u.test(part)));
    }
  });
