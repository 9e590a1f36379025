/**
 * Which models are in memory. Memory is planned before a model is loaded: what it will need is compared with what there is;
 * models that nobody is using make room, the longest unused first; what cannot fit is refused before anything is read.
 *
 *   admit(need) ─▶ fits? ─ yes ─▶ resident ─▶ used, unused … ─▶ evicted when idle for long, or when room is wanted
 *                   └ no ─▶ evict idle ones ─▶ fits now? ─ no ─▶ `engine/out-of-memory`, with both figures
 *                                                              and the largest of its kind that fits
 */
import { OsError } from '../core/index.ts';
import { engineFault } from './engine-faults.ts';
import type { Clock } from './ports/clock.ts';

/** A model that wants to be in memory. */
export interface Guest {
  /** Name of the model. */
  readonly model: string;
  /** Bytes that it will need. */
  readonly bytes: number;
  /** Takes it out of memory; it is asked in again by its next use. */
  evict(): Promise<void>;
}

/** A model's stay in memory. */
export interface Stay {
  /** It is loaded: from now on its memory is among what is measured, before it is set aside. */
  loaded(): void;
  /** Holds it there while it works; call what comes back when the work is done. */
  use(): () => void;
  /** It has left by itself: it died, or was closed. */
  leave(): void;
}

/** A model in memory, for people. */
export interface Resident {
  readonly model: string;
  readonly bytes: number;
  /** Milliseconds of the clock. */
  readonly since: number;
  readonly usedAt: number;
  readonly busy: boolean;
}

export interface Residency extends Disposable {
  /** Makes room and lets a model in. Throws `engine/out-of-memory`. */
  admit(guest: Guest): Promise<Stay>;
  /** What is in memory, the longest there first. */
  list(): readonly Resident[];
  /** Bytes that a model could have if all idle ones left. */
  room(): number;
}

export interface ResidencyOptions {
  /** Bytes of memory that are free now. */
  readonly available: () => number;
  readonly clock: Clock;
  /** The largest model that could stand in for one that does not fit, within so many bytes. */
  readonly instead?: (model: string, room: number) => Promise<Pick<Guest, 'model' | 'bytes'> | undefined>;
  /** Milliseconds after which an unused model leaves; default 10 minutes. */
  readonly idle?: number;
  /** Milliseconds between looks at who is idle; default 30 seconds. */
  readonly every?: number;
}

/** Of free memory, what a model may take: the rest is for its work and for everybody else. */
const SHARE = 0.9;

interface Place extends Guest {
  readonly since: number;
  usedAt: number;
  uses: number;
  loaded: boolean;
}

/** Creates the plan of who is in memory; dispose of it to stop looking for idle ones. */
export function createResidency(options: ResidencyOptions): Residency {
  const { available, clock, idle = 600_000, every = 30_000 } = options;
  const places = new Set<Place>();
  // One arrival after another: two that each fit alone must not both be let in.
  let arrivals: Promise<unknown> = Promise.resolve();
  const idlers = (): Place[] => [...places].filter(({ uses }) => uses === 0).sort((a, b) => a.usedAt - b.usedAt);
  const setAside = (): number => [...places].reduce((sum, { loaded, bytes }) => (loaded ? sum : sum + bytes), 0);
  const free = (): number => available() * SHARE - setAside();
  const room = (): number => free() + idlers().reduce((sum, { bytes }) => sum + bytes, 0);
  const leave = async (place: Place): Promise<void> => {
    if (places.delete(place)) await place.evict();
  };
  const makeRoom = async ({ model, bytes }: Guest): Promise<void> => {
    // Said before anybody has to leave for it in vain.
    const had = room();
    if (bytes > had) throw tooLarge(model, bytes, had, await options.instead?.(model, had).catch(() => undefined));
    for (const place of idlers()) {
      if (bytes <= free()) return;
      await leave(place);
    }
  };
  const settle = (guest: Guest): Stay => {
    const now = clock.now();
    const place: Place = { ...guest, since: now, usedAt: now, uses: 0, loaded: false, evict: () => guest.evict() };
    places.add(place);
    return {
      loaded: () => {
        place.loaded = true;
      },
      use: () => {
        place.uses++;
        let done = false;
        return () => {
          if (!done) place.uses--;
          done = true;
          place.usedAt = clock.now();
        };
      },
      leave: () => void places.delete(place),
    };
  };
  const watch = setInterval(() => {
    const long = idlers().filter(({ usedAt }) => clock.now() - usedAt >= idle);
    for (const place of long) void leave(place).catch(() => undefined);
  }, every);
  watch.unref();
  return {
    admit: (guest) => {
      const turn = arrivals.then(() => makeRoom(guest)).then(() => settle(guest));
      arrivals = turn.catch(() => undefined);
      return turn;
    },
    list: () =>
      [...places]
        .sort((a, b) => a.since - b.since)
        .map(({ model, bytes, since, usedAt, uses }) => ({ model, bytes, since, usedAt, busy: uses > 0 })),
    room,
    [Symbol.dispose]: () => clearInterval(watch),
  };
}

/** `other`: what fits instead; a person is told of it by name and need. */
function tooLarge(model: string, bytes: number, room: number, other?: Pick<Guest, 'model' | 'bytes'>): Error {
  const [need, have] = [bytes, Math.max(0, room)].map((size) => (size / 2 ** 30).toFixed(2));
  const fault = engineFault('out-of-memory', model, {
    en: `${need} GiB are needed, ${have} GiB can be had`,
    zh: `需要 ${need} GiB，只有 ${have} GiB 可用`,
  });
  if (!other) return fault;
  const mib = Math.ceil(other.bytes / 2 ** 20);
  return new OsError({
    ...{ kind: fault.kind, code: fault.code, message: fault.message },
    hint: `The largest model at hand that can do the same and fits is '${other.model}' (about ${mib} MiB). ${fault.hint}`,
    zh: {
      message: fault.zh!.message,
      hint: `现有模型中用途相同而装得下的，最大的是“${other.model}”（约需 ${mib} MiB）。${fault.zh!.hint}`,
    },
    details: { ...fault.details, instead: other.model, bytes: other.bytes },
  });
}
