/** Bytes from an address, through a `fetch` that the caller gives: there is no default, so that nothing reaches out unasked. */
import { cancelled, OsError } from '../../core/index.ts';
import { refusal } from '../refusal.ts';

/** The part of `fetch` that is needed. */
export type Fetch = (
  url: string,
  options?: { readonly signal?: AbortSignal },
) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  /** Read piece by piece where there is one. */
  readonly body?: AsyncIterable<Uint8Array> | null;
  arrayBuffer(): Promise<ArrayBuffer>;
}>;

export interface FetchBytesOptions {
  /** Bytes at most; default no limit. */
  readonly most?: number;
  /** Told the bytes that have come. */
  readonly onBytes?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Fetches it all; throws `training/fetch-failed`, and `core/cancelled` when stopped. */
export async function fetchBytes(fetch: Fetch, url: string, options: FetchBytesOptions = {}): Promise<Uint8Array> {
  const { signal } = options;
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (!response.ok) throw fetchFailed(url, `status ${response.status}`);
    return await readBody(response, url, options);
  } catch (thrown) {
    if (signal?.aborted) throw cancelled(signal.reason);
    // What was said already, or refused on the way out, is heard as it is.
    if (thrown instanceof OsError) throw thrown;
    throw fetchFailed(url, reasonOf(thrown), thrown);
  }
}

async function readBody(
  response: Awaited<ReturnType<Fetch>>,
  url: string,
  { most = Number.POSITIVE_INFINITY, onBytes }: FetchBytesOptions,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let done = 0;
  for await (const piece of response.body ?? [new Uint8Array(await response.arrayBuffer())]) {
    pieces.push(piece);
    done += piece.length;
    if (done > most) throw fetchFailed(url, `more than ${most} bytes`);
    onBytes?.(done);
  }
  return Buffer.concat(pieces);
}

/** `fetch failed` says nothing; what is behind it does. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error ? `${thrown.message}: ${thrown.cause.message}` : thrown.message;
}

function fetchFailed(url: string, reason: string, cause?: unknown): Error {
  return refusal(
    'unavailable',
    'training/fetch-failed',
    { en: `Could not fetch ${url}: ${reason}.`, zh: `无法获取 ${url}：${reason}。` },
    {
      en: 'Check the connection and run it again; what was fetched is kept.',
      zh: '请检查网络后重试；已获取的会保留。',
    },
    cause,
  );
}
