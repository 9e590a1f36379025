/** One request over `fetch`: the key goes along, whatever fails becomes an `LLMAgentError`. */
import { badAnswerError, cancelledError, LLMAgentError } from '../error.ts';
import type { WireError } from '../protocol/index.ts';

/** Where the system is and how to reach it. */
export interface ClientOptions {
  /** Address of the system, such as `http://127.0.0.1:4870`; default: the page's own origin. */
  readonly baseUrl?: string | undefined;
  /** The key, for programs; a page that the system opened has a cookie instead. */
  readonly key?: string | undefined;
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** One request; `path` begins with a slash. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: RequestInit['body'];
  readonly signal?: AbortSignal | undefined;
}

/** Sends a request and gives its successful response. Rejects with the system's error, `sdk/unreachable`, `core/cancelled`. */
export type Send = (request: Request) => Promise<Response>;

export function createSend({ baseUrl = '', key, fetch = globalThis.fetch }: ClientOptions): Send {
  const base = baseUrl.replace(/\/+$/, '');
  const authorization: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return async ({ method, path, headers = {}, json, body, signal }) => {
    const content = json === undefined ? {} : { 'content-type': 'application/json' };
    const init: RequestInit & { duplex?: 'half' } = {
      method,
      headers: { ...authorization, ...content, ...headers },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: signal ?? null,
    };
    if (json !== undefined) init.body = JSON.stringify(json);
    if (body !== undefined && body !== null) {
      init.body = body;
      // Streams may only be sent one way at a time.
      if (body instanceof ReadableStream) init.duplex = 'half';
    }
    const response = await fetch(`${base}${path}`, init).catch((cause: unknown) => {
      throw signal?.aborted ? cancelledError(cause) : unreachable(base, cause);
    });
    if (response.ok) return response;
    throw await errorOf(response);
  };
}

/** The JSON of a response. Rejects with `sdk/bad-answer` where it is none. */
export async function readJson(response: Response, signal?: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw signal?.aborted ? cancelledError(cause) : badAnswerError('it is not JSON', cause);
  }
}

async function errorOf(response: Response): Promise<LLMAgentError> {
  const text = await response.text().catch(() => '');
  let error: unknown;
  try {
    error = (JSON.parse(text) as { error?: unknown }).error;
  } catch {}
  if (isWireError(error)) return new LLMAgentError(error);
  return badAnswerError(`status ${response.status} without a word of why`);
}

function isWireError(value: unknown): value is WireError {
  const { kind, code, message, hint } = (value ?? {}) as Record<string, unknown>;
  return [kind, code, message, hint].every((fact) => typeof fact === 'string');
}

function unreachable(base: string, cause: unknown): LLMAgentError {
  const where = base === '' ? 'LLMAgentOS' : base;
  return new LLMAgentError(
    {
      kind: 'unavailable',
      code: 'sdk/unreachable',
      message: `${where} does not answer.`,
      hint: 'Start it with `npm start` (or `llmagentos serve`), and try again.',
      zh: { message: `${where} 没有回应。`, hint: '请用 `npm start`（或 `llmagentos serve`）启动后再试。' },
    },
    cause,
  );
}
