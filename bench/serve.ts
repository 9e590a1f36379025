/**
 * The server under load, over HTTP as browsers and programs meet it: 200 clients that stream all events, 1,000 jobs waiting.
 *
 *   node bench/serve.ts [MINUTES]        writes bench/results/serve.json; MINUTES (default 30) of steady load
 *
 *   fill     1,000 plans to read are handed in, eight at a time; how long until each is acknowledged
 *   steady   whatever ends is replaced; memory of the server, answers of /api/system, works listed, jobs cancelled in between,
 *            works made again and written as files, streams that come and go
 *   truth    every client must have heard of every end exactly once, in growing order
 *
 * The server is a process of its own; the clients share this one. What was found so far is written every minute.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient, type SystemEvent } from '../sdk/src/index.ts';

const ROOT = join(import.meta.dirname, '..');
const WAITING = 1000;
const CLIENTS = 200;
const AT_ONCE = 8;
const minutes = Number(process.argv[2] ?? 30);

const home = mkdtempSync(join(tmpdir(), 'llmagentos-serve-'));
const server = spawn(
  process.execPath,
  [join(ROOT, 'bin/llmagentos'), 'serve', '--port', '0', '--no-open', '--no-build', '--attached', '--json'],
  {
    env: { ...process.env, LLMAGENTOS_HOME: home },
    stdio: ['pipe', 'pipe', 'inherit'],
  },
);
const url = await new Promise<string>((resolve) => {
  server.stdout.setEncoding('utf8').on('data', (text: string) => {
    const found = /"url":"([^"]+)"/.exec(text)?.[1];
    if (found) resolve(found);
  });
});
const { key } = JSON.parse(readFileSync(join(home, 'server.json'), 'utf8')) as { key: string };
const client = createClient({ baseUrl: url, key });
const over = new AbortController();
const failures: string[] = [];
/** Jobs that have ended, each with its place among the counts: half an hour has more of them than a map for each client could hold. */
const ended = new Map<string, number>();
const heard = Array.from({ length: CLIENTS }, () => ({
  ends: new Uint8Array(2 ** 20),
  events: 0,
  lost: 0,
  disorder: 0,
}));
const times = {
  acknowledged: [] as number[],
  system: [] as number[],
  works: [] as number[],
  cancel: [] as number[],
  replay: [] as number[],
  export: [] as number[],
};
let submitted = 0;
let visitors = 0;
let topUp = true;

const listening = heard.map((_, i) => listen(i));
await pause(2000);
const begun = performance.now();
await Promise.all(Array.from({ length: AT_ONCE }, fill));
const filled = (performance.now() - begun) / 1000;
console.error(`filled in ${filled.toFixed(1)} s`);
const memory: { readonly minute: number; readonly mebibytes: number; readonly workers: number }[] = [];
await steady();
topUp = false;
for (const { id } of (await client.jobs({ state: 'queued', limit: 1000 })).jobs) await client.cancelJob(id);
while ((await client.system()).jobs.running > 0) await pause(100);
await pause(3000);
over.abort();
await Promise.all(listening);
server.stdin.end();
await new Promise((resolve) => server.once('close', resolve));
rmSync(home, { recursive: true, maxRetries: 5 });

const report = reportNow();
write(report);
console.log(JSON.stringify(report, null, 2));

function reportNow(): object {
  const missed = heard.map(({ ends }) => [...ended.values()].filter((place) => ends[place] !== 1).length);
  return {
    clients: CLIENTS,
    waiting: WAITING,
    minutes,
    finished: over.signal.aborted,
    jobs: { submitted, ended: ended.size },
    streamsThatCameAndWent: visitors,
    eventsSent: heard.reduce((sum, one) => sum + one.events, 0),
    milliseconds: Object.fromEntries(Object.entries(times).map(([name, list]) => [name, spread(list)])),
    fillSeconds: round(filled),
    serverMebibytes: memory,
    flat: flatness(),
    truth: {
      // Before the end some are still on their way.
      endsMissedOrTwice: over.signal.aborted ? missed.reduce((sum, count) => sum + count, 0) : null,
      connectionsLost: heard.reduce((sum, one) => sum + one.lost, 0),
      outOfOrder: heard.reduce((sum, one) => sum + one.disorder, 0),
      failures: failures.slice(0, 20),
      failed: failures.length,
    },
    machine: {
      platform: `${platform()} ${arch()}`,
      cores: cpus().length,
      model: cpus()[0]?.model,
      load: loadavg().map(round),
    },
  };
}

