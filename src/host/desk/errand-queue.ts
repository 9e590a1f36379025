/**
 * Who goes on which errand when: so many at once, of the long ones fewer, so that what is quick never waits for what is long.
 * Whoever asked and hung up is answered `core/cancelled` at once; the place is free when the worker has really stopped.
 */
import { cancelled } from '../../core/index.ts';
import { type Errand, type ErrandAnswer, type ErrandRunner, isLong } from './errand.ts';

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
  /** Whoever waits or comes is told `core/cancelled` from now on. */
  close(): void;
}

/** Errands in the order in which they came; `start` sends one on its way. */
export function createErrandQueue({ all, long }: ErrandPlaces, start: (errand: Errand) => Going): ErrandQueue {
  const waiting: Waiting[] = [];
  const going = { all: 0, long: 0 };
  let closed = false;
  const pump = (): void => {
    while (going.all < all) {
      const next = waiting.findIndex(({ errand }) => !isLong(errand) || going.long < long);
      if (next < 0) return;
      void go(waiting.splice(next, 1)[0]!);
    }
  };
  const go = async ({ errand, signal, resolve, reject }: Waiting): Promise<void> => {
    going.all++;
    if (isLong(errand)) going.long++;
    const { answer, cancel } = start(errand);
    signal?.addEventListener('abort', cancel, { once: true });
    await answer.then(resolve, reject);
    signal?.removeEventListener('abort', cancel);
    going.all--;
    if (isLong(errand)) going.long--;
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
    close: () => {
      closed = true;
      for (const { reject } of waiting.splice(0)) reject(cancelled());
    },
  };
}
