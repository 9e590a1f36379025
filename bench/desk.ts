/**
 * The desk under load, as `serve` uses it: real worker processes, 1,000 tasks waiting, 200 listeners to all events.
 *
 *   node --expose-gc bench/desk.ts [MINUTES]        writes bench/results/desk.json; MINUTES (default 30) of steady load;
 *                                               0 measures the rest anew and keeps what is written there of the steady load
 *
 *   fill     twelve long tasks, behind them 1,000 plans to read; how long until each is acknowledged, listed, found
 *   cancel   100 that wait; running ones that listen; running ones whose process is frozen (SIGSTOP, Linux only)
 *   steady   whatever ends is replaced, so that 1,000 always wait; memory, and how late the serving process's own timers are
 *
 * The listeners are in the serving process; 200 clients over HTTP are counted in the server's own measurement.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { createOs } from '../src/host/index.ts';
import type { DeskEvent, DeskView } from '../src/kernel/index.ts';

const ROOT = join(import.meta.dirname, '..');
const WAITING = 1000;
const LISTENERS = 200;
/** Half of them are asked to stop one by one, half are frozen, two at once: with two workers no other is met in the middle of a commit. */
const LONG = 12;
const PAIR = 2;
const minutes = Number(process.argv[2] ?? 30);

const home = mkdtempSync(join(tmpdir(), 'llmagentos-desk-'));
const os = await createOs({ home });
const desk = await os.desk();
const ends = new Map<string, PromiseWithResolvers<DeskEvent>>();
const begun = new Map<string, PromiseWithResolvers<void>>();
const stopListening = new AbortController();
const heard = new Array<number>(LISTENERS).fill(0);
let topUp = false;
let submitted = 0;
let finished = 0;
const failures: string[] = [];

const listeners = heard.map((_, i) => listen(i));
const fill = await measureFill();
console.error('filled', fill);
const cancel = { waiting: await cancelWaiting(), ...(await cancelRunning()) };
console.error('cancelled', cancel);
const steady = minutes > 0 ? await measureSteady() : earlier().steady;
stopListening.abort();
await Promise.all(listeners);
await os[Symbol.asyncDispose]();
rmSync(home, { recursive: true, maxRetries: 5 });

