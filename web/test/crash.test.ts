/** The server dies in the midst of work, as by a power cut: the page says so, comes back by itself, and nothing acknowledged is lost. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { NO_BROWSER, openStudio, type Studio, until } from './studio.ts';

const skip = NO_BROWSER ?? false;
const LONG = { timeout: 150_000 };
const MANY = 100;
let studio: Studio;
before(async () => {
  if (!skip) studio = await openStudio();
});
after(() => studio?.close());

interface Job {
  readonly id: string;
  readonly op: string;
  readonly state: string;
  readonly works: readonly string[];
}

const listJobs = async (): Promise<readonly Job[]> =>
  ((await studio.call('GET', '/api/jobs?limit=500')) as { jobs: Job[] }).jobs;

test('[WEB11] killed while a poem, a picture and a tune are made, the page ends what it began; killed among a hundred jobs, all are done', {
  skip,
}, async () => {
  const page = await studio.open('/');
  await page.getByLabel('说说你想创作什么').fill('写一首关于星空的诗');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\?job=/);
  const id = new URL(page.url()).searchParams.get('job')!;
  const job = async (): Promise<Job> => (await studio.call('GET', `/api/jobs/${id}`)) as Job;
  await until(async () => (await job()).works.length >= 2, 'plan and poem are there', 60_000);
  const before = (await job()).works;
  assert.equal((await job()).state, 'running');
  await studio.crash();
  await page.getByText('系统没有回应。你在这里所做的都会保留').waitFor();
  await studio.keep(page, 'crash-away');
  await studio.rise();
  await page.getByText('系统没有回应。你在这里所做的都会保留').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '聆听' }).waitFor(LONG);
  await page.locator('[aria-busy=false]').waitFor(LONG);
  assert.equal(await page.getByRole('article').count(), 3, 'one poem, one picture, one tune, none twice');
  await studio.keep(page, 'crash-back');
  const after = await job();
  assert.equal(after.state, 'done');
  assert.deepEqual(after.works.slice(0, 2), before.slice(0, 2), 'what was made before is what was made again');

  const acknowledged = await page.evaluate(async (many) => {
    const ask = async (i: number): Promise<string> => {
      const body = JSON.stringify({ op: 'plan/read', options: { brief: `秋夜 ${i}` } });
      const response = await fetch('/api/jobs', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return ((await response.json()) as { id: string }).id;
    };
    return Promise.all(Array.from({ length: many }, (_, i) => ask(i)));
  }, MANY);
  await until(
    async () => (await listJobs()).filter(({ op, state }) => op === 'plan/read' && state === 'done').length >= 10,
    'some are done',
    60_000,
  );
  const waiting = (await listJobs()).filter(({ state }) => state === 'queued').length;
  await studio.crash();
  assert.ok(waiting > 0, 'in the midst');
  await studio.rise();
  const done = async (): Promise<readonly Job[]> => (await listJobs()).filter(({ state }) => state === 'done');
  await until(async () => (await done()).length === MANY + 1, 'every acknowledged job is done', 120_000);
  const known = new Map((await done()).map((one) => [one.id, one]));
  for (const one of acknowledged) assert.equal(known.get(one)?.works.length, 1, 'done, with its work, once');
  await page.goto(`${studio.origin}/system`);
  await page.getByText('读题').first().waitFor();
  // What the system does of itself meanwhile, such as measuring the new works, may well be under way.
  const running = page.locator('li', { has: page.getByText('进行中', { exact: true }) });
  const asked = (await running.allTextContents()).filter((row) => /读题|一同创作/.test(row));
  assert.deepEqual(asked, [], 'the page shows the truth');
  await page.close();
  studio.quiet();
});
