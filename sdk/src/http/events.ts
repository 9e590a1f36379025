/**
 * What happens in the system, as one endless iterable over many connections.
 *
 *   connect ─▶ event, event … ─▶ connection lost ─▶ wait ─▶ connect with Last-Event-ID ─▶ the events that were missed …
 *
 * A connection that says nothing for three heartbeats is taken for lost. The iterable ends when its signal is aborted, or
 * after the last event of the job it was asked for; it throws when the system refuses, or is away longer than `patience`.
 */
import type { SystemEvent } from '../api/index.ts';
import { badAnswerError, LLMAgentError } from '../error.ts';
import { fillPath } from './paths.ts';
import { readEvents } from './read-events.ts';
import type { Send } from './send.ts';

/** Which events, and how to keep at it. */
export interface EventsOptions {
  /** Only this job, from its first event to its last. */
  readonly job?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Goes on after this event, as `EventFeed.lastEventId` said. */
  readonly lastEventId?: string | undefined;
  /** Milliseconds without the system until the iterable throws `sdk/unreachable`; default: without end. */
  readonly patience?: number | undefined;
  /** Told when the connection stands, and when it is lost and will be tried again. */
  readonly onConnection?: ((connected: boolean) => void) | undefined;
}

/** Events as they come; iterate it once. */
export interface EventFeed extends AsyncIterable<SystemEvent> {
  /** Id of the latest event. */
  readonly lastEventId: string | undefined;
}

const SILENCE = 45_000; // ms, three heartbeats
const FIRST_WAIT = 250; // ms, doubled after every try
const LONGEST_WAIT = 8_000; // ms

/** Opens the feed on first iteration. */
export function openFeed(send: Send, options: EventsOptions): EventFeed {
  const state: FeedState = { lastEventId: options.lastEventId };
  return {
    get lastEventId() {
      return state.lastEventId;
    },
    [Symbol.asyncIterator]: () => follow(send, options, state),
  };
}

interface FeedState {
  lastEventId: string | undefined;
}

async function* follow(send: Send, options: EventsOptions, state: FeedState): AsyncGenerator<SystemEvent, undefined> {
  const { signal, job, patience = Number.POSITIVE_INFINITY, onConnection } = options;
  let wait = FIRST_WAIT;
  let lostAt = Date.now();
  while (!signal?.aborted) {
    try {
      for await (const event of connect(send, options, state)) {
        wait = FIRST_WAIT;
        lostAt = Number.POSITIVE_INFINITY;
        if (event === 'open') continue;
        yield event;
        if (job !== undefined && isLast(event, job)) return;
      }
    } catch (thrown) {
      if (signal?.aborted) return;
      if (!isPassing(thrown)) throw thrown;
      if (Number.isFinite(lostAt) && Date.now() - lostAt >= patience) throw thrown;
    }
    if (!Number.isFinite(lostAt)) lostAt = Date.now();
    onConnection?.(false);
    await pause(wait, signal);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
}

/** One connection, from `open` to its end. */
async function* connect(
  send: Send,
  { job, signal, onConnection }: EventsOptions,
  state: FeedState,
): AsyncGenerator<SystemEvent | 'open', undefined> {
  const silence = new AbortController();
  const watch = (): ReturnType<typeof setTimeout> => setTimeout(() => silence.abort(), SILENCE);
  let timer = watch();
  try {
    const response = await send({
      method: 'GET',
      path: fillPath('/api/events', [], { job }),
      headers: { accept: 'text/event-stream', ...(state.lastEventId ? { 'last-event-id': state.lastEventId } : {}) },
      signal: signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]),
    });
    if (response.body === null) throw badAnswerError('the stream of events has no body');
    onConnection?.(true);
    yield 'open';
    const alive = (): void => {
      clearTimeout(timer);
      timer = watch();
    };
    for await (const { data, id } of readEvents(response.body, alive)) {
      const event = parseEvent(data);
      state.lastEventId = id ?? state.lastEventId;
      yield event;
    }
  } finally {
    clearTimeout(timer);
  }
}

function parseEvent(data: string): SystemEvent {
  try {
    return JSON.parse(data) as SystemEvent;
  } catch (cause) {
    throw badAnswerError('an event is not JSON', cause);
  }
}

function isLast(event: SystemEvent, job: string): boolean {
  return (event.type === 'job-end' || event.type === 'job-error') && event.job === job;
}

/** Whether another try may help: the system is away or busy, or the connection broke. */
function isPassing(thrown: unknown): boolean {
  if (!(thrown instanceof LLMAgentError)) return true;
  return thrown.kind === 'unavailable' || thrown.kind === 'exhausted' || thrown.kind === 'cancelled';
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const stop = (): void => resolve();
  signal?.addEventListener('abort', stop, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  });
}
