/** JSON over the line, checked by a schema; bytes over the line. */
import type { z } from 'zod';
import { engineFault } from '../../../kernel/index.ts';
import { type Expected, type Line, TEXT } from './create-line.ts';
import { tryAgain } from './try-again.ts';

export interface Ask {
  /** Sent as JSON by POST; absent: GET. */
  readonly body?: unknown;
  /** A form, sent by POST. */
  readonly form?: FormData;
  readonly signal?: AbortSignal | undefined;
  /** What it begins must not be begun twice. */
  readonly once?: boolean;
  readonly expected?: Expected;
  /** The key is `name:password`. */
  readonly basic?: boolean;
}

/** Asks for JSON. Throws faults of the engine; `engine/wrong-answer` where it is not what the schema says. */
export async function fetchJson<T>(line: Line, url: string, schema: z.ZodType<T>, ask: Ask = {}): Promise<T> {
  const text = await (await fetchOver(line, url, ask)).text();
  const value = parse(line.name, text);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [{ path, message } = { path: [], message: '' }] = result.error.issues;
  throw engineFault('wrong-answer', line.name, `${path.join('.') || 'JSON'}: ${message}`, result.error);
}

/** Asks for bytes. */
export async function fetchBytes(line: Line, url: string, ask: Ask): Promise<Uint8Array> {
  return new Uint8Array(await (await fetchOver(line, url, ask)).arrayBuffer());
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw engineFault('wrong-answer', name, { en: 'it is no JSON', zh: '不是 JSON' }, cause);
  }
}

/** The body is read within the try, so that a broken one is asked for again. */
async function fetchOver(
  line: Line,
  url: string,
  { body, form, signal, once, expected, basic }: Ask,
): Promise<Response> {
  const { key } = line;
  const task = async (): Promise<Response> => {
    const secret = await key();
    const response = await line.fetch(expected ?? TEXT)(url, {
      headers: {
        ...(secret !== undefined && { authorization: basic ? `Basic ${btoa(secret)}` : `Bearer ${secret}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      ...(form !== undefined && { method: 'POST', body: form }),
      ...(signal && { signal }),
    });
    return new Response(await response.arrayBuffer(), { headers: response.headers });
  };
  return tryAgain(line, task, { signal, once });
}
