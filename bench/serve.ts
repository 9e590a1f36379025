/**
 * The server under load, over HTTP as browsers and programs meet it: 200 clients that stream all events, 1,000 jobs waiting.
 *
 *   node bench/serve.ts [MINUTES]        writes bench/results/serve.json; MINUTES (default 30) of steady load
 *
 *   fill     1,000 plans to read are handed in, eight at a time; how long until each is acknowledged
 *   steady   whatever ends is replaced; memory of the server, answers of /api/system, works listed, jobs cancelled in between
 *   truth    every client must have heard of every end exactly once, in growing order
 *
 * The server is a process of its own; the clients share this one.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
const ended = new Set<string>();
const heard = Array.from({ length: CLIENTS }, () => ({
  ends: new Map<string, number>(),
  events: 0,
  lost: 0,
  disorder: 0,
}));
const times = { acknowledged: [] as number[], system: [] as number[], works: [] as number[], cancel: [] as number[] };
let submitted = 0;
let topUp = true;

const listening = heard.map((_, i) => listen(i));
await pause(2000);
const begun = performance.now();
await Promise.all(Array.from({ length: AT_ONCE }, fill));
const filled = (performance.now() - begun) / 1000;
console.error(`filled in ${filled.toFixed(1)} s`);
const memory: { readonly minute: number; readonly mebibytes: number }[] = [];
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

const missed = heard.map(({ ends }) => [...ended].filter((id) => ends.get(id) !== 1).length);
const report = {
  clients: CLIENTS,
  waiting: WAITING,
  minutes,
  jobs: { submitted, ended: ended.size },
  eventsSent: heard.reduce((sum, one) => sum + one.events, 0),
  milliseconds: Object.fromEntries(Object.entries(times).map(([name, list]) => [name, spread(list)])),
  fillSeconds: round(filled),
  serverMebibytes: memory,
  truth: {
    endsMissedOrTwice: missed.reduce((sum, count) => sum + count, 0),
    connectionsLost: heard.reduce((sum, one) => sum + one.lost, 0),
    outOfOrder: heard.reduce((sum, one) => sum + one.disorder, 0),
    failures,
  },
  machine: {
    platform: `${platform()} ${arch()}`,
    cores: cpus().length,
    model: cpus()[0]?.model,
    load: loadavg().map(round),
  },
};
writeFileSync(join(ROOT, 'bench/results/serve.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));

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
  const { ends } = heard[i]!;
  ends.set(event.job, (ends.get(event.job) ?? 0) + 1);
  if (i !== 0) return;
  ended.add(event.job);
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
  let next = 0;
  while (elapsed() < minutes) {
    const system = await timed('system', () => client.system());
    if (system && elapsed() >= next) {
      memory.push({ minute: round(elapsed()), mebibytes: Math.round(system.memory.process / 2 ** 20) });
      next = memory.length * (minutes / 20);
    }
    await timed('works', () => client.works({ all: true, limit: 50 }));
    const [last] = (await client.jobs({ state: 'queued', limit: 1 })).jobs;
    if (last) await timed('cancel', () => client.cancelJob(last.id));
    await pause(500);
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
