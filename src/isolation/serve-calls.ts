/**
 * The engine's side: answers calls one after another or at once, as its handlers please. It ends when we do.
 *
 *   serveCalls({ load: async ({ file }) => …, reply: async (input, { signal, event }) => … })
 */
import type { FromEngine, ToEngine, WireFault } from './messages.ts';

/** What a handler may use. */
export interface CallContext {
  /** Aborted when the caller gives up. */
  readonly signal: AbortSignal;
  /** Tells the caller something before the answer. */
  event(event: unknown): void;
}

export type Handlers = Readonly<Record<string, (input: never, context: CallContext) => unknown>>;

/** A fault of an engine, by its kind in src/kernel/engine-faults.ts; throw it from a handler. */
export class HandlerFault extends Error {
  readonly kind: string;
  readonly zh: string | undefined;

  constructor(kind: string, message: string, zh?: string) {
    super(message);
    this.kind = kind;
    this.zh = zh;
  }
}

/** How often memory is told. */
const MEMORY_MS = 1000;

/** Serves calls that come over the channel of this process, until it is closed. */
export function serveCalls(handlers: Handlers): void {
  const running = new Map<number, AbortController>();
  const tell = (message: FromEngine): void => void process.send?.(message);
  process.on('message', (message: ToEngine) => {
    if (message.say === 'cancel') running.get(message.id)?.abort();
    else void answer(message, handlers, running, tell);
  });
  // Whoever started us is gone: nobody waits for answers any more.
  process.on('disconnect', () => process.exit(0));
  setInterval(() => tell({ say: 'memory', bytes: process.memoryUsage.rss() }), MEMORY_MS).unref();
}

async function answer(
  { id, method, input }: Extract<ToEngine, { say: 'call' }>,
  handlers: Handlers,
  running: Map<number, AbortController>,
  tell: (message: FromEngine) => void,
): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const handler = handlers[method];
    if (!handler) throw new Error(`no method '${method}'`);
    const context = { signal: controller.signal, event: (event: unknown) => tell({ say: 'event', id, event }) };
    tell({ say: 'done', id, output: await handler(input as never, context) });
  } catch (error) {
    tell({ say: 'failed', id, fault: faultOf(error) });
  } finally {
    running.delete(id);
  }
}

function faultOf(error: unknown): WireFault {
  if (error instanceof HandlerFault) {
    return { kind: error.kind, message: error.message, ...(error.zh !== undefined && { zh: error.zh }) };
  }
  return { message: error instanceof Error ? error.message : String(error) };
}
