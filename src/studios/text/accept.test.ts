/** Drafts from elsewhere: kept where they hold, mended where little is wrong, refused with the reason else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import type { OpContext, OpResult } from '../../kernel/index.ts';
import { acceptVerse } from './accept.ts';

const context = { signal: new AbortController().signal } as unknown as OpContext;
const take = async (options: object): Promise<OpResult> =>
  acceptVerse.run(context, [], acceptVerse.options.parse(options));

test('a draft that keeps its form is kept as it is, with no repairs', async () => {
  const { works, report } = await take({
    text: '白日依山尽，黄河入海流。欲穷千里目，更上一层楼。',
    title: '登鹳雀楼',
    by: 'talker',
  });
  assert.deepEqual(works[0]!.measures, { draftedBy: 'talker', repairs: 0 });
  assert.deepEqual(report, { repairs: 0 });
});

test('what has the shape of no form is refused with the reason, in both languages', async () => {
  await assert.rejects(
    take({ text: '好的，这是一首诗：\n春天来了' }),
    (error: { code: string; zh?: { message: string } }) => {
      assert.equal(error.code, 'verse/not-mendable');
      assert.match(error.zh!.message, /草稿不合律/);
      return true;
    },
  );
});

test('free verse must be lines of words', async () => {
  const { works } = await take({ form: 'free', text: 'the sea\nkeeps no door\n\nit comes in' });
  assert.equal(works[0]!.title, 'the sea');
  const random = createRandom('noise');
  for (let i = 0; i < 50; i++) {
    const noise = Array.from({ length: 200 }, () => String.fromCodePoint(33 + random.integer(30))).join('');
    await assert.rejects(take({ form: 'free', text: noise }), { code: 'verse/not-verse' });
  }
});
