/** Nobody stands on water. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Plan, SceneElement } from '../../../kernel/index.ts';
import { layOut } from '../composition/index.ts';
import { drawFigure } from '../figures/index.ts';
import { keepDry } from './keep-dry.ts';

const element = (id: string, kind: SceneElement['kind'], more: Partial<SceneElement> = {}): SceneElement => ({
  id,
  kind,
  source: id,
  weight: 0.8,
  ...more,
});

const planOf = (elements: SceneElement[]): Plan =>
  ({
    version: 1,
    language: 'en',
    brief: '',
    themes: [],
    imagery: [],
    mood: { valence: 0, arousal: 0 },
    notes: [],
    scene: { elements },
  }) as unknown as Plan;

function inside([x, y]: readonly [number, number], outline: readonly (readonly [number, number])[]): boolean {
  return outline.reduce((is, [ax, ay], i) => {
    const [bx, by] = outline.at(i - 1)!;
    return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !is : is;
  }, false);
}

test('by a river, a lake or the sea people and trees keep their feet dry; boats stay on the water', () => {
  for (const water of ['river', 'lake', 'sea']) {
    for (const seed of ['1', '2', '3', '4']) {
      const elements = [
        element('man', 'person', { relation: { how: 'beside', to: 1 } }),
        element(water, 'water'),
        element('willow', 'tree'),
        element('boat', 'vehicle', { relation: { how: 'on', to: 1 } }),
      ];
      const [layout] = layOut(planOf(elements), { seed, drafts: 8 });
      const kept = keepDry(layout!.composition, elements);
      const waters = kept.placed
        .filter((placed) => placed.element === water)
        .flatMap((placed) => drawFigure(placed, kept).shapes)
        .filter(({ material, opacity = 1 }) => material === 'water' && opacity > 0.4);
      const shore = kept.placed.find(({ name }) => name === 'shore-added')?.box.y ?? Number.POSITIVE_INFINITY;
      for (const id of ['man', 'willow']) {
        const { box } = kept.placed.find((placed) => placed.element === id)!;
        const foot = [box.x + box.width / 2, box.y + box.height - 3] as const;
        const isDry = foot[1] > shore || !waters.some(({ outline }) => inside(foot, outline));
        assert.ok(isDry, `${id} by the ${water}, seed ${seed}`);
      }
      assert.equal(
        kept.placed.find((placed) => placed.element === 'boat')!.box,
        layout!.composition.placed.find((placed) => placed.element === 'boat')!.box,
      );
    }
  }
});
