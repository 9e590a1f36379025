/** A poem fills the scene of its plan. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBrief } from './read-brief.ts';
import { withPoem } from './see-poem.ts';

const POEM = ['孤灯明灭梦为邻', '春水迢迢不到人', '唯有江南烟雨里', '芭蕉叶上一双禽'];

test('[PL25] what a poem shows joins the scene; weather stays that of the brief', () => {
  const plan = readBrief('写一首关于江南雨夜的诗', { seed: 1 });
  const own = plan.scene?.elements ?? [];
  const { scene } = withPoem(plan, POEM, 6);
  const ids = scene!.elements.map(({ id }) => id);
  assert.deepEqual(
    scene!.elements.slice(0, own.length).map(({ id }) => id),
    own.map(({ id }) => id),
  );
  assert.ok(ids.length > own.length && ids.length <= 6, ids.join());
  assert.ok(ids.includes('banana'), ids.join());
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(scene!.elements.every(({ relation }) => relation === undefined || relation.to < ids.length));
  assert.deepEqual(
    scene!.elements.slice(own.length).filter(({ kind }) => kind === 'weather'),
    [],
  );
});

test('[PL25] a scene with enough in it, or a poem that shows nothing, changes nothing', () => {
  const full = readBrief('远山，江上一叶小舟，两株垂柳，一座亭子，一只白鹭', { seed: 1, picture: true });
  assert.equal(withPoem(full, POEM, 5), full);
  const bare = readBrief('写一首关于思念的诗', { seed: 1 });
  assert.equal(withPoem(bare, ['何以解忧'], 0), bare);
  const night = readBrief('写一首关于江南雨夜的诗', { seed: 1 });
  assert.ok(!withPoem(night, ['红日照高林'], 8).scene!.elements.some(({ id }) => id === 'sun'));
});
