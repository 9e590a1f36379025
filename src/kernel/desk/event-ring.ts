/**
 * The latest events, for many listeners at their own pace.
 *
 *   push ─▶ [ 17 18 19 … 10016 ] ─▶ each listener has a place in it, and nothing of its own
 *
 * A listener that falls behind the ring is told `reset` and goes on from the present. Of the previews of one candidate only
 * the latest is kept.
 */
import type { DeskEvent, ListenOptions, NumberedEvent } from './desk.ts';

export interface EventRing {
  push(event: DeskEvent): void;
  listen(options?: ListenOptions): AsyncIterable<NumberedEvent>;
}

/** How many events are remembered. */
const REMEMBERED = 10_000;

/** `first`: the number of its first event; take the time, so that numbers of an earlier start are all smaller. */
export function createEventRing(first: number, size: number = REMEMBERED): EventRing {
  const ring: (DeskEvent | undefined)[] = [];
  const previews = new Map<string, number>();
  let start = first;
  let wake = Promise.withResolvers<void>();
  const next = (): number => start + ring.length;

  const push = (event: DeskEvent): void => {
    if (event.type === 'job-preview') {
      const key = `${event.job} ${event.op} ${event.candidate ?? 0}`;
      const before = previews.get(key);
      if (before !== undefined && before >= start) ring[before - start] = undefined;
      previews.set(key, next());
    }
    if (event.type === 'job-end' || event.type === 'job-error') forgetPreviews(event.job);
    ring.push(event);
    if (ring.length > size + size / 8) start += ring.splice(0, ring.length - size).length;
    stir();
  };
  // Whoever waits waits for this one promise alone: a race with a promise that lives as long as its listener would grow by
  // every event.
  const stir = (): void => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  const forgetPreviews = (job: string): void => {
    for (const [key, number] of previews) {
      if (!key.startsWith(`${job} `)) continue;
      if (number >= start) ring[number - start] = undefined;
      previews.delete(key);
    }
  };

  async function* listen({ after, signal }: ListenOptions = {}): AsyncGenerator<NumberedEvent> {
    // A number from before the last start, or from a future that never was.
    let at = after === undefined ? next() : after === 'oldest' ? start : after + 1;
    signal?.addEventListener('abort', stir);
    try {
      while (!signal?.aborted) {
        if (at < start || at > next()) {
          at = next();
          yield { id: at - 1, event: { type: 'reset' } };
          continue;
        }
        const event = ring[at - start];
        if (event) yield { id: at, event };
        if (at < next()) at++;
        else await wake.promise;
      }
    } finally {
      signal?.removeEventListener('abort', stir);
    }
  }
  return { push, listen };
}
