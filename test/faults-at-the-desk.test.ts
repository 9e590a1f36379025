/**
 * Every fault of an engine, seen from the desk: worker processes ask a server that fails in sixty ways, one each, to fill a plan. Each job
 * comes to a clear end; none is stuck, and the same workers do honest work afterwards.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROWS } from '../src/drivers/remote/trial/openai-faults.ts';
import { ending, piece } from '../src/drivers/remote/trial/openai-words.ts';
import { hang, startTrialServer, stream, type TrialServer } from '../src/drivers/remote/trial/trial-server.ts';
import { createOs, type Os } from '../src/host/index.ts';
import type { Desk, DeskView } from '../src/kernel/index.ts';

const FILLED = JSON.stringify({
  themes: [{ word: '明月', words: '月夜', weight: 1 }],
  mood: { valence: 0, arousal: 0 },
  imagery: ['清光'],
});
const home = mkdtempSync(join(tmpdir(), 'faults-'));
const servers: TrialServer[] = [];
let os: Os;
let desk: Desk;
let plan: string;

/** A model folder for a server that behaves so. */
async function engine(
  name: string,
  script: Parameters<typeof startTrialServer>[0],
  card: object = {},
): Promise<string> {
  const server = await startTrialServer(script);
  servers.push(server);
  const folder = join(home, 'models', name);
  mkdirSync(folder, { recursive: true });
  const whole = { name, driver: 'openai', baseUrl: `${server.url}/v1`, model: 'm', ...card, contextLength: 128_000 };
  writeFileSync(join(folder, 'card.json'), JSON.stringify(whole));
  return name;
}

before(async () => {
  // Rows say their patience for a clock that runs a hundred times as fast.
  for (const [i, { script, card }] of ROWS.entries())
    await engine(`fault-${i}`, script, { ...card, ...(card && 'patience' in card ? { patience: 0.5 } : {}) });
  await engine('sound', stream([piece(FILLED), ending('stop', null)]));
  await engine('silent', hang);
  os = await createOs({ home, modelFolders: [join(home, 'models')] });
  for (const { url } of servers) await os.grant({ address: url, purposes: ['chat'] });
  desk = await os.desk();
  const read = await desk.submit({ op: 'plan/read', options: { brief: '月夜' } });
  plan = (await ended(read.id)).works[0]!;
});
after(async () => {
  await os?.[Symbol.asyncDispose]();
  for (const server of servers) await server[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

const LAST = new Set(['done', 'failed', 'cancelled']);

async function ended(id: string): Promise<DeskView> {
  for (;;) {
    const job = (await desk.find(id))!;
    if (LAST.has(job.state)) return job;
    await sleep(20);
  }
}

const fill = (model: string): Promise<DeskView> => desk.submit({ op: 'plan/fill', inputs: [plan], options: { model } });

test('[FD1] a server fails in sixty ways: each job ends clearly, in both languages, and none is stuck', {
  timeout: 240_000,
}, async (t) => {
  const jobs = await Promise.all(ROWS.map((_, i) => fill(`fault-${i}`)));
  const ends = await Promise.all(jobs.map(({ id }) => ended(id)));
  const counted: Record<string, number> = {};
  for (const [i, { state, error }] of ends.entries()) {
    const { what } = ROWS[i]!;
    counted[error?.code ?? state] = (counted[error?.code ?? state] ?? 0) + 1;
    if (state === 'done') continue;
    assert.equal(state, 'failed', what);
    assert.match(error!.code, /^(?:engine|plan)\//, `${what}: ${error!.code} ${error!.message}`);
    assert.ok(error!.hint && error!.zh?.message && error!.zh.hint, `${what}: said in both languages, with what to do`);
    assert.ok(!JSON.stringify(error).includes('secret'), what);
  }
  assert.ok(ends.length >= 50);
  t.diagnostic(
    Object.entries(counted)
      .map(([code, n]) => `${code} ${n}`)
      .join(', '),
  );
  assert.deepEqual({ ...desk.load(), workers: 0 }, { queued: 0, running: 0, workers: 0 });
  const { workers } = desk.load();
  const honest = await Promise.all(Array.from({ length: 2 * workers }, () => fill('sound')));
  for (const { id } of honest) {
    const { state, error } = await ended(id);
    assert.equal(state, 'done', error?.message);
  }
});

test('[FD2] a job whose server says nothing is cancelled at once, and its worker goes on', async () => {
  const { id } = await fill('silent');
  while ((await desk.find(id))!.state !== 'running') await sleep(10);
  await sleep(200);
  const began = performance.now();
  await desk.cancel(id);
  assert.equal((await ended(id)).state, 'cancelled');
  assert.ok(performance.now() - began < 5_000);
  assert.equal((await ended((await fill('sound')).id)).state, 'done');
});
