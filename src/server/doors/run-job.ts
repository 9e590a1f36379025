/**
 * How every door has work done: handed in at the desk, followed to its end; giving up cancels it. Doors never block the process
 * that serves them: what takes long is done by workers.
 */
import { cancelled, type Json, OsError } from '../../core/index.ts';
import type { Os } from '../../host/index.ts';
import type {
  CreateWish,
  Desk,
  DeskEvent,
  DeskView,
  Preview,
  Progress,
  RunRequest,
  Submission,
  Work,
} from '../../kernel/index.ts';

/** What came of a job. */
export interface Made {
  readonly works: readonly Work[];
  readonly report: Json;
  readonly seed: number;
}

/** Who waits for a job. */
export interface Listener {
  /** Aborted: the job is cancelled. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onPreview?: (preview: Preview) => void;
  /** A work is finished while the job still makes others. */
  readonly onWork?: (role: string, work: Work) => void;
}

/** Runs an op at the desk to its end. Throws what the job throws, `core/cancelled` when given up. */
export async function runJob(os: Os, submission: Submission, listener: Listener): Promise<Made> {
  const desk = await os.desk();
  return follow(os, desk, () => desk.submit(submission), listener);
}

/** A brief, or a plan, becomes works that belong together. Throws as `runJob`, and `kernel/empty-brief`. */
export async function runCreate(
  os: Os,
  { seed, ...wish }: CreateWish & { readonly seed?: number | undefined },
  listener: Listener,
): Promise<Made> {
  const desk = await os.desk();
  return follow(os, desk, () => desk.create(wish, seed), listener);
}

/** Runs an op here and now, for those that take a moment. Throws as `runJob`. */
export async function runHere(os: Os, request: Omit<RunRequest, 'signal'>, { signal }: Listener): Promise<Made> {
  return os.run({ ...request, signal }).result;
}

async function follow(os: Os, desk: Desk, begin: () => Promise<DeskView>, listener: Listener): Promise<Made> {
  if (listener.signal.aborted) throw cancelled();
  const stop = new AbortController();
  const events = desk.events({ signal: stop.signal })[Symbol.asyncIterator]();
  // Listening begins before the job does, so that nothing of it is missed.
  let next = events.next();
  try {
    const { id } = await begin();
    const cancel = (): void => void desk.cancel(id).catch(() => undefined);
    listener.signal.addEventListener('abort', cancel, { once: true, signal: stop.signal });
    if (listener.signal.aborted) cancel();
    for (;;) {
      const { value, done } = await next;
      if (done) throw cancelled();
      next = events.next();
      const ended = hear(value.event, id, listener) ?? (value.event.type === 'reset' && (await look(os, desk, id)));
      if (ended) return ended;
    }
  } finally {
    stop.abort();
    await next.catch(() => undefined);
  }
}

/** Tells the listener what is of its job; the end, when it is that. Throws what the job throws. */
function hear(event: DeskEvent, id: string, { onProgress, onPreview, onWork }: Listener): Made | undefined {
  if (!('job' in event) || event.job !== id) return undefined;
  if (event.type === 'job-progress') onProgress?.(event);
  if (event.type === 'job-preview') onPreview?.(event);
  if (event.type === 'job-work') onWork?.(event.role, event.work);
  if (event.type === 'job-error') throw new OsError(event.error);
  if (event.type !== 'job-end') return undefined;
  const { works, report, seed } = event;
  return { works, report, seed };
}

/** The end of a job whose events were missed; undefined while it goes on. */
async function look(os: Os, desk: Desk, id: string): Promise<Made | undefined> {
  const job = await desk.find(id);
  if (job === undefined || job.state === 'queued' || job.state === 'running') return undefined;
  if (job.error) throw new OsError(job.error);
  if (job.state !== 'done') throw cancelled();
  const works = await Promise.all(job.works.map((work) => os.works.get(work)));
  return { works, report: job.report, seed: job.seed ?? 0 };
}
