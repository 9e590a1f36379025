/** A connection of messages through the agent that opens all connections. */
import { type Agent, WebSocket } from 'undici';
import { cancelled } from '../../core/index.ts';
import type { OutSocket } from '../../kernel/index.ts';

/** Told once, when the connection is over. */
type Over = (facts: { readonly bytesIn: number; readonly bytesOut: number; readonly failed?: string }) => void;

/** Opens a WebSocket. Throws what kept it from opening, and `core/cancelled`. */
export async function openSocket(
  url: string,
  agent: Agent,
  signal: AbortSignal | undefined,
  over: Over,
): Promise<OutSocket> {
  if (signal?.aborted) throw cancelled(signal.reason);
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { dispatcher: agent });
  socket.binaryType = 'arraybuffer';
  const counts = { bytesIn: 0, bytesOut: 0 };
  const queue: (string | Uint8Array)[] = [];
  let failure: Error | undefined;
  let ended = false;
  let wake = Promise.withResolvers<void>();
  const stir = (): void => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  const opened = Promise.withResolvers<void>();
  opened.promise.catch(() => undefined);
  const stop = (): void => socket.close();
  socket.addEventListener('message', ({ data }) => {
    const message = typeof data === 'string' ? data : new Uint8Array(data as ArrayBuffer);
    counts.bytesIn += sizeOf(message);
    queue.push(message);
    stir();
  });
  socket.addEventListener('open', () => opened.resolve());
  socket.addEventListener('error', (event) => {
    failure = reasonOf(event);
    opened.reject(failure);
  });
  socket.addEventListener('close', ({ wasClean, code }) => {
    signal?.removeEventListener('abort', stop);
    if (!wasClean) failure ??= new Error(`the connection broke (${code})`);
    ended = true;
    opened.reject(failure ?? new Error('it was closed at once'));
    over({ ...counts, ...(failure ? { failed: failure.name } : {}) });
    stir();
  });
  signal?.addEventListener('abort', stop, { once: true });
  await opened.promise.catch((thrown: unknown) => {
    throw signal?.aborted ? cancelled(signal.reason) : thrown;
  });
  async function* messages(): AsyncGenerator<string | Uint8Array> {
    for (;;) {
      const next = queue.shift();
      if (next !== undefined) yield next;
      else if (!ended) await wake.promise;
      else if (signal?.aborted) throw cancelled(signal.reason);
      else if (failure) throw failure;
      else return;
    }
  }
  return {
    send: (message) => {
      counts.bytesOut += sizeOf(message);
      socket.send(message as string);
    },
    messages,
    close: stop,
  };
}

function sizeOf(message: string | Uint8Array): number {
  return typeof message === 'string' ? Buffer.byteLength(message) : message.byteLength;
}

/** Our own refusal, where that was the reason. */
function reasonOf(event: { readonly error?: unknown; readonly message?: string }): Error {
  const error = event.error as (Error & { cause?: unknown }) | undefined;
  if (error?.cause instanceof Error) return error.cause;
  return error ?? new Error(event.message || 'the connection failed');
}
