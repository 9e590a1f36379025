import assert from 'node:assert/strict';
import test from 'node:test';
import { editPlan } from './edit.ts';
import { readBrief } from './read-brief.ts';

const plan = readBrief('秋夜江上，一叶小舟，写一首七绝', { seed: 1 });
const work = { work: { title: '秋夜' }, document: plan } as unknown as Parameters<typeof editPlan.run>[1][number];
const edit = async (options: unknown) =>
  (await editPlan.run({} as Parameters<typeof editPlan.run>[0], [work], editPlan.options.parse(options)))
    .works[0]! as unknown as {
    readonly document: typeof plan;
  };

test('what is changed stands, the rest stays, what is taken out is gone', async () => {
  const { document } = await edit({
    changes: { mood: { valence: 0.5, arousal: -1 }, season: 'spring' },
    without: ['hour'],
  });
  assert.deepEqual(
    [document.mood, document.season, document.hour],
    [{ valence: 0.5, arousal: -1 }, 'spring', undefined],
  );
  assert.deepEqual([document.brief, document.themes, document.scene], [plan.brief, plan.themes, plan.scene]);
});

test('what no plan may say is refused by its options', () => {
  assert.equal(editPlan.options.safeParse({ changes: { mood: { valence: 3, arousal: 0 } } }).success, false);
  assert.equal(editPlan.options.safeParse({ changes: { palette: ['red'] } }).success, false);
});
