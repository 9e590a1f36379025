import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { sha256 } from '../core/index.ts';
import {
  defineOp,
  defineStudio,
  LEDGER_START,
  type LedgerEntry,
  nameWork,
  planSchema,
  sealEntry,
  verifyChain,
} from './index.ts';
import { type JobEvent, startJob } from './job.ts';
import { hashRecord, type OpRecord } from './record.ts';

const record: OpRecord = {
  op: 'verse/compose',
  version: 1,
  inputs: [sha256('plan')],
  options: { form: '七绝', count: 3 },
  seed: 7,
  model: { name: 'verse-zh', digest: sha256('weights'), engine: 'house/onnxruntime' },
};

test('[KE1] the hash of a record is pinned, whatever the order of its options', () => {
  assert.equal(hashRecord(record), '391ae59cbb00d7777bf9910057eff5c824e73a4a5474b757d3d2bcb44c989a2b');
  assert.equal(hashRecord({ ...record, options: { count: 3, form: '七绝' } }), hashRecord(record));
  assert.notEqual(hashRecord({ ...record, seed: 8 }), hashRecord(record));
  assert.notEqual(hashRecord({ ...record, version: 2 }), hashRecord(record));
  assert.notEqual(hashRecord({ ...record, model: null }), hashRecord(record));
});

test('[KE2] a work is named after record, place and content, not after the hour or what was measured', () => {
  const facts = {
    medium: 'verse',
    title: '星空',
    content: sha256('poem'),
    mime: 'application/json',
    size: 4,
    parents: [],
    record,
    place: 0,
    measures: {},
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  const work = nameWork(facts);
  assert.match(work.id, /^[0-9a-f]{16}$/);
  assert.equal(nameWork({ ...facts, createdAt: 'later', measures: { score: 1 } }).id, work.id);
  assert.notEqual(nameWork({ ...facts, place: 1 }).id, work.id);
  assert.notEqual(nameWork({ ...facts, content: sha256('other') }).id, work.id);
});

const drafts = fc.array(fc.record({ actor: fc.string(), act: fc.string(), facts: fc.jsonValue() }), {
  minLength: 1,
  maxLength: 12,
});

function chain(list: readonly { actor: string; act: string; facts: unknown }[]): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (const [i, draft] of list.entries()) {
    const prevHash = entries.at(-1)?.hash ?? LEDGER_START;
    entries.push(sealEntry(draft as LedgerEntry, { seq: i + 1, at: '2026-01-01T00:00:00.000Z', prevHash }));
  }
  return entries;
}

test('[KE3] a chain of any entries verifies, and any single change is found where it was made', () => {
  fc.assert(
    fc.property(drafts, fc.nat(), fc.constantFrom('actor', 'act', 'at', 'prevHash', 'hash'), (list, pick, field) => {
      const entries = chain(list);
      const verdict = verifyChain(entries);
      assert.deepEqual(verdict, { valid: true, entries: list.length, head: entries.at(-1)!.hash });
      const at = pick % list.length;
      const changed = entries.map((entry, i) =>
        i === at ? { ...entry, [field]: `${entry[field as 'act']}x` } : entry,
      );
      assert.equal(verifyChain(changed).broken?.seq, at + 1);
      const shortened = entries.filter((_, i) => i !== at);
      assert.equal(verifyChain(shortened).valid, at === list.length - 1);
    }),
    { numRuns: 60 },
  );
});

test('[KE4] the verdict of an entry changed and sealed anew is found at the next one', () => {
  const entries = chain(['a', 'b', 'c'].map((act) => ({ actor: 'artist', act, facts: null })));
  const forged = sealEntry({ ...entries[1]!, act: 'forged' }, entries[1]!);
  assert.equal(verifyChain([entries[0]!, forged, entries[2]!]).broken?.seq, 3);
});

test('[KE5] every listener hears a job from its first event, and failure is an event', async () => {
  const job = startJob('j', async (emit) => {
    emit({ type: 'job-progress', job: 'j', done: 1 });
    await Promise.resolve();
    emit({ type: 'job-progress', job: 'j', done: 2 });
    throw new Error('no ink');
  });
  const hear = async (): Promise<JobEvent[]> => Array.fromAsync(job);
  const [first, second] = await Promise.all([hear(), hear()]);
  assert.deepEqual(
    first.map((event) => event.type),
    ['job-progress', 'job-progress', 'job-error'],
  );
  assert.deepEqual(second, first);
  assert.deepEqual(await hear(), first);
  await assert.rejects(job.result, { code: 'core/bug' });
});

test('[KE6] names are checked when ops and studios are declared', () => {
  const op = (name: string) =>
    defineOp({
      name: name as 'a/b',
      version: 1,
      summary: { en: '', zh: '' },
      options: z.object({}),
      run: () => ({ works: [] }),
    });
  assert.throws(() => op('Compose'), { code: 'kernel/bad-op-name' });
  const studio = { name: 'a', medium: 'a', formats: [], critique: () => [] };
  assert.throws(() => defineStudio({ ...studio, ops: [op('a/b'), op('a/b')] }), { code: 'kernel/duplicate-name' });
});

test('[KE7] a plan with nothing but a brief is a plan, one with strange moods is none', () => {
  const plan = {
    version: 1,
    language: 'zh',
    brief: '写一首诗',
    themes: [],
    imagery: [],
    mood: { valence: 0, arousal: 0 },
    notes: [],
  };
  assert.deepEqual(planSchema.parse(plan), plan);
  assert.equal(planSchema.safeParse({ ...plan, mood: { valence: 2, arousal: 0 } }).success, false);
});
