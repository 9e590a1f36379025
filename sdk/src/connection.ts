/**
 * Many requests over one transport.
 *
 *   request(…) ─▶ { id, method, params } ─▶            ─▶ { id, event } ─▶ onEvent
 *   abort      ─▶ { cancel: id }         ─▶   server   ─▶ { id, result } or { id, error } ─▶ the promise settles
 *
 * The transport is opened by the first request. When it ends by itself, everything open fails with its reason, and the
 * next request opens a new one.
 */
import { badAnswerError, cancelledError, closedError, LLMAgentError } from './error.ts';
import type { WireEvent } from './protocol/events.ts';
import {
  type ClientMessage,
  METHODS,
  type Method,
  type Params,
  type Result,
  type ServerMessage,
  serverMessageSchema,
} from './protocol/messages.ts';
import { PROTOCOL } from './protocol/words.ts';
import type { OpenTransport, Transport } from './transport.ts';

/** What a request may bring along. */
export interface RequestExtras {
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: WireEvent) => void) | undefined;
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: LLMAgentError): void;
  event(event: WireEvent): void;
}

/** A connection that opens when it is first needed. */
export class Connection {
  readonly #open: OpenTransport;
  readonly #pending = new Map<number, Pending>();
  #transport: Transport | undefined;
  #lastId = 0;
  #closed = false;

  constructor(open: OpenTransport) {
    this.#open = open;
  }

  /** Asks and waits for the answer. Rejects with the server's error, `core/cancelled`, or what ended the transport. */
  async request<M extends Method>(
    method: M,
    params: Params<M>,
    { signal, onEvent = () => undefined }: RequestExtras = {},
  ): Promise<Result<M>> {
    if (this.#closed) throw closedError();
    if (signal?.aborted) throw cancelledError(signal.reason);
    const transport = this.#connect();
    this.#lastId += 1;
    const id = this.#lastId;
    const cancel = (): void => transport.send({ cancel: id });
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#pending.set(id, { resolve, reject, event: onEvent });
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      transport.hold(true);
      transport.send({ id, method, params } as ClientMessage);
      return parseResult(method, await promise);
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#pending.delete(id);
      transport.hold(this.#pending.size > 0);
    }
  }

  /** Ends the transport; open requests fail with `core/cancelled`. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    const transport = this.#transport;
    this.#transport = undefined;
    this.#failAll(cancelledError());
    await transport?.close();
  }

  #connect(): Transport {
    if (this.#transport !== undefined) return this.#transport;
    const transport = this.#open({
      message: (value) => this.#receive(value),
      closed: (why) => {
        if (this.#transport === transport) this.#transport = undefined;
        if (why !== undefined) this.#failAll(why);
      },
    });
    this.#transport = transport;
    return transport;
  }

  #receive(value: unknown): void {
    const parsed = serverMessageSchema.safeParse(value);
    if (!parsed.success) {
      const id = (value as { id?: unknown } | null)?.id;
      const error = badAnswerError(parsed.error.issues.map((issue) => issue.message).join('; '), parsed.error);
      const pending = typeof id === 'number' ? this.#pending.get(id) : undefined;
      if (pending === undefined) this.#failAll(error);
      else pending.reject(error);
      return;
    }
    this.#dispatch(parsed.data);
  }

  #dispatch(message: ServerMessage): void {
    if ('hello' in message) {
      if (message.hello.protocol !== PROTOCOL) this.#hangUp(message.hello.protocol);
      return;
    }
    const pending = message.id === null ? undefined : this.#pending.get(message.id);
    if ('event' in message) pending?.event(message.event);
    else if ('result' in message) pending?.resolve(message.result);
    else if (message.id === null) this.#failAll(new LLMAgentError(message.error));
    else pending?.reject(new LLMAgentError(message.error));
  }

  #hangUp(protocol: number): void {
    const transport = this.#transport;
    this.#transport = undefined;
    this.#failAll(badAnswerError(`it speaks protocol ${protocol}, not ${PROTOCOL}`));
    void transport?.close();
  }

  #failAll(error: LLMAgentError): void {
    for (const pending of this.#pending.values()) pending.reject(error);
  }
}

function parseResult<M extends Method>(method: M, value: unknown): Result<M> {
  const parsed = METHODS[method].result.safeParse(value);
  if (parsed.success) return parsed.data as Result<M>;
  throw badAnswerError(
    `${method}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
  );
}
