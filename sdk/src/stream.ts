/** Turns pushed events into an async iterable that every listener reads from the first event on; iterating never throws. */
import type { SystemEvent } from './api/index.ts';
import type { LLMAgentError } from './error.ts';

/** What happens in a job as programs see it: in `job-error` the error has become an `LLMAgentError`. */
export type JobRunEvent =
  | Exclude<SystemEvent, { type: 'job-error' | 'works-changed' | 'reset' }>
  | { readonly type: 'job-error'; readonly job: string | null; readonly error: LLMAgentError };

/** An event stream and the two ends it is fed by. */
export interface EventStream {
  readonly events: AsyncIterable<JobRunEvent>;
  push(event: JobRunEvent): void;
  /** No more events. */
  end(): void;
}

/** Creates an empty stream. It keeps its events for as long as it is referenced. */
export function createEventStream(): EventStream {
  const seen: JobRunEvent[] = [];
  let over = false;
  let wake = Promise.withResolvers<void>();
  const ring = (): void => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  async function* listen(): AsyncGenerator<JobRunEvent> {
    for (let i = 0; ; i++) {
      while (i >= seen.length && !over) await wake.promise;
      const event = seen[i];
      if (event === undefined) return;
      yield event;
    }
  }
  return {
    events: { [Symbol.asyncIterator]: listen },
    push: (event) => {
      seen.push(event);
      ring();
    },
    end: () => {
      over = true;
      ring();
    },
  };
}
