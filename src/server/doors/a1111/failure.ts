/** Errors as AUTOMATIC1111's web UI answers them. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { type ErrorKind, OsError, toOsError } from '../../../core/index.ts';

const STATUS: Readonly<Record<ErrorKind, number>> = {
  input: 422,
  denied: 403,
  missing: 404,
  conflict: 409,
  cancelled: 499,
  bug: 500,
  unavailable: 503,
  exhausted: 507,
};

/** `{ error, detail, body, errors }`; clients show `detail` or `errors`. */
export function answerFailure(c: Context, thrown: unknown): Response {
  const { kind, code, message, hint, zh } = toOsError(thrown);
  const said = `${message} ${hint}`;
  const inChinese = zh === undefined ? {} : { zh: `${zh.message}${zh.hint}` };
  return c.json(
    { error: code, detail: said, body: '', errors: said, ...inChinese },
    STATUS[kind] as ContentfulStatusCode,
  );
}

/** The JSON body of a request. Throws `server/bad-body`, `server/bad-parameter`. */
export async function readBody<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.output<Schema>> {
  const value = await c.req.json().catch((cause: unknown) => {
    throw new OsError({
      kind: 'input',
      code: 'server/bad-body',
      message: 'The body of the request is not JSON.',
      hint: 'Send one JSON object in UTF-8.',
      zh: { message: '请求正文不是 JSON。', hint: '请发送一个 UTF-8 编码的 JSON 对象。' },
      cause,
    });
  });
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue!.path.join('.') || 'body';
  throw badParam(param, issue!.message);
}

/** Throws `server/bad-parameter` is what this makes. */
export function badParam(param: string, why: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'server/bad-parameter',
    message: `'${param}' does not fit: ${why}.`,
    hint: 'Change it and send the request again.',
    zh: { message: `参数“${param}”不合适：${why}。`, hint: '请修改后重新发送。' },
    details: { param },
  });
}

/** Bytes of a picture in base64, with or without `data:image/png;base64,` before it. Throws `server/bad-parameter`. */
export function bytesOf(base64: string, param: string): Uint8Array {
  const bare = base64.replace(/^data:[^,]{0,100},/, '');
  if (bare === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(bare.replace(/\s/g, ''))) throw badParam(param, 'no base64');
  return new Uint8Array(Buffer.from(bare, 'base64'));
}
