/**
 * A job seen from outside: a stream of events and a result.
 *
 *   job-start ─▶ (job-progress | job-preview)* ─▶ job-end | job-error
 *
 * The job runs whether or not somebody listens; whoever listens gets all events from the first. To stop it, abort its signal.
 */
import { type Json, type OsError, toOsError } from '../core/index.ts';
import type { Preview } from './op.ts';
import type { Progress } from './progress.ts';
import type { Work } from './work.ts';

/** What a finished job leaves. */
export interface JobResult {
  readonly job: string;
  readonly works: readonly Work[];
  /** What the op found out besides; null when nothing. */
  readonly report: Json;
  readonly seed: number;
  /** Whether the works were made earlier by the same record. */
  readonly cached: boolean;
}

export type JobEvent =
  | {
      readonly type: 'job-start';
      readonly job: string;
      readonly op: string;
      readonly recordHash: string;
      readonly seed: number;
      readonly cached: boolean;
    }
  | ({ readonly type: 'job-progress'; readonly job: string } & Progress)
  | ({ readonly type: 'job-preview'; readonly job: string } & Preview)
  | ({ readonly type: 'job-end' } & JobResult)
  | { readonly type: 'job-error'; readonly job: string; readonly error: OsError };

/** A running job. Iterating never throws: failure is the event `job-error`; `result` rejects with the same OsError. */
export interface JobRun extends AsyncIterable<JobEvent> {
  readonly id: string;
  readonly result: Promise<JobResult>;
}

/** Starts `body` at once; its events go to every listener. */
export function startJob(id: string, body: (emit: (event: JobEvent) => void) => Promise<JobResult>): JobRun {
  const events: JobEvent[] = [];
  let wake = Promise.withResolvers<void>();
  let over = false;
  const emit = (event: JobEvent): void => {
    events.push(event);
    wake.resolve();
    wake = Promise.withResolvers();
  };
  const run = async (): Promise<JobResult> => {
    try {
      const result = await body(emit);
      over = true;
      emit({ type: 'job-end', ...result });
      return result;
    } catch (thrown) {
      const error = toOsError(thrown);
      over = true;
      emit({ type: 'job-error', job: id, error });
      throw error;
    }
  };
  const result = run();
  // A listener who only iterates has seen the error already; it must not count as unhandled.
  result.catch(() => undefined);
  async function* listen(): AsyncGenerator<JobEvent> {
    for (let i = 0; ; i++) {
      while (i >= events.length && !over) await wake.promise;
      const event = events[i];
      if (event === undefined) return;
      yield event;
    }
  }
  return { id, result, [Symbol.asyncIterator]: listen };
}
