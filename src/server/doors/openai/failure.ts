/** Errors as OpenAI's clients know them: `{ error: { message, type, param, code } }` with the status of their kind. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type ErrorKind, OsError, toOsError } from '../../../core/index.ts';

/** What a client gets; `zh` is ours. */
export interface Failure {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
    readonly zh?: string;
  };
}

const KINDS: Readonly<Record<ErrorKind, readonly [status: number, type: string]>> = {
  input: [400, 'invalid_request_error'],
  denied: [403, 'permission_error'],
  missing: [404, 'invalid_request_error'],
  conflict: [409, 'invalid_request_error'],
  cancelled: [499, 'request_cancelled'],
  bug: [500, 'server_error'],
  unavailable: [503, 'server_error'],
  exhausted: [507, 'server_error'],
};

/** Anything thrown, in that shape. */
export function failureOf(thrown: unknown): Failure {
  const { kind, code, message, hint, zh, details } = toOsError(thrown);
  const param = typeof details.param === 'string' ? details.param : null;
  const inChinese = zh === undefined ? {} : { zh: `${zh.message}${zh.hint}` };
  return {
    error: { message: `${message} ${hint}`, type: KINDS[kind][1], param, code: publicCode(code), ...inChinese },
  };
}

/** The answer to a request that failed. Clients are told not to try again what cannot succeed. */
export function answerFailure(c: Context, thrown: unknown): Response {
  const [status] = KINDS[toOsError(thrown).kind];
  if (status >= 500) c.header('x-should-retry', 'false');
  return c.json(failureOf(thrown), status as ContentfulStatusCode);
}

/** Clients look for this one word. */
const publicCode = (code: string): string => (code === 'server/no-such-model' ? 'model_not_found' : code);

/** A wish that cannot be met, with the parameter that it is about. */
export function badParam(
  param: string,
  { en, zh }: { readonly en: string; readonly zh: string },
  hint: { readonly en: string; readonly zh: string },
): OsError {
  return new OsError({
    kind: 'input',
    code: 'server/bad-parameter',
    message: en,
    hint: hint.en,
    zh: { message: zh, hint: hint.zh },
    details: { param },
  });
}

/** No model answers under this name. */
export function noSuchModel(name: string, known: readonly string[]): OsError {
  return new OsError({
    kind: 'missing',
    code: 'server/no-such-model',
    message: `The model '${name}' does not exist here, or cannot do this.`,
    hint: `Models that can: ${known.join(', ')}.`,
    zh: { message: `此处没有名为“${name}”的模型，或它不能做这件事。`, hint: `可用的模型：${known.join('、')}。` },
    details: { param: 'model' },
  });
}
