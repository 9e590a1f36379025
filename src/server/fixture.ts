/** For tests: a program that talks to the system by the line protocol, without the lines. */
import type { Method, Params, Result, ServerMessage, WireError, WireEvent } from '../../sdk/src/protocol/index.ts';
import type { Os } from '../host/index.ts';
import { createMethods } from './methods.ts';
import { createSession } from './session.ts';

/** One end of a conversation. Requests reject with the error as it travelled. */
export interface Talk extends AsyncDisposable {
  ask<M extends Method>(
    method: M,
    params: Params<M>,
    extras?: { readonly signal?: AbortSignal; readonly onEvent?: (event: WireEvent) => void },
  ): Promise<Result<M>>;
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: WireError): void;
  onEvent(event: WireEvent): void;
}

/** Begins a conversation; everything goes through JSON, as on a real wire. */
export function talkTo(os: Os): Talk {
  const pending = new Map<number, Pending>();
  const receive = (message: ServerMessage): void => {
    if ('hello' in message || message.id === null) return;
    const one = pending.get(message.id);
    if ('event' in message) one?.onEvent(message.event);
    else if ('error' in message) one?.reject(message.error);
    else one?.resolve(message.result);
  };
  const session = createSession(createMethods(os), '0', (said) =>
    setImmediate(receive, JSON.parse(JSON.stringify(said))),
  );
  return {
    ask: (method, params, { signal, onEvent = () => undefined } = {}) => {
      const id = pending.size + 1;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      pending.set(id, { resolve, reject, onEvent });
      session.receive(JSON.parse(JSON.stringify({ id, method, params })));
      signal?.addEventListener('abort', () => session.receive({ cancel: id }), { once: true });
      return promise as Promise<Result<typeof method>>;
    },
    [Symbol.asyncDispose]: () => session.close(),
  };
}
