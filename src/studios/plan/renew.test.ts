import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Plan, type PlanPart, planParts, planSchema } from '../../kernel/index.ts';
import { readBrief } from './read-brief.ts';
import { renew } from './renew.ts';
import { withPoem } from './see-poem.ts';

const plan: Plan = {
  ...readBrief('秋夜江上，一叶小舟，写一首七绝', { seed: 1, picture: true }),
  mood: { valence: -0.7, arousal: 0.1 },
  palette: ['#f6f2e9', '#2f5d50'],
  tempo: 63,
  music: { style: 'jiangnan', tonic: 'D', mode: 'zhi' },
};

/** What a part holds, in one value. */
const part = ({ verse, music, ...rest }: Plan, name: PlanPart): unknown =>
  name === 'form'
    ? verse?.form
    : name === 'style'
      ? music?.style
      : name === 'key'
        ? [music?.tonic, music?.mode]
        : rest[name];

test('whatever is locked stays, whatever words and chance come; the result is a plan with the same locks', () => {
  fc.assert(
    fc.property(
      fc.subarray([...planParts], { minLength: 1 }),
      fc.constantFrom('写一首关于春晓的五律，配 C 大调圆舞曲', 'a merry reel in D for a summer morning', plan.brief),
      fc.nat(),
      (locked, brief, seed) => {
        const next = renew({ ...plan, locked }, { brief, seed });
        assert.deepEqual(planSchema.parse(next), next);
        assert.deepEqual(next.locked, locked);
        for (const name of locked) assert.deepEqual(part(next, name), part(plan, name), name);
      },
    ),
    { numRuns: 60 },
  );
});

test('a locked absence stays an absence', () => {
  const bare: Plan = { ...readBrief('小舟', { seed: 1 }), locked: ['season', 'palette', 'key'] };
  const next = renew(bare, { brief: '春天的 D 大调曲子', seed: 3 });
  assert.deepEqual([next.season, next.palette, next.music?.tonic], [undefined, undefined, undefined]);
});

test('what is not locked is read from the words, and drawn by the seed', () => {
  const next = renew({ ...plan, locked: ['tempo'] }, { brief: '春天的早晨', seed: 1 });
  assert.deepEqual([next.season, next.palette, next.tempo], ['spring', undefined, 63]);
  const open = readBrief('写一首关于星空的诗', { seed: 1 });
  const themes = Array.from({ length: 12 }, (_, seed) =>
    renew(open, { seed })
      .themes.map(({ word }) => word)
      .join(),
  );
  assert.ok(new Set(themes).size > 1, 'other chances, other themes');
});

test('locked things of the scene stay where the scene itself is not locked', () => {
  const [first, ...rest] = plan.scene!.elements!;
  const held: Plan = {
    ...plan,
    scene: { ...plan.scene, elements: [{ ...first!, side: 'left', locked: true }, ...rest] },
  };
  const next = renew(held, { brief: '春天的桃花', seed: 2 });
  assert.equal(next.scene?.elements?.find(({ id }) => id === first!.id)?.side, 'left');
});

test('to a locked scene a poem adds nothing', () => {
  const bare: Plan = { ...plan, scene: { ...plan.scene, elements: plan.scene!.elements!.slice(0, 1) } };
  const lines = ['孤帆远影碧空尽', '唯见长江天际流'];
  assert.ok(withPoem(bare, lines, 5).scene!.elements!.length > 1);
  assert.deepEqual(withPoem({ ...bare, locked: ['scene'] }, lines, 5).scene, bare.scene);
});
