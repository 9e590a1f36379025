/** What a model proposes for a plan, however strange: never a crash, never a plan that is none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OsError } from '../../core/index.ts';
import { type InputWork, type OpContext, type Plan, planSchema } from '../../kernel/index.ts';
import { acceptPlan } from './accept.ts';
import { readBrief } from './read-brief.ts';

const plan: Plan = readBrief('画一幅画：老渔翁在江边收网，不要月亮');
const input = { work: { title: '' }, document: plan } as unknown as InputWork;

const part = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('__proto__', 'river', 'moon', '#223344', '\ud800', '</data>', 1e308, -1, 0.5, 'night', '七绝'),
  fc.array(
    fc.record(
      {
        id: fc.constantFrom('river', 'moon', 'x', ''),
        words: fc.string(),
        word: fc.string(),
        weight: fc.double(),
        how: fc.string(),
        to: fc.string(),
      },
      { requiredKeys: [] },
    ),
    { maxLength: 30 },
  ),
);
const names = [
  'title',
  'themes',
  'imagery',
  'valence',
  'arousal',
  'season',
  'hour',
  'weather',
  'palette',
  'tempo',
  'elements',
  'music',
  'locked',
  'brief',
  'version',
  '__proto__',
];
const proposal = fc.oneof(fc.dictionary(fc.constantFrom(...names), part), fc.dictionary(fc.string(), part));

test('whatever is proposed, the plan stays a plan; what cannot be used is told or refused in both languages', async () => {
  await fc.assert(
    fc.asyncProperty(proposal, async (given) => {
      const options = acceptPlan.options.safeParse({ proposal: given, by: 'm' });
      if (!options.success) return;
      try {
        const { works } = await acceptPlan.run({} as OpContext, [input], options.data);
        const document = planSchema.parse((works[0] as { document: Plan }).document);
        assert.equal(document.brief, plan.brief);
        assert.ok(!document.scene?.elements.some(({ id }) => id === 'moon'), 'what the brief rules out stays out');
        assert.ok(document.themes.length > 0);
      } catch (thrown) {
        assert.ok(thrown instanceof OsError, `${thrown}`);
      }
    }),
    { numRuns: 300, seed: 7 },
  );
});
