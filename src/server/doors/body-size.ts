import { OsError } from '../../core/index.ts';

/** Bytes that a request of a program may have, pictures in base64 among them: 64 MiB. */
export const LARGEST_BODY = 64 * 2 ** 20;

/** A request that has more. */
export function bodyTooLarge(): OsError {
  const most = `${LARGEST_BODY / 2 ** 20} MiB`;
  return new OsError({
    kind: 'input',
    code: 'server/body-too-large',
    message: `A request may have ${most} here at most.`,
    hint: 'Send smaller pictures.',
    zh: { message: `此处的请求最多 ${most}。`, hint: '请发送小一些的图片。' },
  });
}
