/** One job from asking to its end, as a stream of what happens and the works that came of it. */
import type { Job, WorkCard } from './api/index.ts';
import { cancelledError, LLMAgentError } from './error.ts';
import type { Client } from './http/index.ts';
import { createEventStream, type JobRunEvent } from './stream.ts';

/** A finished job. */
export interface JobOutcome {
  /** Works in the order of the op, or of the arts. */
  readonly works: readonly WorkCard[];
  /** The part each work plays in a `create`: `plan`, `poem`, `picture`, `tune`; by its id. */
  readonly roles: ReadonlyMap<string, string>;
  /** What the op found out besides works. */
  readonly report: unknown;
}

/** A job as it goes on. It runs whether or not somebody listens; to stop it, abort the signal it was given. */
export interface RunningJob<Result> extends AsyncIterable<JobRunEvent> {
  /** Rejects with the same error that the event `job-error` carries. */
  readonly result: Promise<Result>;
}

/** How a job is asked for and followed. */
export interface JobAsk<Result> {
  /** Hands the job in, and says by what it was. */
  readonly submit: () => Promise<{ readonly client: Client; readonly job: Job }>;
  /** Makes the result of what came of it. */
  readonly finish: (outcome: JobOutcome, client: Client) => Promise<Result>;
  readonly signal?: AbortSignal | undefined;
}

/** So long may the system be away in the middle of a job, in milliseconds. */
const PATIENCE = 20_000;

/** Starts at once. */
export function runJob<Result>(ask: JobAsk<Result>): RunningJob<Result> {
  const stream = createEventStream();
  let told = false;
  const tell = (event: JobRunEvent): void => {
    told ||= event.type === 'job-error';
    stream.push(event);
  };
  const result = follow(ask, tell);
  result
    .catch((error: LLMAgentError) => {
      if (!told) stream.push({ type: 'job-error', job: null, error });
    })
    .finally(() => stream.end());
  return { [Symbol.asyncIterator]: () => stream.events[Symbol.asyncIterator](), result };
}

async function follow<Result>(ask: JobAsk<Result>, tell: (event: JobRunEvent) => void): Promise<Result> {
  const { signal } = ask;
  if (signal?.aborted) throw cancelledError(signal.reason);
  const {
    client,
    job: { id },
  } = await ask.submit();
  const cancel = (): void => void client.cancelJob(id).catch(() => undefined);
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await ask.finish(await outcomeOf(client, id, tell), client);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

async function outcomeOf(client: Client, id: string, tell: (event: JobRunEvent) => void): Promise<JobOutcome> {
  const roles = new Map<string, string>();
  for await (const event of client.events({ job: id, patience: PATIENCE })) {
    if (event.type === 'works-changed' || event.type === 'reset') continue;
    if (event.type === 'job-work') roles.set(event.work.id, event.role);
    if (event.type === 'job-error') {
      const error = new LLMAgentError(event.error);
      tell({ ...event, error });
      throw error;
    }
    tell(event);
    if (event.type === 'job-end') return { works: event.works, roles, report: event.report };
  }
  throw cancelledError();
}
