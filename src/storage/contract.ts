/** What every store promises, as a suite: a store passes it or is none. Each test gets a fresh storage of its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Json, sha256 } from '../core/index.ts';
import { type DeskJob, nameWork, type OpRecord, type Storage, type Work } from '../kernel/index.ts';

/** A way to make storages for tests: `open` twice on one place gives two views of the same things. */
export interface StorageMaker {
  /** A place nobody has used. */
  place(): Promise<string>;
  open(place: string): Promise<Storage>;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A work of plain text, for tests. */
export function exampleWork(text: string, facts: Partial<Omit<Work, 'id' | 'recordHash'>> = {}): Work {
  const record: OpRecord = { op: 'test/write', version: 1, inputs: [], options: { text }, seed: 1, model: null };
  return nameWork({
    medium: 'text',
    title: text,
    content: sha256(encode(text)),
    mime: 'text/plain',
    size: encode(text).length,
    parents: [],
    record,
    place: 0,
    measures: { score: 0.5 },
    createdAt: '2026-01-02T03:04:05.000Z',
    ...facts,
  });
}

/** Saves works with their texts and one ledger entry. */
export async function saveTexts(storage: Storage, ...texts: readonly string[]): Promise<Work[]> {
  const works = texts.map((text) => exampleWork(text));
  const facts: Json = { works: works.map((work) => work.id) };
  await storage.commit({ blobs: texts.map(encode), works, ledger: [{ actor: 'artist', act: 'made', facts }] });
  return works;
}

/** Registers the suite under a store's name. */
export function testStorage(name: string, maker: StorageMaker): void {
  const promise = (text: string, body: (storage: Storage, place: string) => Promise<void>): void => {
    test(`${text} (${name})`, async () => {
      const place = await maker.place();
      await using storage = await maker.open(place);
      await body(storage, place);
    });
  };
  promiseWorks(promise);
  promiseWhole(promise, maker);
  promiseLedger(promise, maker);
  promiseJobs(promise);
  promiseDesk(promise, maker);
}

type PromiseOf = (text: string, body: (storage: Storage, place: string) => Promise<void>) => void;

function promiseWorks(promise: PromiseOf): void {
  promise('[ST1] a work comes back as it was given, with its bytes', async (storage) => {
    const [work] = await saveTexts(storage, '床前明月光');
    assert.deepEqual(await storage.works.get(work!.id), work);
    assert.deepEqual(await storage.blobs.get(work!.content), encode('床前明月光'));
    assert.equal(await storage.blobs.has(work!.content), true);
    assert.equal(await storage.blobs.has(sha256('nothing')), false);
    await assert.rejects(storage.blobs.get(sha256('nothing')), { code: 'storage/blob-missing', kind: 'missing' });
  });
  promise('[ST2] an id may be shortened while only one work fits', async (storage) => {
    const works = await saveTexts(storage, ...Array.from({ length: 400 }, (_, i) => `line ${i}`));
    for (const work of works.slice(0, 20)) assert.equal((await storage.works.get(work.id.slice(0, 12))).id, work.id);
    const starts = works.map((work) => work.id.slice(0, 4));
    assert.equal(await storage.works.find('zzzz'), undefined);
    assert.equal(await storage.works.find("'; --"), undefined);
    await assert.rejects(storage.works.get('0'.repeat(16)), { code: 'storage/work-missing', kind: 'missing' });
    const twice = starts.find((start, i) => starts.indexOf(start) !== i);
    assert.ok(twice, 'the 400 ids of this test hold two with the same beginning');
    await assert.rejects(storage.works.find(twice), { code: 'storage/ambiguous-id', kind: 'input' });
  });
  promise('[ST3] works are listed newest first, by medium and page', async (storage) => {
    const [a, b, c] = await saveTexts(storage, 'a', 'b', 'c');
    assert.deepEqual(
      (await storage.works.list()).map((work) => work.title),
      ['c', 'b', 'a'],
    );
    assert.deepEqual(await storage.works.list({ before: c!.id, limit: 1 }), [b]);
    assert.deepEqual(await storage.works.list({ before: b!.id }), [a]);
    assert.deepEqual(await storage.works.list({ medium: 'image' }), []);
  });
  promise('[ST4] children are found from their parents', async (storage) => {
    const [a, b] = await saveTexts(storage, 'a', 'b');
    const child = exampleWork('child', { parents: [a!.id, b!.id, a!.id] });
    await storage.commit({ blobs: [encode('child')], works: [child] });
    assert.deepEqual(await storage.works.children(a!.id), [child]);
    assert.deepEqual(await storage.works.children(child.id), []);
  });
}

function promiseWhole(promise: PromiseOf, maker: StorageMaker): void {
  promise('[ST5] a work is committed once, and its outcome is the latest', async (storage) => {
    const [first] = await saveTexts(storage, 'same');
    await storage.commit({ works: [{ ...first!, title: 'other' }] });
    assert.deepEqual(await storage.works.get(first!.id), first);
    assert.equal((await storage.works.list()).length, 1);
    const { recordHash } = first!;
    assert.equal(await storage.works.outcome(recordHash), undefined);
    await storage.commit({ outcome: { recordHash, works: [], report: null } });
    await storage.commit({ outcome: { recordHash, works: [first!.id], report: { n: 1 } } });
    assert.deepEqual(await storage.works.outcome(recordHash), { recordHash, works: [first!.id], report: { n: 1 } });
  });
  promise('[ST6] a commit that fails leaves nothing', async (storage) => {
    const good = exampleWork('good');
    const bad = exampleWork('bad', { title: undefined as unknown as string });
    const ledger = [{ actor: 'artist', act: 'made', facts: null }];
    await assert.rejects(storage.commit({ blobs: [encode('good'), encode('bad')], works: [good, bad], ledger }));
    assert.deepEqual(await storage.works.list(), []);
    assert.equal((await storage.ledger.verify()).entries, 0);
    await assert.rejects(storage.commit({ works: [good, exampleWork('lost')] }), {
      code: 'storage/work-without-content',
    });
    assert.deepEqual(await storage.works.list(), []);
  });
  promise(
    '[ST7] what was kept is there after opening again, and for a second opener at once',
    async (storage, place) => {
      const [work] = await saveTexts(storage, 'kept');
      await using other = await maker.open(place);
      assert.deepEqual(await other.works.get(work!.id), work);
      const [more] = await saveTexts(other, 'more');
      assert.deepEqual(await storage.works.get(more!.id), more);
      assert.equal((await storage.ledger.verify()).entries, 2);
    },
  );
}

function promiseLedger(promise: PromiseOf, maker: StorageMaker): void {
  promise('[ST8] the ledger numbers, chains and verifies its entries', async (storage) => {
    assert.deepEqual(await storage.ledger.verify(), { valid: true, entries: 0, head: '0'.repeat(64) });
    const facts = { shown: ['a', 'b'], picked: 'a', 说明: '选' };
    const sealed = await storage.commit({
      ledger: [
        { actor: 'artist', act: 'chose', facts },
        { actor: 'critic', act: 'chose', facts: null },
      ],
    });
    assert.deepEqual(await storage.ledger.list(), sealed);
    assert.deepEqual(await storage.ledger.list({ after: 1 }), [sealed[1]]);
    assert.deepEqual(await storage.ledger.latest(1), [sealed[1]]);
    assert.deepEqual(await storage.ledger.latest(1, { before: 2 }), [sealed[0]]);
    assert.equal(sealed[1]!.prevHash, sealed[0]!.hash);
    assert.deepEqual(await storage.ledger.verify(), { valid: true, entries: 2, head: sealed[1]!.hash });
  });
  promise('the entries that name a work are found however far back they are, page by page', async (storage) => {
    const [one, two, three] = ['one', 'two', 'three'].map((name) => sha256(name).slice(0, 16)) as [
      string,
      string,
      string,
    ];
    const draft = (facts: Json) => ({ actor: 'artist', act: 'marked', facts });
    await storage.commit({ ledger: [draft({ work: one }), draft({ shown: [two, one, one], deep: { work: one } })] });
    for (let i = 0; i < 40; i++) await storage.commit({ ledger: [draft({ work: two, note: `not ${one}` })] });
    const seqs = async (which: { readonly before?: number; readonly work?: string }): Promise<number[]> =>
      (await storage.ledger.latest(10, which)).map(({ seq }) => seq);
    assert.deepEqual(await seqs({ work: one }), [2, 1]);
    assert.deepEqual(await seqs({ work: one, before: 2 }), [1]);
    assert.deepEqual(await seqs({ work: two, before: 5 }), [4, 3, 2]);
    assert.deepEqual(await seqs({ work: three }), []);
    assert.deepEqual(await seqs({ before: 3 }), [2, 1]);
  });
  promise('[ST9] many commits at once through two openers keep one unbroken chain', async (storage, place) => {
    await using other = await maker.open(place);
    const texts = Array.from({ length: 20 }, (_, i) => `verse ${i}`);
    await Promise.all(texts.map((text, i) => saveTexts(i % 2 === 0 ? storage : other, text)));
    const verdict = await storage.ledger.verify();
    assert.deepEqual([verdict.valid, verdict.entries], [true, 20]);
    assert.equal((await other.works.list()).length, 20);
  });
}

function promiseJobs(promise: PromiseOf): void {
  promise('[ST10] a job runs, ends once, and says how', async (storage) => {
    const recordHash = sha256('record');
    await storage.jobs.start({ id: 'one', op: 'test/write', recordHash });
    await storage.jobs.start({ id: 'two', op: 'test/write', recordHash });
    assert.equal((await storage.jobs.find('one'))?.state, 'running');
    await storage.commit({ job: { id: 'one', state: 'done' } });
    await storage.jobs.end({ id: 'one', state: 'failed', error: 'core/bug' });
    await storage.jobs.end({ id: 'two', state: 'failed', error: 'core/bug' });
    assert.equal((await storage.jobs.find('one'))?.state, 'done');
    assert.equal((await storage.jobs.find('two'))?.error, 'core/bug');
    assert.equal(await storage.jobs.find('three'), undefined);
    assert.deepEqual(
      (await storage.jobs.list()).map((job) => job.id),
      ['two', 'one'],
    );
    assert.equal(await storage.jobs.sweep(), 0);
  });
}

function exampleTask(id: string): DeskJob {
  return {
    id,
    task: { kind: 'op', op: 'test/write', inputs: ['a'], options: { n: 1 }, fresh: false },
    title: { en: 'write', zh: '写' },
    state: 'queued',
    seed: 7,
    createdAt: '2026-01-02T03:04:05.000Z',
    works: [],
    report: null,
  };
}

function promiseDesk(promise: PromiseOf, maker: StorageMaker): void {
  promise('[ST21] a task is kept as it was given, claimed once, and stays as it ended', async (storage) => {
    await storage.desk.add(exampleTask('one'));
    await storage.desk.add(exampleTask('two'));
    assert.deepEqual(await storage.desk.find('one'), exampleTask('one'));
    assert.deepEqual(
      (await storage.desk.list({ limit: 9 })).map((job) => job.id),
      ['two', 'one'],
    );
    const claimed = await storage.desk.claim('one');
    assert.equal(claimed?.state, 'running');
    assert.ok(claimed.startedAt);
    assert.equal(await storage.desk.claim('one'), undefined);
    const end = { works: ['w'], report: { n: 2 }, endedAt: '2026-01-02T03:04:06.000Z' };
    await storage.desk.change('one', { state: 'done', ...end });
    await storage.desk.change('one', { state: 'cancelled' });
    assert.deepEqual(await storage.desk.find('one'), { ...claimed, state: 'done', ...end });
    assert.deepEqual(await storage.desk.list({ state: 'queued', limit: 9 }), [exampleTask('two')]);
    assert.deepEqual(await storage.desk.adopt(), [], 'the tasks of a living process are its own');
  });
  promise('[ST22] what another opener writes is noticed, and which works came', async (storage, place) => {
    await using other = await maker.open(place);
    const before = storage.changesOfOthers();
    const { latest, works } = await storage.news();
    assert.deepEqual(works, []);
    const [own] = await saveTexts(storage, 'own');
    assert.equal(storage.changesOfOthers(), before);
    const [work] = await saveTexts(other, 'of another');
    assert.notEqual(storage.changesOfOthers(), before);
    const news = await storage.news(latest);
    assert.deepEqual(news.works, [own!.id, work!.id]);
    assert.deepEqual((await storage.news(news.latest)).works, []);
  });
}
