/**
 * What happens in the system, for the whole page: one stream, many listeners.
 *
 *   stream ─┬▶ the table of jobs (`useJobs`, `useJob`)
 *           ├▶ listeners (`useEvents`)
 *           └▶ answers that are no longer true are asked anew (`forget`)
 */
import type { Job, SystemEvent } from '@llmagentos/sdk/client';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { tellFault } from '../shell/toasts.tsx';
import { after, type LiveJob, live, merged, type OfJob } from './live-job.ts';
import { api } from './studio.ts';
import { forget } from './use-answer.ts';

export type { LiveJob } from './live-job.ts';

let jobs: ReadonlyMap<string, LiveJob> = new Map();
/** What is heard while the list of jobs is on its way: it may be newer than the list, and of jobs that only the list names. */
let meanwhile: OfJob[] | undefined;
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
  meanwhile ??= [];
  try {
    const { jobs: list } = await api.jobs({ limit: 100 });
    for (const job of list) change(job.id, (known) => merged(known, job));
    for (const event of meanwhile) change(event.job, (job) => job && after(job, event));
  } catch (thrown) {
    tellFault(thrown);
  } finally {
    meanwhile = undefined;
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
  else if (event.type === 'job-queued') change(event.job, (known) => merged(known, event.view));
  else {
    meanwhile?.push(event);
    change(event.job, (job) => job && after(job, event));
  }
  if (event.type === 'job-end' || event.type === 'job-work') forget('work');
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
