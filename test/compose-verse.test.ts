/** Composing under a form, with a model of random weights: whatever a model would like to say, no broken poem can come out. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createRandom } from '../src/core/index.ts';
import { createHouseTokenModel } from '../src/drivers/house/index.ts';
import type { TokenModel } from '../src/kernel/index.ts';
import { checkVerse } from '../src/studios/text/verse/check/index.ts';
import {
  type Candidate,
  composeOptionsSchema,
  composePoems,
  createLettering,
  planRepair,
  resolveWish,
} from '../src/studios/text/verse/compose/index.ts';
import { findForms, listForms } from '../src/studios/text/verse/forms/index.ts';
import { buildNoveltyIndex, readNoveltyIndex } from '../src/studios/text/verse/novelty/index.ts';
import { CONTROL_TOKENS } from '../src/studios/text/verse/prompt.ts';
import { loadRhymeBook } from '../src/studios/text/verse/prosody/index.ts';
import { createRandomModelFolder } from '../src/training/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'verse-'));
let model: TokenModel;

before(async () => {
  const common = [...loadRhymeBook('平水韵').rhymes.values()].flatMap((characters) => characters.slice(0, 24));
  const vocabulary = [...CONTROL_TOKENS, '，', '。', '、', ...new Set(common)];
  await createRandomModelFolder(folder, { vocabulary, max_position_embeddings: 192, boldness: 0.4 });
  model = await createHouseTokenModel(folder);
});
after(async () => {
  await model[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

async function compose(options: object, seed: number | string = 1, extra: object = {}): Promise<Candidate[]> {
  const parsed = composeOptionsSchema.parse({ candidates: 4, temperature: 1, topP: 1, minP: 0, ...options });
  const wish = resolveWish(undefined, parsed);
  return (await composePoems({ model, wish, options: parsed, random: createRandom(seed), ...extra })).all;
}
const texts = (candidates: readonly Candidate[]): string[] => candidates.map(({ poem }) => poem.lines.join('/'));

test('[VE1] every regulated form comes out without a violation, by sampling, by beam and greedily', async () => {
  for (const form of ['五绝', '七绝', '五律', '七律']) {
    for (const decode of ['sample', 'beam', 'greedy']) {
      const all = await compose({ form, decode }, `${form}${decode}`);
      assert.ok(all.length > 0, `${form} ${decode}`);
      for (const { poem } of all) assert.deepEqual(poem.proof.violations, [], poem.lines.join('/'));
    }
  }
});

test('[VE1] every tune comes out without a violation', async () => {
  const names = [
    ...new Set(
      listForms()
        .filter(({ family }) => family === 'tune')
        .map(({ name }) => name),
    ),
  ];
  assert.ok(names.length >= 60, `${names.length} tunes`);
  for (const form of names) {
    const all = await compose({ form, candidates: 1 }, form);
    assert.ok(all.length === 1 && all[0]!.poem.proof.valid, form);
  }
});

test('[VE1] each rhyme book is kept', async () => {
  for (const rhymeBook of ['平水韵', '词林正韵', '中华通韵']) {
    for (const { poem } of await compose({ form: '七绝', rhymeBook }, rhymeBook)) {
      assert.equal(poem.rhymeBook, rhymeBook);
      assert.ok(poem.proof.valid);
    }
  }
});

test('[VE3] acrostic, first line, rhyme, rhyme word, required and banned characters are kept', async () => {
  for (const { poem } of await compose({ form: '七绝', acrostic: '春江花月' }, 2)) {
    assert.equal(poem.lines.map((line) => line[0]).join(''), '春江花月');
  }
  for (const { poem } of await compose({ form: '五绝', firstLine: '白日依山尽' }, 3)) {
    assert.equal(poem.lines[0], '白日依山尽');
    assert.equal(poem.form, '五绝/仄起首句不入韵');
  }
  for (const { poem } of await compose({ form: '五律', rhyme: '七阳' }, 4)) {
    assert.deepEqual(Object.values(poem.proof.rhymes), ['阳']);
  }
  for (const { poem } of await compose({ form: '七绝', rhymeWord: '秋' }, 5)) {
    assert.ok([1, 3].some((line) => poem.lines[line]!.endsWith('秋')));
  }
  for (const { poem } of await compose({ form: '七律', require: ['明月', '江'], ban: ['山', '人不'] }, 6)) {
    const text = poem.lines.join('');
    assert.ok(text.includes('明月') && text.includes('江'), text);
    assert.ok(!/[山人不]/.test(text), text);
  }
});

test('[VE4] a wish the form cannot meet is refused with the place', async () => {
  await assert.rejects(compose({ form: '五绝', firstLine: '白日依山春' }), { code: 'verse/impossible-wish' });
  await assert.rejects(compose({ form: '五绝', firstLine: '白日依山' }), { code: 'verse/wrong-line-length' });
  await assert.rejects(compose({ form: '七绝', acrostic: '春江花月夜' }), { code: 'verse/acrostic-too-long' });
  await assert.rejects(compose({ form: '七绝', rhyme: '无此韵' }), { code: 'verse/unknown-rhyme' });
  await assert.rejects(compose({ form: '九绝' }), { code: 'verse/unknown-form' });
});

test('[VE5] the same seed gives the same poems, another seed others', async () => {
  const first = texts(await compose({ form: '七绝' }, 7));
  assert.deepEqual(texts(await compose({ form: '七绝' }, 7)), first);
  assert.notDeepEqual(texts(await compose({ form: '七绝' }, 8)), first);
});

test('[VE7] a line of the training poems is turned away as it is completed', async () => {
  const greedy = { form: '五绝', decode: 'greedy', candidates: 1, rhyme: '阳' };
  const [wanted] = await compose(greedy, 9);
  const poems = [{ author: '某', title: '某', lines: wanted!.poem.lines }];
  const novelty = readNoveltyIndex(buildNoveltyIndex(poems));
  const [other] = await compose(greedy, 9, { novelty });
  assert.ok(other!.avoidedCopies > 0);
  for (const line of other!.poem.lines) assert.ok(!wanted!.poem.lines.includes(line));
  const [allowed] = await compose({ ...greedy, allowCopies: true }, 9, { novelty });
  assert.deepEqual(allowed!.poem.lines, wanted!.poem.lines);
  assert.equal(allowed!.novelty!.copiedLines.length, 4);
});

test('[VE8] composing stops at the next step when it is asked to', async () => {
  const controller = new AbortController();
  let seen = 0;
  const onText = (): void => {
    seen += 1;
    if (seen === 5) controller.abort();
  };
  await assert.rejects(compose({ form: '七律' }, 10, { signal: controller.signal, onText }));
  assert.equal(seen, 5);
});

test('[VE10] repair changes no more than was broken', async () => {
  const poem = ['白日依山尽', '黄河入海流', '欲穷千里目', '更上一层楼'];
  const letters = createLettering(model.vocabulary, loadRhymeBook('平水韵'));
  const whole = planRepair(poem, findForms('五绝'), letters);
  assert.deepEqual(whole!.changes, []);
  const broken = ['白日依山尽', '黄河入海去', '欲穷千里目', '更上一层楼'];
  const plan = planRepair(broken, findForms('五绝'), letters)!;
  assert.deepEqual(plan.changes, [{ line: 1, place: 4 }]);
  const options = composeOptionsSchema.parse({ form: plan.form.id, candidates: 4, decode: 'beam' });
  const { all } = await composePoems({
    model,
    wish: resolveWish(undefined, options),
    options,
    given: plan,
    random: createRandom(1),
  });
  for (const { poem: mended } of all) {
    const changed = mended.lines
      .join('')
      .split('')
      .filter((character, i) => character !== broken.join('')[i]);
    assert.equal(changed.length, 1);
    assert.ok(checkVerse({ lines: mended.lines, form: '五绝' }).proof.valid);
  }
});
