/** The op `plan/see-poem`: what a finished poem shows joins the scene of its plan, where the brief named little. */
import { z } from 'zod';
import { defineOp, type Plan, planSchema, type SceneElement } from '../../kernel/index.ts';
import { readScene } from './scene/read-scene.ts';

const poemDocument = z.object({ lines: z.array(z.string()) });

export const seePoem = defineOp({
  name: 'plan/see-poem',
  version: 2,
  summary: {
    en: 'Adds what a poem shows to the scene of its plan.',
    zh: '把诗中所见加入创作方案的画面。',
  },
  options: z.object({
    most: z.int().min(1).max(20).default(5).describe('elements up to which the scene is filled'),
  }),
  inputs: [
    { name: 'plan', medium: 'plan' },
    { name: 'poem', medium: 'verse' },
  ],
  run(_context, [planWork, poemWork], { most }) {
    const plan = planSchema.parse(planWork!.document);
    const { lines } = poemDocument.parse(poemWork!.document);
    const document = withPoem(plan, lines, most);
    return { works: [{ medium: 'plan', title: planWork!.work.title, document }] };
  },
});

/** The brief's own elements come first; weather and the hour are the brief's alone; a locked scene stays as it is. */
export function withPoem(plan: Plan, lines: readonly string[], most: number): Plan {
  if (plan.locked?.includes('scene')) return plan;
  const own = plan.scene?.elements ?? [];
  const seen = readScene(lines.join('\n'), { picture: true }).scene?.elements ?? [];
  const added: { readonly element: SceneElement; readonly from: number }[] = [];
  for (const [from, element] of seen.entries()) {
    if (own.length + added.length >= most) break;
    const known = own.some(({ id }) => id === element.id) || plan.scene?.without?.includes(element.id);
    if (!known && !LEFT_OUT.has(element.kind) && !isOfAnotherHour(element, plan)) added.push({ element, from });
  }
  if (added.length === 0) return plan;
  const place = new Map(added.map(({ from }, i) => [from, own.length + i]));
  const joined = added.map(({ element: { relation, ...element } }): SceneElement => {
    const to = relation && place.get(relation.to);
    const weight = Math.min(element.weight, 0.5);
    return { ...element, weight, ...(relation && to !== undefined && { relation: { how: relation.how, to } }) };
  });
  return { ...plan, scene: { ...plan.scene, elements: [...own, ...joined] } };
}

/** A poem's rain may fall in memory, its dreams are no things, and a flute without its player would lie in the river. */
const LEFT_OUT: ReadonlySet<SceneElement['kind']> = new Set(['weather', 'light', 'abstract', 'thing', 'food']);

const SUNLIT = /^(?:sun|sunset|sunrise|rainbow|dusk-sky)$/u;
const MOONLIT = /^(?:moon|star|stars|starry-sky|milky-way|constellation)$/u;

function isOfAnotherHour({ id }: SceneElement, { hour }: Plan): boolean {
  if (hour === undefined) return false;
  return hour === 'night' ? SUNLIT.test(id) : hour === 'noon' || hour === 'morning' ? MOONLIT.test(id) : false;
}
