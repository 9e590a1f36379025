/**
 * `GET /api/events`.
 *
 *   plain                 from now on
 *   Last-Event-ID         from there on, or `reset` and from now on
 *   ?job=                 that job from its first event to its last, whenever it was
 */
import type { Job, SystemEvent } from '../../../../sdk/src/api/index.ts';
import { OsError } from '../../../core/index.ts';
import { jobMissing } from '../job-missing.ts';
import { type Broadcast, type Told, writeEvent } from './broadcast.ts';
import { openStream } from './stream.ts';

export interface EventsRequest {
  readonly job: string | undefined;
  readonly lastEventId: string | undefined;
  readonly signal: AbortSignal;
  /** Closes the reader's connection, where there is one: what waits for it is then forgotten. */
  readonly hangUp?: (() => void) | undefined;
}

/** What the answer is made from. */
export interface EventsSource {
  readonly broadcast: Broadcast;
  /** A job as it stands, with what it made; undefined where there is none. */
  readonly findJob: (id: string) => Promise<JobStanding | undefined>;
  readonly limits: StreamLimits;
}

export interface JobStanding {
  readonly view: Job;
  /** Its last event, where it has ended. */
  readonly end: SystemEvent | undefined;
}

export interface StreamLimits {
  /** Open at once. */
  readonly streams: number;
  /** Milliseconds. */
  readonly heartbeat: number;
  /** Bytes that may wait for one reader. */
  readonly buffer: number;
}

export const STREAM_LIMITS: StreamLimits = { streams: 1000, heartbeat: 15_000, buffer: 4 * 2 ** 20 };

/** Answers requests for events; at most `limits.streams` at once. Throws `http/too-many-streams`, `host/job-missing`. */
export function createEventsAnswer(source: EventsSource): (request: EventsRequest) => Promise<Response> {
  const { broadcast, limits } = source;
  let open = 0;
  return async ({ job, lastEventId, signal, hangUp }) => {
    if (open >= limits.streams) throw tooManyStreams(limits.streams);
    const standing = job === undefined ? undefined : await source.findJob(job);
    if (job !== undefined && standing === undefined) throw jobMissing(job);
    const begin = standing
      ? beginOfJob(broadcast, standing, numberOf(lastEventId))
      : beginAfter(broadcast, lastEventId);
    const over = begin.at(-1)?.last === true && job !== undefined;
    open += 1;
    const stream = openStream(broadcast, {
      begin: begin.map(({ bytes }) => bytes),
      over,
      wants: (told) => job === undefined || told.job === job,
      ends: (told) => job !== undefined && told.last,
      ...limits,
      signal,
      breakOff: (controller) => (hangUp ? hangUp() : controller.error(new Error('The reader was too slow.'))),
      onClose: () => {
        open -= 1;
      },
    });
    return new Response(stream, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      },
    });
  };
}

type Begin = readonly Pick<Told, 'bytes' | 'last'>[];

function beginAfter(broadcast: Broadcast, lastEventId: string | undefined): Begin {
  if (lastEventId === undefined) return [];
  const missed = broadcast.after(numberOf(lastEventId) ?? -1);
  return missed ?? [{ bytes: writeEvent(broadcast.latest(), { type: 'reset' }), last: false }];
}

/** From its first event where that is still kept; else how it stands now stands for all that went before. */
function beginOfJob(broadcast: Broadcast, { view, end }: JobStanding, after: number | undefined): Begin {
  const kept = broadcast.ofJob(view.id).filter((told) => after === undefined || told.id > after);
  const whole = kept[0]?.first || (after !== undefined && broadcast.after(after) !== undefined);
  const id = broadcast.latest();
  const begin = whole ? [] : [{ bytes: writeEvent(id, { type: 'job-queued', job: view.id, view }), last: false }];
  const told = [...begin, ...kept];
  return end === undefined || told.at(-1)?.last ? told : [...told, { bytes: writeEvent(id, end), last: true }];
}

function numberOf(id: string | undefined): number | undefined {
  return id !== undefined && /^\d{1,16}$/.test(id) ? Number(id) : undefined;
}

function tooManyStreams(most: number): OsError {
  return new OsError({
    kind: 'unavailable',
    code: 'http/too-many-streams',
    message: `${most} streams of events are open already.`,
    hint: 'Close some pages of the studio.',
    zh: { message: `已打开 ${most} 个事件流。`, hint: '请关闭一些画室页面。' },
  });
}
