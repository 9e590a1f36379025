import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import type { Storage } from '../../kernel/index.ts';
import { saveTexts, testStorage } from '../contract.ts';
import { openSqliteStorage } from '../index.ts';
import { MIGRATIONS } from './schema.ts';

const root = mkdtempSync(join(tmpdir(), 'llmagentos-storage-'));
after(() => rmSync(root, { recursive: true, force: true }));
const clock = { now: () => Date.UTC(2026, 0, 2) };
const open = (place: string): Promise<Storage> => openSqliteStorage(place, clock);
const place = async (): Promise<string> => join(mkdtempSync(join(root, 'home-')), 'new');
const WRITER = join(import.meta.dirname, 'writer.ts');

testStorage('sqlite', { place, open });

const writer = (args: readonly string[]): readonly string[] => [
  '--disable-warning=ExperimentalWarning',
  WRITER,
  ...args,
];

test('[ST11] two processes write into one home at once: nothing lost, one chain', async () => {
  const home = await place();
  const children = ['a', 'b'].map((name) => spawn(process.execPath, writer([home, name, '40']), { stdio: 'pipe' }));
  const codes = await Promise.all(
    children.map(async (child) => {
      let complaint = '';
      child.stderr.on('data', (chunk) => {
        complaint += chunk;
      });
      child.stdout.resume();
      const [code] = await once(child, 'exit');
      return code === 0 ? 0 : complaint;
    }),
  );
  assert.deepEqual(codes, [0, 0]);
  await using storage = await open(home);
  const verdict = await storage.ledger.verify();
  assert.deepEqual([verdict.valid, verdict.entries], [true, 80]);
  assert.equal((await storage.works.list({ limit: 200 })).length, 80);
});

test('[ST12] verify names the first broken entry', async () => {
  const home = await place();
  const tamper = async (sql: string): Promise<unknown> => {
    const db = new DatabaseSync(join(home, 'llmagentos.sqlite'));
    db.exec(`DROP TRIGGER IF EXISTS ledger_stays; DROP TRIGGER IF EXISTS ledger_keeps; ${sql}`);
    db.close();
    await using storage = await open(home);
    const { valid, entries, broken } = await storage.ledger.verify();
    return { valid, entries, seq: broken?.seq, en: broken?.en };
  };
  {
    await using storage = await open(home);
    for (const text of 'abcdef') await saveTexts(storage, text);
  }
  const at = (seq: number, entries: number, en: string) => ({ valid: false, entries, seq, en });
  assert.deepEqual(
    await tamper(`UPDATE ledger SET actor = 'nobody' WHERE seq = 5`),
    at(5, 4, 'its content was changed'),
  );
  assert.deepEqual(await tamper(`UPDATE ledger SET facts = '{' WHERE seq = 4`), at(4, 3, 'its content was changed'));
  assert.deepEqual(await tamper(`DELETE FROM ledger WHERE seq = 3`), at(4, 2, 'entry 3 is missing'));
  assert.deepEqual(await tamper(`UPDATE ledger SET hash = 'x' WHERE seq = 1`), at(1, 0, 'its content was changed'));
});

test('[ST13] the database itself refuses to change ledger or works', async () => {
  const home = await place();
  await using storage = await open(home);
  await saveTexts(storage, 'a');
  const db = new DatabaseSync(join(home, 'llmagentos.sqlite'));
  assert.throws(() => db.exec(`UPDATE ledger SET actor = 'x'`), /only grows/);
  assert.throws(() => db.exec('DELETE FROM ledger'), /only grows/);
  assert.throws(() => db.exec(`UPDATE works SET title = 'x'`), /never changes/);
  db.close();
});

test('a home of an older form finds the acts that name a work, too; facts that are no JSON stop nothing', async () => {
  const home = await place();
  mkdirSync(home);
  const db = new DatabaseSync(join(home, 'llmagentos.sqlite'));
  for (const step of MIGRATIONS.slice(0, 3)) db.exec(step);
  db.exec('PRAGMA user_version = 3');
  const insert = db.prepare("INSERT INTO ledger VALUES (?, 'then', 'artist', 'chose', ?, 'x', 'y')");
  const id = '0123456789abcdef';
  insert.run(1, JSON.stringify({ shown: ['fedcba9876543210', id], picked: id }));
  insert.run(2, '{');
  insert.run(3, JSON.stringify({ note: `about ${id}`, name: '一二三四五六七八九十一二三四五六' }));
  db.close();
  await using storage = await open(home);
  assert.deepEqual(
    (await storage.ledger.latest(9, { work: id })).map(({ seq }) => seq),
    [1],
  );
  assert.equal((await storage.ledger.latest(9, { work: '一二三四五六七八九十一二三四五六' })).length, 0);
});