const report = {
  waiting: WAITING,
  listeners: LISTENERS,
  workers: fill.workers,
  milliseconds: { acknowledged: fill.acknowledged, list50: fill.list50, find: fill.find },
  cancelMilliseconds: cancel,
  /** Of one minute, at the end; above the number of cores, other programs ran too. */
  systemLoad: loadNow(),
  steady,
  machine: { platform: `${platform()} ${arch()}`, cores: cpus().length, node: process.version },
};
mkdirSync(join(ROOT, 'bench/results'), { recursive: true });
writeFileSync(join(ROOT, 'bench/results/desk.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
const slowest = Math.max(cancel.waiting.max, cancel.running.max, cancel.frozen?.max ?? 0);
process.exitCode = slowest < 1000 && steady.failures.length === 0 ? 0 : 1;

/** Hears everything; the first listener also keeps the books. */
async function listen(i: number): Promise<void> {
  for await (const { event } of desk.events({ signal: stopListening.signal })) {
    heard[i]!++;
    if (i === 0) keepBooks(event);
  }
}

function keepBooks(event: DeskEvent): void {
  if (event.type === 'job-preview') begun.get(event.job)?.resolve();
  if (event.type !== 'job-end' && event.type !== 'job-error') return;
  ends.get(event.job)?.resolve(event);
  ends.delete(event.job);
  if (!topUp) return;
  finished++;
  if (event.type === 'job-error') failures.push(event.error.code);
  void submitPlan();
}

function submitPlan(): Promise<DeskView> {
  const n = submitted++;
  return desk.submit({ op: 'plan/read', options: { brief: `写一首关于第${n}颗星的诗` }, seed: n });
}

async function measureFill() {
  for (let i = 0; i < LONG; i++) {
    const options = { opening: `夜深了，江上只有一盏灯，照着第${i}个归人。`, length: 20_000 };
    const { id } = await desk.submit({ op: 'prose/write', options, seed: i });
    ends.set(id, Promise.withResolvers());
    begun.set(id, Promise.withResolvers());
  }
  const times: number[] = [];
  for (let i = 0; i < WAITING; i++)
    times.push(await timed(async () => ends.set((await submitPlan()).id, Promise.withResolvers())));
  const list: number[] = [];
  const find: number[] = [];
  for (let i = 0; i < 50; i++) list.push(await timed(() => desk.list()));
  for (const id of [...ends.keys()].slice(0, 50)) find.push(await timed(() => desk.find(id)));
  return { acknowledged: summary(times), list50: summary(list), find: summary(find), workers: desk.load().workers };
}

/** From the wish to the event that says so. */
async function cancelOne(id: string): Promise<number> {
  const { promise } = ends.get(id)!;
  const started = performance.now();
  await desk.cancel(id);
  const event = await promise;
  if (event.type !== 'job-error' || event.error.kind !== 'cancelled') throw new Error(`${id} ended with ${event.type}`);
  return performance.now() - started;
}

async function cancelWaiting() {
  const times: number[] = [];
  for (const id of [...ends.keys()].slice(-100)) times.push(await cancelOne(id));
  return summary(times);
}

async function cancelRunning() {
  const long = [...begun.keys()];
  const running: number[] = [];
  for (const id of long.slice(0, LONG / 2)) {
    await begun.get(id)!.promise;
    running.push(await cancelOne(id));
  }
  if (platform() !== 'linux' || desk.load().workers !== PAIR) return { running: summary(running) };
  const frozen: number[] = [];
  for (let i = LONG / 2; i < LONG; i += PAIR) {
    const pair = long.slice(i, i + PAIR);
    await Promise.all(pair.map((id) => begun.get(id)!.promise));
    for (const pid of children()) process.kill(pid, 'SIGSTOP');
    frozen.push(...(await Promise.all(pair.map(cancelOne))));
  }
  return { running: summary(running), frozen: summary(frozen) };
}

/** Ids of the worker processes. */
function children(): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parentOf = (pid: string): number => {
    try {
      return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
    } catch {
      return 0;
    }
  };
  return pids.filter((pid) => parentOf(pid) === process.pid).map(Number);
}

async function measureSteady() {
  for (let i = desk.load().queued; i < WAITING; i++) await submitPlan();
  topUp = true;
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const samples: { readonly minute: number; readonly rss: number; readonly heap: number }[] = [];
  const started = performance.now();
  const events = heard[0]!;
  for (let minute = 0; minute <= minutes; minute += 0.5) {
    await pause(Math.max(0, started + minute * 60_000 - performance.now()));
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    samples.push({ minute, rss: mebibytes(rss), heap: mebibytes(heapUsed) });
    console.error(JSON.stringify({ ...samples.at(-1), finished, ...desk.load(), events: heard[0] }));
  }
  topUp = false;
  delay.disable();
  const late = (share: number): number => Math.round(delay.percentile(share) / 1e6);
  return {
    minutes,
    finished,
    failures,
    eventsToEach: heard[0]! - events,
    everyListenerHeardAll: heard.every((n) => n === heard[0]),
    eventLoopDelayMilliseconds: { p50: late(50), p99: late(99), max: Math.round(delay.max / 1e6) },
    memoryMebibytes: samples,
    systemLoad: loadNow(),
  };
}

function earlier(): { readonly steady: Awaited<ReturnType<typeof measureSteady>> } {
  return JSON.parse(readFileSync(join(ROOT, 'bench/results/desk.json'), 'utf8'));
}

function loadNow(): number {
  return Number(loadavg()[0]!.toFixed(1));
}

async function timed(action: () => unknown): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

function summary(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1));
  return { count: times.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
