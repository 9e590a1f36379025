/**
 * Who goes on which errand when: so many at once, of the long ones fewer, so that what is quick never waits for what is long.
 * Whoever asked and hung up is answered `core/cancelled` at once; the place is free when the worker has really stopped.
 */
import { cancelled } from '../../core/index.ts';
import { type Errand, type ErrandAnswer, type ErrandRunner, isLong } from '../errand.ts';
import type { GoingErrand } from './long-errands.ts';

/** An errand on its way. */
export interface Going {
  readonly answer: Promise<ErrandAnswer>;
  /** Asks it to stop. */
  cancel(): void;
}

export interface ErrandPlaces {
  readonly all: number;
  /** Of these, for long ones. */
  readonly long: number;
}

interface Waiting {
  readonly errand: Errand;
  readonly signal: AbortSignal | undefined;
  resolve(answer: ErrandAnswer): void;
  reject(thrown: unknown): void;
}

export interface ErrandQueue extends ErrandRunner {
  /** Those that are on their way, the oldest first. */
  going(): readonly GoingErrand[];
  /** Whoever waits or comes is told `core/cancelled` from now on. */
  close(): void;
}

/** Errands in the order in which they came; `start` sends one on its way. */
export function createErrandQueue({ all, long }: ErrandPlaces, start: (errand: Errand) => Going): ErrandQueue {
  const waiting: Waiting[] = [];
  const going = new Set<GoingErrand>();
  let count = 0;
  let closed = false;
  const pump = (): void => {
    while (going.size < all) {
      const full = [...going].filter(({ errand }) => isLong(errand)).length >= long;
      const next = waiting.findIndex(({ errand }) => !full || !isLong(errand));
      if (next < 0) return;
      void go(waiting.splice(next, 1)[0]!);
    }
  };
  const go = async ({ errand, signal, resolve, reject }: Waiting): Promise<void> => {
    const { answer, cancel } = start(errand);
    const one: GoingErrand = { id: `errand-${++count}`, errand, since: Date.now(), cancel };
    going.add(one);
    signal?.addEventListener('abort', cancel, { once: true });
    await answer.then(resolve, reject);
    signal?.removeEventListener('abort', cancel);
    going.delete(one);
    pump();
  };
  return {
    send: (errand, signal) => {
      if (closed || signal?.aborted) return Promise.reject(cancelled());
      const { promise, resolve, reject } = Promise.withResolvers<ErrandAnswer>();
      const one: Waiting = { errand, signal, resolve, reject };
      const giveUp = (): void => {
        const place = waiting.indexOf(one);
        if (place >= 0) waiting.splice(place, 1);
        reject(cancelled());
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      waiting.push(one);
      pump();
      return promise.finally(() => signal?.removeEventListener('abort', giveUp));
    },
    going: () => [...going],
    close: () => {
      closed = true;
      for (const { reject } of waiting.splice(0)) reject(cancelled());
    },
  };
}
