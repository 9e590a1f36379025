/** What drivers are given of the world, in tests: this machine's own network, waits a hundred times shorter, keys from a table. */
import { setTimeout as wait } from 'node:timers/promises';
import { cancelled } from '../../../core/index.ts';
import {
  createResidency,
  type DriverSurroundings,
  type Errand,
  type OutSocket,
  type Price,
  type WayOut,
} from '../../../kernel/index.ts';

export interface TrialSurroundings extends DriverSurroundings {
  /** Milliseconds that were waited for between tries. */
  readonly waits: readonly number[];
  readonly spent: readonly { readonly errand: Errand; readonly amount: number; readonly currency: string }[];
  readonly errands: readonly Errand[];
  /** Sums that leave was asked for, beforehand. */
  readonly asked: readonly Price[];
}

/** How much shorter waits are. */
const SHORTER = 100;

/** Makes it; `fetch` takes the place of the network. */
export function trialSurroundings(
  keys: Readonly<Record<string, string>> = {},
  fetch: typeof globalThis.fetch = globalThis.fetch,
): TrialSurroundings {
  const waits: number[] = [];
  const spent: { errand: Errand; amount: number; currency: string }[] = [];
  const errands: Errand[] = [];
  const asked: Price[] = [];
  const wayOut: WayOut = {
    fetchFor: (errand) => {
      errands.push(errand);
      return fetch;
    },
    connect: async (url) => connect(url),
    maySpend: async (_url, _errand, cost) => void asked.push(cost),
    spent: async (errand, cost) => void spent.push({ errand, ...cost }),
  };
  return {
    waits,
    spent,
    asked,
    errands,
    wayOut,
    key: async (name) => keys[name],
    residency: createResidency({ available: () => 2 ** 30, clock: { now: () => new Date(0) } as never }),
    sleep: async (ms, signal) => {
      if (ms < 15_000) waits.push(ms);
      await wait(ms / SHORTER, undefined, signal ? { signal } : {}).catch((thrown) => {
        throw cancelled(thrown);
      });
    },
  };
}

async function connect(url: string): Promise<OutSocket> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const queue: (string | Uint8Array | Error | undefined)[] = [];
  let wake: () => void = () => undefined;
  const put = (one: string | Uint8Array | Error | undefined): void => {
    queue.push(one);
    wake();
  };
  socket.onmessage = ({ data }) => put(typeof data === 'string' ? data : new Uint8Array(data as ArrayBuffer));
  socket.onclose = ({ wasClean }) => put(wasClean ? undefined : new TypeError('fetch failed'));
  await new Promise<void>((done, fail) => {
    socket.onopen = () => done();
    socket.onerror = () => fail(new TypeError('fetch failed'));
  });
  return {
    send: (message) => socket.send(message as string),
    close: () => socket.close(),
    messages: async function* () {
      for (;;) {
        while (queue.length > 0) {
          const one = queue.shift();
          if (one === undefined) return;
          if (one instanceof Error) throw one;
          yield one;
        }
        await new Promise<void>((done) => {
          wake = done;
        });
      }
    },
  };
}
