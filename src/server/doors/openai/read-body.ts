/** Bodies of requests, parsed by a schema; what does not fit is told with the name of the parameter. */
import type { Context } from 'hono';
import type { z } from 'zod';
import { OsError } from '../../../core/index.ts';
import { badParam } from './failure.ts';

/** The JSON body of a request. Throws `server/bad-body`, `server/bad-parameter`. */
export async function readBody<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.output<Schema>> {
  let value: unknown;
  try {
    value = await c.req.json();
  } catch (cause) {
    throw badBody(cause);
  }
  return parseBody(schema, value);
}

/** As `readBody`, of a value that was read already. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue!.path.join('.') || 'body';
  throw badParam(
    param,
    { en: `'${param}' does not fit: ${issue!.message}.`, zh: `参数“${param}”不合适：${issue!.message}。` },
    { en: 'Change it and send the request again.', zh: '请修改后重新发送。' },
  );
}

function badBody(cause: unknown): OsError {
  return new OsError({
    kind: 'input',
    code: 'server/bad-body',
    message: 'The body of the request is not JSON.',
    hint: 'Send one JSON object in UTF-8, with content-type: application/json.',
    zh: {
      message: '请求正文不是 JSON。',
      hint: '请发送一个 UTF-8 编码的 JSON 对象，并注明 content-type: application/json。',
    },
    cause,
  });
}