function write(found: object): void {
  const file = join(ROOT, 'bench/results/serve.json');
  writeFileSync(`${file}.part`, `${JSON.stringify(found, null, 2)}\n`);
  renameSync(`${file}.part`, file);
}

/** Medians of the server's memory in the second and in the last third: the first third fills what is kept for late listeners. */
function flatness(): object {
  const median = (from: number, to: number): number | null => {
    const part = memory.slice(Math.floor(memory.length * from), Math.floor(memory.length * to));
    const sorted = part.map(({ mebibytes }) => mebibytes).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? null;
  };
  return { secondThird: median(1 / 3, 2 / 3), lastThird: median(2 / 3, 1) };
}

/** One client: counts what it hears. The first also hands in a new job for each that ends. */
async function listen(i: number): Promise<void> {
  const mine = heard[i]!;
  let latest = 0;
  const feed = client.events({
    signal: over.signal,
    onConnection: (connected) => {
      if (!connected && !over.signal.aborted) mine.lost += 1;
    },
  });
  for await (const event of feed) {
    mine.events += 1;
    const id = Number(feed.lastEventId);
    if (id < latest) mine.disorder += 1;
    latest = id;
    note(event, i);
  }
}

function note(event: SystemEvent, i: number): void {
  if (event.type !== 'job-end' && event.type !== 'job-error') return;
  const place = ended.get(event.job) ?? ended.size;
  ended.set(event.job, place);
  heard[i]!.ends[place]! += 1;
  if (i !== 0) return;
  if (event.type === 'job-error' && event.error.kind !== 'cancelled') failures.push(event.error.code);
  if (topUp) void submit();
}

async function fill(): Promise<void> {
  while (submitted < WAITING) await submit();
}

async function submit(): Promise<void> {
  submitted += 1;
  const brief = `写一首关于第${submitted}夜星空的诗`;
  await timed('acknowledged', () => client.runJob({ op: 'plan/read', options: { brief } }));
}

async function steady(): Promise<void> {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 60_000;
  let [nextMemory, nextReport] = [0, 1];
  const errands = heavyErrands(() => elapsed() < minutes);
  while (elapsed() < minutes) {
    const system = await timed('system', () => client.system());
    if (system && elapsed() >= nextMemory) {
      memory.push({
        minute: round(elapsed()),
        mebibytes: Math.round(system.memory.process / 2 ** 20),
        workers: Math.round(system.processes.slice(1).reduce((sum, one) => sum + one.memory, 0) / 2 ** 20),
      });
      nextMemory = (memory.length * minutes) / 60;
    }
    if (elapsed() >= nextReport) {
      write(reportNow());
      nextReport += 1;
    }
    await timed('works', () => client.works({ all: true, limit: 50 }));
    const [last] = (await client.jobs({ state: 'queued', limit: 1 })).jobs;
    if (last) await timed('cancel', () => client.cancelJob(last.id));
    await visit();
    await pause(500);
  }
  await errands;
}

/** Works are made again and written as files all the while: nobody else may wait for that. */
async function heavyErrands(goOn: () => boolean): Promise<void> {
  while (goOn()) {
    const [latest] = (await client.works({ medium: 'plan', limit: 1 })).works;
    if (latest) {
      await timed('replay', () => client.replay(latest.id));
      await timed('export', () => client.export(latest.id, 'json'));
    }
    await pause(1000);
  }
}

/** A stream that is opened and closed. */
async function visit(): Promise<void> {
  const gone = new AbortController();
  try {
    for await (const _ of client.events({ signal: gone.signal })) break;
    visitors += 1;
  } finally {
    gone.abort();
  }
}

async function timed<T>(name: keyof typeof times, act: () => Promise<T>): Promise<T | undefined> {
  const at = performance.now();
  try {
    return await act();
  } catch (thrown) {
    failures.push(`${name}: ${(thrown as Error).message}`);
    return undefined;
  } finally {
    times[name].push(performance.now() - at);
  }
}

function spread(list: readonly number[]): object {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share: number): number =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
