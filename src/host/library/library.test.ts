import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import sharp from 'sharp';
import { createOs } from '../create-os.ts';
import type { Os } from '../os.ts';
import { STUDIOS } from '../studios.ts';

async function openHome(t: TestContext): Promise<{ os: Os; home: string }> {
  const home = await mkdtemp(join(tmpdir(), 'library-'));
  const os = await createOs({ home });
  t.after(async () => {
    await os[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  });
  return { os, home };
}

const plan = async (os: Os, brief: string): Promise<string> =>
  (await os.run({ op: 'plan/read', options: { brief }, seed: 1 }).result).works[0]!.id;

test('a work is found by its title and by its words, in both languages, down to one character', async (t) => {
  const { os } = await openHome(t);
  const [stars, rain] = [await plan(os, '写一首关于星空的诗'), await plan(os, 'A Lonely traveller hears rain')];
  const found = async (text: string): Promise<string[]> =>
    (await os.library.find({ text, all: true })).works.map((work) => work.id);
  assert.deepEqual(await found('星'), [stars]);
  assert.deepEqual(await found('lonely RAIN'), [rain]);
  assert.deepEqual(await found('lonely 星'), []);
  assert.equal((await os.library.find({})).total, 0, 'plans are steps on the way');
  const later = await plan(os, '星河入梦');
  assert.deepEqual(await found('星'), [later, stars], 'what was made since is read, too');
  assert.deepEqual(
    (await os.library.find({ all: true, before: later, limit: 1 })).works.map((work) => work.id),
    [rain],
  );
});

test('stars, boards and the trash: put on, taken off, several works at once, all or none', async (t) => {
  const { os } = await openHome(t);
  const [a, b] = [await plan(os, '春'), await plan(os, '秋')];
  const marks = await os.library.mark([a, b], { starred: true, addTo: '四季' });
  assert.deepEqual(marks.get(a), { starred: true, boards: ['四季'], trashed: false });
  assert.deepEqual(await os.library.boards(), [{ name: '四季', works: 2 }]);
  await os.library.mark([b], { trashed: true });
  assert.deepEqual(await os.library.boards(), [{ name: '四季', works: 1 }]);
  assert.deepEqual(
    (await os.library.find({ all: true })).works.map((work) => work.id),
    [a],
  );
  assert.deepEqual(
    (await os.library.find({ all: true, trashed: true })).works.map((work) => work.id),
    [b],
  );
  await os.library.mark([b], { trashed: false, removeFrom: '四季' });
  assert.deepEqual(
    (await os.library.find({ all: true, board: '四季' })).works.map((work) => work.id),
    [a],
  );
  await assert.rejects(os.library.mark([a, '0000000000000000'], { starred: false }), { code: 'storage/work-missing' });
  assert.equal((await os.library.marks([a])).get(a)?.starred, true);
});

test('what is asked is answered and not kept; ops that make works cannot be asked', async (t) => {
  const { os } = await openHome(t);
  const poem = '床前明月光，疑是地上霜。举头望明月，低头思故乡。';
  const report = await os.ask({ op: 'verse/check', options: { text: poem } });
  assert.equal(typeof report, 'object');
  assert.deepEqual(await os.works.list(), []);
  await assert.rejects(os.ask({ op: 'plan/read', options: { brief: '雨' } }), { code: 'kernel/makes-works' });
});

test('the graph holds all relatives; what was made before an edit is stale at any remove, what was made after it is not', async (t) => {
  let now = Date.UTC(2026, 0, 1);
  const home = await mkdtemp(join(tmpdir(), 'library-'));
  const clock = { now: () => (now += 1000) };
  const os = await createOs({ home, clock });
  t.after(async () => {
    await os[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  });
  const one = async (op: string, inputs: string[], options: unknown = {}): Promise<string> =>
    (await os.run({ op, inputs, options, seed: 1 }).result).works[0]!.id;
  const start = await one('plan/read', [], { brief: '一首曲子 in D major' });
  const tune = await one('music/compose', [start], { candidates: 1 });
  const higher = await one('music/transpose', [tune], { semitones: 2 });
  assert.deepEqual(
    (await os.library.around(tune)).map(({ work, stale }) => [work.id, stale]),
    [higher, tune, start].map((id) => [id, null]),
  );
  const edit = await one('plan/edit', [start], { changes: { title: '夜曲' } });
  const later = await one('music/compose', [edit], { candidates: 1 });
  const nodes = await os.library.around(start);
  const stale = nodes.filter((node) => node.stale).map(({ work }) => work.id);
  assert.deepEqual(new Set(nodes.map(({ work }) => work.id)), new Set([start, tune, higher, edit, later]));
  assert.deepEqual(new Set(stale), new Set([tune, higher]));
  assert.match(
    nodes.find(({ work }) => work.id === higher)!.stale!.en,
    /“夜曲”, which it was made from, has been edited/,
  );
});

test('a work is stale once its op has been improved or its model is another or gone', async (t) => {
  const { os, home } = await openHome(t);
  const poem = (await os.run({ op: 'verse/compose', options: { form: '五绝', candidates: 1 }, seed: 1 }).result)
    .works[0]!;
  assert.deepEqual((await os.library.around(poem.id))[0]!.stale, null);
  const newer = STUDIOS.map((studio) => ({
    ...studio,
    ops: studio.ops.map((op) => (op.name === 'verse/compose' ? { ...op, version: op.version + 1 } : op)),
  }));
  await using improved = await createOs({ home, studios: newer });
  assert.match((await improved.library.around(poem.id))[0]!.stale!.en, /^verse\/compose has been improved since/);
  await using bare = await createOs({ home, modelFolders: [join(home, 'no-models')] });
  assert.match((await bare.library.graph(5))[0]!.stale!.en, /is gone/);
});

test('a score has a small picture in both themes, kept on disk; a brought file has none', async (t) => {
  const { os, home } = await openHome(t);
  const start = await plan(os, '一首曲子');
  const tune = (await os.run({ op: 'music/compose', inputs: [start], seed: 1, options: { candidates: 1 } }).result)
    .works[0]!;
  const [light, dark] = [
    await os.thumbnail(tune.id, { width: 200 }),
    await os.thumbnail(tune.id, { width: 200, theme: 'dark' }),
  ];
  const { width, format } = await sharp(light).metadata();
  assert.deepEqual([width, format], [200, 'webp']);
  const [bright, dim] = [await sharp(light).stats(), await sharp(dark).stats()];
  assert.ok(bright.channels[0]!.mean > 200 && dim.channels[0]!.mean < 90);
  assert.equal((await readdir(join(home, 'thumbnails', tune.content.slice(0, 2)))).length, 2);
  const file = await os.bring({ name: 'x.txt', mime: 'text/plain', bytes: new TextEncoder().encode('x') });
  await assert.rejects(os.thumbnail(file.id), { code: 'host/no-thumbnail' });
});

test('verse, prose and a plan are pages of their words: what is longer has more ink, up to a full page', async (t) => {
  const { os } = await openHome(t);
  const one = async (op: string, options: unknown): Promise<string> =>
    (await os.run({ op, options, seed: 1 }).result).works[0]!.id;
  const ink = async (id: string): Promise<number> => {
    const bytes = await os.thumbnail(id, { width: 240 });
    const { width, height } = await sharp(bytes).metadata();
    assert.deepEqual([width, height], [240, 173]);
    return 255 - (await sharp(bytes).stats()).channels[0]!.mean;
  };
  const line = '窗外下着雨，街上没有人，只有一盏灯。';
  const prose = async (times: number): Promise<number> =>
    ink(await one('prose/keep', { text: line.repeat(times), title: '雨' }));
  const [some, full, over] = [await prose(2), await prose(14), await prose(400)];
  assert.ok(some > 1 && full > 2 * some, `${some} ${full}`);
  assert.ok(Math.abs(over - full) < full / 2, `${full} ${over}`);
  const lines = ['白日依山尽', '黄河入海流', '欲穷千里目', '更上一层楼'];
  assert.ok((await ink(await one('verse/keep', { lines, form: '五绝' }))) > 3);
  assert.ok((await ink(await plan(os, '秋夜江上'))) > 1);
});
