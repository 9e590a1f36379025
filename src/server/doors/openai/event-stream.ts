/** Answers that come in pieces, as server-sent events; whoever hangs up cancels the work. */
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Progress } from '../../../kernel/index.ts';
import type { Listener } from '../run-job.ts';
import { failureOf } from './failure.ts';

/** One stream to one client. */
export interface EventStream extends Listener {
  /** Sends an object; `event` names it where the protocol names its events. */
  send(data: object, event?: string): void;
}

/** Streams what `body` sends. What it throws is sent as an error object; `end` is sent last of all. */
export function streamEvents(
  c: Context,
  body: (stream: EventStream) => Promise<void>,
  options: { readonly end?: string; readonly failure?: (thrown: unknown) => { data: object; event?: string } } = {},
): Response {
  const gone = new AbortController();
  return streamSSE(c, async (sse) => {
    sse.onAbort(() => gone.abort());
    // Writes keep their order; a client that has gone takes nothing more.
    let last: Promise<unknown> = Promise.resolve();
    const queue = (write: () => Promise<unknown>): void => {
      last = last.then(() => (gone.signal.aborted ? undefined : write()));
    };
    const send = (data: object, event?: string): void =>
      queue(() => sse.writeSSE({ data: JSON.stringify(data), ...(event !== undefined && { event }) }));
    const onProgress = ({ done, total, note }: Progress): void =>
      queue(() => sse.write(`: ${note?.en ?? 'working'} ${done}${total === undefined ? '' : `/${total}`}\n\n`));
    try {
      await body({ signal: gone.signal, send, onProgress });
    } catch (thrown) {
      const { data, event } = options.failure?.(thrown) ?? { data: failureOf(thrown) };
      send(data, event);
    }
    const { end } = options;
    if (end !== undefined) queue(() => sse.writeSSE({ data: end }));
    await last;
  });
}

/** Turns texts that grow into what was added; one for each choice. */
export function createDeltas(): (choice: number, text: string) => string {
  const told = new Map<number, string>();
  return (choice, text) => {
    const before = told.get(choice) ?? '';
    if (!text.startsWith(before)) return '';
    told.set(choice, text);
    return text.slice(before.length);
  };
}
