import type { Context } from 'hono';

/** Aborted when the client of a request goes away, with the reason that the rest of the house takes for giving up. */
export function hangUpSignal(c: Context): AbortSignal {
  const gone = new AbortController();
  const { signal } = c.req.raw;
  if (signal.aborted) gone.abort();
  signal.addEventListener('abort', () => gone.abort(), { once: true });
  return gone.signal;
}
