/** Bodies of requests, read within bounds of size and time, before anybody parses them. */
import { OsError } from '../../core/index.ts';

/** The largest JSON body: 1 MiB. */
export const LARGEST_JSON = 2 ** 20;

/** What a body must keep to. */
export interface BodyLimits {
  /** Bytes. */
  readonly most: number;
  /** Milliseconds that may pass without a piece of it. */
  readonly patience?: number;
}

const PATIENCE = 15_000; // ms

/** The pieces of a body as they come. Throws `http/too-large` and `http/too-slow`. */
export async function* readPieces(
  request: Request,
  { most, patience = PATIENCE }: BodyLimits,
): AsyncGenerator<Uint8Array> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > most) throw tooLarge(most);
  if (request.body === null) return;
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await within(patience, reader.read());
      if (done) return;
      size += value.length;
      if (size > most) throw tooLarge(most);
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The JSON of a body; undefined where there is no body. Throws `http/wrong-type`, `http/not-json`, and as `readPieces`. */
export async function readJson(request: Request, limits: BodyLimits = { most: LARGEST_JSON }): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readPieces(request, limits)) pieces.push(piece);
  const type = request.headers.get('content-type');
  // A form of another page can send text/plain without asking; JSON it cannot.
  if (!/^application\/json\s*(;|$)/i.test(type ?? '')) {
    if (pieces.length === 0 && type === null) return undefined;
    throw wrongType();
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces)));
  } catch (cause) {
    throw notJson(cause);
  }
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(tooSlow()), ms);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function tooLarge(most: number): OsError {
  const size = most >= 2 ** 20 ? `${most / 2 ** 20} MiB` : `${most} bytes`;
  return new OsError({
    kind: 'input',
    code: 'http/too-large',
    message: `A request may have ${size} here at most.`,
    hint: 'Send less at once.',
    zh: { message: `此处的请求最多 ${size}。`, hint: '请减少一次发送的内容。' },
  });
}

function tooSlow(): OsError {
  return new OsError({
    kind: 'input',
    code: 'http/too-slow',
    message: 'The request stopped before it was whole.',
    hint: 'Send it again.',
    zh: { message: '请求未传完就停了。', hint: '请重新发送。' },
  });
}

function wrongType(): OsError {
  return new OsError({
    kind: 'input',
    code: 'http/wrong-type',
    message: 'The body of this request must be JSON.',
    hint: 'Send it with `content-type: application/json`.',
    zh: { message: '此请求的内容必须是 JSON。', hint: '请以 `content-type: application/json` 发送。' },
  });
}

function notJson(cause: unknown): OsError {
  return new OsError({
    kind: 'input',
    code: 'http/not-json',
    message: 'The body of the request is not JSON in UTF-8.',
    hint: 'Check it with a JSON formatter.',
    zh: { message: '请求的内容不是 UTF-8 的 JSON。', hint: '请用 JSON 工具检查。' },
    cause,
  });
}
