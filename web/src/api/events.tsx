/**
 * What happens in the system, for the whole page: one stream, many listeners.
 *
 *   stream ─┬▶ the table of jobs (`useJobs`, `useJob`)
 *           ├▶ listeners (`useEvents`)
 *           └▶ answers that are no longer true are asked anew (`forget`)
 */
import type { Job, SystemEvent, WorkCard } from '@llmagentos/sdk/client';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { tellFault } from '../shell/toasts.tsx';
import { api } from './studio.ts';
import { forget } from './use-answer.ts';

/** A job as the page knows it: the system's own view, and what came of it by the stream. */
export interface LiveJob extends Job {
  /** The latest preview of each candidate. */
  readonly previews: readonly {
    readonly op: string;
    readonly candidate: number;
    readonly text?: string | undefined;
    readonly data?: unknown;
  }[];
  /** Works so far, with the part they play (`plan`, `poem`, `picture`, `tune`) where the job makes several. */
  readonly made: readonly { readonly role: string; readonly work: WorkCard }[];
}

let jobs: ReadonlyMap<string, LiveJob> = new Map();
let connected = true;
const watchers = new Set<() => void>();
const listeners = new Set<(event: SystemEvent) => void>();

/** Begins to listen; call once. */
export function startEvents(): void {
  void readJobs();
  void listen();
}

/** Jobs this page knows, newest first. */
export function useJobs(): readonly LiveJob[] {
  const map = useSyncExternalStore(watch, () => jobs);
  return [...map.values()].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

/** One job as it goes on; undefined while nothing is known of it. */
export function useJob(id: string | null | undefined): LiveJob | undefined {
  return useSyncExternalStore(watch, () => (id ? jobs.get(id) : undefined));
}

/** Whether the system is there. */
export function useConnected(): boolean {
  return useSyncExternalStore(watch, () => connected);
}

/** Hears every event while the component is mounted. */
export function useEvents(listener: (event: SystemEvent) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const hear = (event: SystemEvent): void => latest.current(event);
    listeners.add(hear);
    return () => void listeners.delete(hear);
  }, []);
}

/** Puts a job that was just submitted on the table, before the stream tells of it. */
export function noteJob(job: Job): Job {
  change(job.id, (known) => known ?? live(job));
  return job;
}

/** Hears again what happened in a job that this page does not know from its beginning, and what still happens. */
export async function followJob(id: string, signal: AbortSignal): Promise<void> {
  const known = noteJob(await api.job(id, { signal }));
  if (known.state !== 'queued' && known.state !== 'running') return;
  change(id, (job) => job && { ...job, made: [], previews: [] });
  for await (const event of api.events({ job: id, signal })) if (event.type === 'job-work') take(event);
}

/** Waits for the end of a job. Rejects with its error. */
export function settled(id: string): Promise<LiveJob> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const job = jobs.get(id);
      if (!job || job.state === 'queued' || job.state === 'running') return;
      watchers.delete(look);
      if (job.state === 'done') resolve(job);
      else
        reject(
          job.error ?? {
            code: `job/${job.state}`,
            message: 'The job was ended.',
            hint: 'Start it again.',
            zh: { message: '任务已结束。', hint: '请重新开始。' },
          },
        );
    };
    watchers.add(look);
    look();
  });
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

async function listen(): Promise<void> {
  const feed = api.events({
    onConnection: (now) => {
      if (connected === now) return;
      connected = now;
      tellWatchers();
    },
  });
  try {
    for await (const event of feed) hear(event);
  } catch (thrown) {
    tellFault(thrown);
  }
}

async function readJobs(): Promise<void> {
  try {
    const { jobs: list } = await api.jobs({ limit: 100 });
    for (const job of list) change(job.id, (known) => ({ ...(known ?? live(job)), ...job }));
  } catch (thrown) {
    tellFault(thrown);
  }
}

function hear(event: SystemEvent): void {
  take(event);
  for (const listener of listeners) listener(event);
}

function take(event: SystemEvent): void {
  if (event.type === 'reset') {
    forget('');
    void readJobs();
  } else if (event.type === 'works-changed') forget('work');
  else if (event.type === 'job-queued')
    change(event.job, (known) => ({ ...live(event.view), ...known, ...event.view }));
  else change(event.job, (job) => job && after(job, event));
  if (event.type === 'job-end' || event.type === 'job-work') forget('work');
}

type OfJob = Exclude<SystemEvent, { type: 'reset' | 'works-changed' | 'job-queued' }>;

/** A job after one more event. */
function after(job: LiveJob, event: OfJob): LiveJob {
  switch (event.type) {
    case 'job-start':
      return { ...job, state: 'running', seed: event.seed, startedAt: job.startedAt ?? new Date().toISOString() };
    case 'job-progress':
      return { ...job, state: 'running', progress: { done: event.done, total: event.total, note: event.note } };
    case 'job-preview': {
      const candidate = event.candidate ?? 0;
      const others = job.previews.filter((one) => one.op !== event.op || one.candidate !== candidate);
      return { ...job, previews: [...others, { op: event.op, candidate, text: event.text, data: event.data }] };
    }
    case 'job-work':
      // A job that began anew, after the system had died, tells of the same works again.
      if (job.made.some(({ work }) => work.id === event.work.id)) return job;
      return {
        ...job,
        made: [...job.made, { role: event.role, work: event.work }],
        works: [...job.works, event.work.id],
      };
    case 'job-end': {
      const known = new Set(job.made.map((one) => one.work.id));
      const rest = event.works.filter((work) => !known.has(work.id)).map((work) => ({ role: work.medium, work }));
      return {
        ...job,
        state: 'done',
        report: event.report,
        made: [...job.made, ...rest],
        works: event.works.map((work) => work.id),
        endedAt: new Date().toISOString(),
      };
    }
    case 'job-error':
      return {
        ...job,
        state: event.error.kind === 'cancelled' ? 'cancelled' : 'failed',
        error: event.error,
        endedAt: new Date().toISOString(),
      };
  }
}

function live(job: Job): LiveJob {
  return { previews: [], made: [], ...job };
}

function change(id: string, to: (known: LiveJob | undefined) => LiveJob | undefined): void {
  const next = to(jobs.get(id));
  if (next === undefined) return;
  jobs = new Map(jobs).set(id, next);
  tellWatchers();
}

function tellWatchers(): void {
  for (const watcher of [...watchers]) watcher();
}
