/** How anything that goes wrong is answered: `{ error: { kind, code, message, hint, zh? } }` with the status of its kind. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type ErrorKind, type OsError, toOsError } from '../../core/index.ts';
import { wireError } from '../wire-error.ts';

/** Status by kind. */
export const STATUS: Readonly<Record<ErrorKind, number>> = {
  input: 400,
  denied: 403,
  missing: 404,
  conflict: 409,
  cancelled: 499,
  bug: 500,
  unavailable: 503,
  exhausted: 507,
};

/** Codes that HTTP has a closer status for. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  'http/no-key': 401,
  'http/wrong-method': 405,
  'http/too-slow': 408,
  'http/too-large': 413,
  'kernel/file-too-large': 413,
  'http/wrong-type': 415,
  'http/too-fast': 429,
};

/** The status of an error. */
export function statusOf({ kind, code }: OsError): ContentfulStatusCode {
  return (STATUS_OF_CODE[code] ?? STATUS[kind]) as ContentfulStatusCode;
}

/** The answer to what was thrown. Bugs do not tell strangers of paths on this machine. */
export function answerError(c: Context, thrown: unknown): Response {
  const error = toOsError(thrown);
  c.header('cache-control', 'no-store');
  if (error.code === 'http/no-key') c.header('www-authenticate', 'Bearer realm="LLMAgentOS"');
  return c.json({ error: wireError(error) }, statusOf(error));
}
