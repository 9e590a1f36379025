/**
 * One client's conversation, whatever carries it: reads messages, runs methods, sends events and answers.
 *
 *   message ─▶ parse ─▶ method(params, { signal, emit }) ─▶ { id, event } … { id, result } or { id, error }
 *
 * Requests run side by side. The end of the conversation cancels what still runs.
 */
import {
  clientMessageSchema,
  type Method,
  type Params,
  PROTOCOL,
  type Request,
  type Result,
  type ServerMessage,
  type WireEvent,
} from '../../sdk/src/protocol/index.ts';
import { OsError, toOsError } from '../core/index.ts';
import { wireError } from './wire-error.ts';

/** What a method is given besides its parameters. */
export interface CallContext {
  readonly signal: AbortSignal;
  emit(event: WireEvent): void;
}

/** What the system answers to each method. */
export type Methods = {
  readonly [M in Method]: (params: Params<M>, context: CallContext) => Promise<Result<M>>;
};

/** A conversation in progress. */
export interface Session {
  /** Takes one message, parsed JSON of any shape. */
  receive(value: unknown): void;
  /** Answers a message that could not even be parsed. */
  refuse(error: OsError): void;
  /** Waits until every answer has been sent. */
  settled(): Promise<void>;
  /** Cancels what still runs and waits until it is over. */
  close(): Promise<void>;
}

/** Begins a conversation with the greeting. */
export function createSession(methods: Methods, version: string, send: (message: ServerMessage) => void): Session {
  const running = new Map<number, AbortController>();
  const calls = new Set<Promise<void>>();
  const call = async (request: Request): Promise<void> => {
    const { id } = request;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const result = await dispatch(methods, request, {
        signal: controller.signal,
        emit: (event) => send({ id, event }),
      });
      send({ id, result });
    } catch (thrown) {
      send({ id, error: wireError(toOsError(thrown)) });
    } finally {
      running.delete(id);
    }
  };
  const refuse = (error: OsError, id: number | null = null): void => send({ id, error: wireError(error) });
  const settled = async (): Promise<void> => {
    while (calls.size > 0) await Promise.all(calls);
  };
  send({ hello: { protocol: PROTOCOL, version } });
  return {
    refuse,
    settled,
    receive: (value) => {
      const parsed = clientMessageSchema.safeParse(value);
      if (!parsed.success) return refuse(badMessage(parsed.error.issues), idOf(value));
      if ('cancel' in parsed.data) return running.get(parsed.data.cancel)?.abort();
      if (running.has(parsed.data.id)) return refuse(idInUse(parsed.data.id), parsed.data.id);
      const promise = call(parsed.data).finally(() => calls.delete(promise));
      calls.add(promise);
    },
    close: () => {
      for (const controller of running.values()) controller.abort();
      return settled();
    },
  };
}

function dispatch(methods: Methods, request: Request, context: CallContext): Promise<Result<Method>> {
  const method = methods[request.method] as (params: unknown, context: CallContext) => Promise<Result<Method>>;
  return method(request.params, context);
}

function idOf(value: unknown): number | null {
  const id = (value as { id?: unknown } | null)?.id;
  return Number.isSafeInteger(id) ? (id as number) : null;
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function badMessage(issues: readonly Issue[]): OsError {
  const why = issues.map(({ path, message }) => `${path.map(String).join('.') || 'message'}: ${message}`).join('; ');
  return new OsError({
    kind: 'input',
    code: 'server/bad-message',
    message: `The message is not one of the protocol's: ${why}.`,
    hint: 'Send { id, method, params } or { cancel }; the schema is in sdk/wire.schema.json.',
    zh: {
      message: `消息不符合协议：${why}。`,
      hint: '请发送 { id, method, params } 或 { cancel }；格式见 sdk/wire.schema.json。',
    },
  });
}

function idInUse(id: number): OsError {
  return new OsError({
    kind: 'conflict',
    code: 'server/id-in-use',
    message: `Request ${id} is still being answered.`,
    hint: 'Give every request an id of its own.',
    zh: { message: `编号为 ${id} 的请求尚未答完。`, hint: '请给每个请求不同的编号。' },
  });
}
