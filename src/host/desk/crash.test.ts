/** Real processes, really killed. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { openSqliteStorage } from '../../storage/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'desk-crash-'));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const TASKS = 100;

interface Serving {
  readonly child: ChildProcess;
  readonly kept: Set<string>;
  readonly ended: Map<string, string>;
  readonly works: Set<string>;
  /** Waits until what it has said fits. */
  until(fits: () => boolean): Promise<void>;
}

/** Serves a home in a process of its own. */
function serve(home: string, count: number | 'agent', brief = ''): Serving {
  const script = join(import.meta.dirname, 'serving.ts');
  const args = ['--disable-warning=ExperimentalWarning', script, home, `${count}`, brief];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  after(() => child.kill('SIGKILL'));
  const kept = new Set<string>();
  const ended = new Map<string, string>();
  const works = new Set<string>();
  let heard = Promise.withResolvers<void>();
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const [word, id = '', state = ''] = line.split(' ');
    if (word === 'kept') kept.add(id);
    if (word === 'work') works.add(id);
    if (word === 'ended') ended.set(id, state);
    heard.resolve();
    heard = Promise.withResolvers();
  });
  const until = async (fits: () => boolean): Promise<void> => {
    while (!fits()) await heard.promise;
  };
  return { child, kept, ended, works, until };
}

function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  return gone;
}

test('[DE20] killed in the middle of a hundred tasks, the next start brings every acknowledged one to its end, each work once', async () => {
  const home = mkdtempSync(join(folder, 'home-'));
  const first = serve(home, TASKS);
  await first.until(() => first.ended.size >= TASKS / 5);
  await kill(first.child);
  assert.ok(first.ended.size < TASKS, 'it was killed in the middle');
  const acknowledged = first.kept;

  const second = serve(home, 0);
  const left = [...acknowledged].filter((id) => !first.ended.has(id));
  await second.until(() => left.every((id) => second.ended.has(id)));
  await kill(second.child);

  await using storage = await openSqliteStorage(home, { now: () => Date.now() });
  const jobs = await storage.desk.list({ limit: 1000 });
  for (const id of acknowledged) assert.equal(jobs.find((job) => job.id === id)?.state, 'done');
  const works = await storage.works.list({ limit: 1000 });
  const made = jobs.flatMap((job) => job.works);
  assert.equal(made.length, jobs.length, 'one plan each');
  assert.equal(new Set(made).size, works.length, 'no work that no task names, none twice');
  assert.equal((await storage.ledger.verify()).valid, true);
});

test('[DE43] an agent whose server is killed in the midst goes on after the next start, each work once', async () => {
  const home = mkdtempSync(join(folder, 'home-'));
  const first = serve(home, 'agent', '写一首关于星空的五言绝句');
  await first.until(() => first.works.size > 0);
  await kill(first.child);
  const [job = ''] = first.kept;
  assert.equal(first.ended.size, 0, 'it was killed in the middle');

  const second = serve(home, 0);
  await second.until(() => second.ended.has(job));
  await kill(second.child);
  assert.equal(second.ended.get(job), 'done');
  await using storage = await openSqliteStorage(home, { now: () => Date.now() });
  const [agent] = await storage.agents.list({ limit: 2 });
  assert.equal(agent?.phase, 'done');
  const works = await storage.works.list({ limit: 100 });
  assert.deepEqual(works.map(({ medium }) => medium).toSorted(), ['plan', 'verse']);
  assert.deepEqual(
    new Set(agent.works),
    new Set((await storage.desk.find(job))?.works),
    'the task names what the agent made',
  );
  assert.equal((await storage.ledger.verify()).valid, true);
});
