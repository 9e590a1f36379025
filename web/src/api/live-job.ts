/**
 * A job as the page knows it, told by two voices that do not keep step: the list (how it stood when it was asked for) and the
 * stream (what happened, sometimes long after it did). Neither brings a job back that has ended.
 */
import type { Job, SystemEvent, WorkCard } from '@llmagentos/sdk/client';

/** The system's own view, and what came of it by the stream. */
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

/** What happens to a job that is known. */
export type OfJob = Exclude<SystemEvent, { type: 'reset' | 'works-changed' | 'job-queued' }>;

/** A job of which nothing was heard yet. */
export function live(job: Job): LiveJob {
  return { previews: [], made: [], ...job };
}

/** What is known, brought up to a view of the same job; a view from before its end is older than the end. */
export function merged(known: LiveJob | undefined, view: Job): LiveJob {
  if (known === undefined) return live(view);
  return hasEnded(known) && !hasEnded(view) ? known : { ...known, ...view };
}

/** A job after one more event. */
export function after(job: LiveJob, event: OfJob): LiveJob {
  switch (event.type) {
    case 'job-start':
      if (hasEnded(job)) return job;
      return { ...job, state: 'running', seed: event.seed, startedAt: job.startedAt ?? new Date().toISOString() };
    case 'job-progress':
      if (hasEnded(job)) return job;
      return { ...job, state: 'running', progress: { done: event.done, total: event.total, note: event.note } };
    case 'job-preview': {
      const candidate = event.candidate ?? 0;
      const others = job.previews.filter((one) => one.op !== event.op || one.candidate !== candidate);
      return { ...job, previews: [...others, { op: event.op, candidate, text: event.text, data: event.data }] };
    }
    case 'job-work':
      return withWork(job, event);
    case 'job-end': {
      const known = new Set(job.made.map((one) => one.work.id));
      const rest = event.works.filter((work) => !known.has(work.id)).map((work) => ({ role: roleOf(work), work }));
      return {
        ...job,
        state: 'done',
        report: event.report,
        made: [...job.made, ...rest],
        works: event.works.map((work) => work.id),
        endedAt: job.endedAt ?? new Date().toISOString(),
      };
    }
    case 'job-error':
      return {
        ...job,
        state: event.error.kind === 'cancelled' ? 'cancelled' : 'failed',
        error: event.error,
        endedAt: job.endedAt ?? new Date().toISOString(),
      };
  }
}

/** Works of a job that only the list names: what the stream told of them was missed while the system was away. */
export function unheard({ works, made }: LiveJob): readonly string[] {
  const heard = new Set(made.map(({ work }) => work.id));
  return works.filter((id) => !heard.has(id));
}

/** The part that a work plays in a job that makes several. */
export function roleOf({ medium, op }: { readonly medium: string; readonly op: string }): string {
  if (medium === 'plan') return op === 'plan/see-poem' ? 'scene' : 'plan';
  return { verse: 'poem', picture: 'picture', music: 'tune' }[medium] ?? medium;
}

/** A job that began anew, after the system had died, tells of the same works again; so does a late event of one that is done. */
function withWork(job: LiveJob, { role, work }: OfJob & { readonly type: 'job-work' }): LiveJob {
  if (job.made.some((one) => one.work.id === work.id)) return job;
  const works = job.works.includes(work.id) ? job.works : [...job.works, work.id];
  return { ...job, made: [...job.made, { role, work }], works };
}

function hasEnded({ state }: LiveJob | Job): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}
