/** Waiting with an end: a server that does not answer is given up, and its request is stopped. */
import type { DriverSurroundings } from '../../../kernel/index.ts';

type Sleep = DriverSurroundings['sleep'];

/** The work, or what `late` throws when it takes longer than so many milliseconds. */
export async function within<T>(sleep: Sleep, ms: number, work: Promise<T>, late: () => Error): Promise<T> {
  const bell = new AbortController();
  const ringing = sleep(ms, bell.signal).then(() => {
    throw late();
  });
  ringing.catch(() => undefined);
  try {
    return await Promise.race([work, ringing]);
  } finally {
    bell.abort();
    work.catch(() => undefined);
  }
}
