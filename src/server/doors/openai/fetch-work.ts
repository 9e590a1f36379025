import type { Context } from 'hono';
import type { Os } from '../../../host/index.ts';

/** `GET /v1/images/{id}.{format}` and `/v1/audio/{id}.{format}`: what a `url` or a link in an answer names. Throws `host/no-format`. */
export async function fetchWork(os: Os, c: Context): Promise<Response> {
  const [id = '', format = ''] = (c.req.param('file') ?? '').split('.');
  const { bytes, mime } = await os.export(id, format);
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': mime,
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
  });
}