test('[ST14] a damaged blob is noticed when it is read', async () => {
  const home = await place();
  await using storage = await open(home);
  const [work] = await saveTexts(storage, 'true words');
  const { content } = work!;
  writeFileSync(join(home, 'blobs', content.slice(0, 2), content.slice(2)), 'false word');
  await assert.rejects(storage.blobs.get(content), { code: 'storage/blob-damaged', kind: 'unavailable' });
});

test('[ST15] a home that cannot be written to is one clear error', async () => {
  const file = join(root, 'a-file');
  writeFileSync(file, '');
  const expected = { code: 'storage/not-writable', kind: 'denied' };
  await assert.rejects(open(join(file, 'home')), expected);
  await assert.rejects(open(file), expected);
  if (process.platform === 'linux') await assert.rejects(open('/proc/llmagentos'), expected);
});

test('[ST16] a broken or newer database is refused with the way to mend it', async () => {
  const home = await place();
  await (await open(home))[Symbol.asyncDispose]();
  const file = join(home, 'llmagentos.sqlite');
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 99');
  db.close();
  await assert.rejects(open(home), { code: 'storage/newer-home', kind: 'conflict' });
  writeFileSync(file, 'this is no database '.repeat(1000));
  await assert.rejects(open(home), { code: 'storage/corrupt', kind: 'unavailable', hint: /recover/ });
});

test('[ST17] when the disk takes no more, one clear error, and nothing is half-written', {
  skip: process.platform === 'win32' ? 'needs ulimit' : false,
}, async () => {
  const home = await place();
  await (await open(home))[Symbol.asyncDispose]();
  // Files may grow to 300 KiB: the write-ahead log, then every blob, meet the limit as they would meet a full disk.
  const script = `ulimit -f ${shellBlocks(300)}; exec "$@"`;
  const run = spawnSync('bash', ['-c', script, 'bash', process.execPath, ...writer([home, 'big', '4000', '20000'])], {
    encoding: 'utf8',
  });
  assert.match(run.stderr, /^storage\/disk-full exhausted /);
  const kept = run.stdout.trim().split('\n');
  await using storage = await open(home);
  const works = await storage.works.list({ limit: 10_000 });
  assert.deepEqual(works.map((work) => work.id).reverse(), kept);
  for (const work of works) assert.equal((await storage.blobs.get(work.content)).length, work.size);
  assert.deepEqual((await storage.ledger.verify()).entries, kept.length);
  assert.deepEqual(readdirSync(join(home, 'blobs', 'incoming')), []);
});

test('[ST18] a blob too big for the disk is refused and leaves no draft', {
  skip: process.platform === 'win32' ? 'needs ulimit' : false,
}, async () => {
  const home = await place();
  await (await open(home))[Symbol.asyncDispose]();
  const script = `ulimit -f ${shellBlocks(300)}; exec "$@"`;
  const run = spawnSync('bash', ['-c', script, 'bash', process.execPath, ...writer([home, 'huge', '1', '900000'])], {
    encoding: 'utf8',
  });
  assert.match(run.stderr, /^storage\/disk-full exhausted /);
  assert.equal(run.stdout, '');
  await using storage = await open(home);
  assert.deepEqual(await storage.works.list(), []);
  assert.deepEqual(readdirSync(join(home, 'blobs', 'incoming')), []);
});

test('[ST19] jobs whose process was killed are found lost', async () => {
  const home = await place();
  const child = spawnSync(process.execPath, writer([home, 'job']), { encoding: 'utf8' });
  await using storage = await open(home);
  assert.equal((await storage.jobs.find('job'))?.state, 'running', child.stderr);
  assert.equal(await storage.jobs.sweep(), 1);
  assert.equal((await storage.jobs.find('job'))?.state, 'lost');
});

/** bash counts `ulimit -f` in KiB. */
function shellBlocks(kibibytes: number): number {
  return kibibytes;
}
