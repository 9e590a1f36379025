/**
 * What happens, written once and heard by many.
 *
 *   the desk's events ─▶ as text, once ─▶ the latest are kept ─┬▶ listener (from here on)
 *                                                              └▶ listener (after Last-Event-ID, or one job from its start)
 *
 * Who was away longer than what is kept reaches hears `reset` and asks for everything again. A preview that a newer one has
 * overtaken is not told to those who come later.
 */
import type { SystemEvent } from '../../../../sdk/src/api/index.ts';

/** One event, ready to be sent. */
export interface Told {
  /** Grows with every event, and from one start of the system to the next. */
  readonly id: number;
  /** The job it is about; null for what concerns none. */
  readonly job: string | null;
  /** Whether it begins or ends that job. */
  readonly first: boolean;
  readonly last: boolean;
  /** As it goes over the wire; the same bytes for every listener. */
  readonly bytes: Uint8Array;
}

/** Hears events in order; must not throw. */
export type Listener = (told: Told) => void;

export interface Broadcast {
  /** Ids must grow. A `reset` forgets all that is kept. */
  tell(id: number, event: SystemEvent): void;
  /** What is kept after an event, oldest first; undefined when some of it is not kept, or that event never was. */
  after(id: number): readonly Told[] | undefined;
  /** What is kept of a job, oldest first. */
  ofJob(job: string): readonly Told[];
  /** Id of the latest event. */
  latest(): number;
  /** Listens from now on; the function ends it. */
  listen(listener: Listener): () => void;
}

/** How much is kept. */
export interface Kept {
  readonly events: number;
  /** Bytes of all together. */
  readonly size: number;
}

const KEPT: Kept = { events: 10_000, size: 64 * 2 ** 20 };

/** Creates a broadcast that knows nothing of what was before the event `since`. */
export function createBroadcast(since: number, kept: Kept = KEPT): Broadcast {
  const ring = createRing(kept);
  const listeners = new Set<Listener>();
  let forgotten = since;
  let latest = since;
  return {
    tell: (id, event) => {
      const told = write(id, event);
      latest = id;
      if (event.type === 'reset') {
        ring.clear();
        forgotten = id;
      } else forgotten = ring.keep(event, told) ?? forgotten;
      for (const listener of listeners) listener(told);
    },
    after: (id) => (id < forgotten || id > latest ? undefined : ring.all().filter((told) => told.id > id)),
    ofJob: (job) => ring.all().filter((told) => told.job === job),
    latest: () => latest,
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const encoder = new TextEncoder();

/** An event as server-sent text. JSON holds no line breaks, so one data line is enough. */
export function writeEvent(id: number, event: SystemEvent): Uint8Array {
  return encoder.encode(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

function write(id: number, event: SystemEvent): Told {
  return {
    id,
    job: 'job' in event ? event.job : null,
    first: event.type === 'job-queued',
    last: event.type === 'job-end' || event.type === 'job-error',
    bytes: writeEvent(id, event),
  };
}

interface Ring {
  /** Gives the id of the latest event that had to be forgotten for it. */
  keep(event: SystemEvent, told: Told): number | undefined;
  all(): readonly Told[];
  clear(): void;
}

function createRing(kept: Kept): Ring {
  let ring: Told[] = [];
  let size = 0;
  const previews = new Map<string, Told>();
  const drop = (told: Told | undefined): void => {
    const at = told === undefined ? -1 : ring.lastIndexOf(told);
    if (at < 0) return;
    ring.splice(at, 1);
    size -= told!.bytes.length;
  };
  const dropPreviews = (job: string): void => {
    for (const [place, told] of previews) {
      if (told.job !== job) continue;
      drop(told);
      previews.delete(place);
    }
  };
  const shrink = (): number | undefined => {
    let count = 0;
    while (ring.length - count > kept.events || (size > kept.size && ring.length - count > 1)) {
      size -= ring[count]!.bytes.length;
      count += 1;
    }
    return ring.splice(0, count).at(-1)?.id;
  };
  return {
    keep: (event, told) => {
      ring.push(told);
      size += told.bytes.length;
      if (event.type === 'job-preview') {
        const place = `${event.job} ${event.op} ${event.candidate ?? 0}`;
        drop(previews.get(place));
        previews.set(place, told);
      }
      if (told.last) dropPreviews(told.job!);
      return shrink();
    },
    all: () => ring,
    clear: () => {
      ring = [];
      size = 0;
      previews.clear();
    },
  };
}
