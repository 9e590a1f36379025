/**
 * A token bucket for every client: a request takes one token, tokens come back at a steady rate up to the burst. Generous
 * enough for a gallery of thumbnails; a page gone wild, or somebody who tries keys, runs dry.
 */

/** How much a client may ask. */
export interface Rate {
  /** Requests at once. */
  readonly burst: number;
  /** Requests a second after that. */
  readonly perSecond: number;
}

/** Takes a token of a client: 0 when there was one, else the seconds until there will be. */
export type Bucket = (client: string) => number;

const MOST_CLIENTS = 10_000;

/** Creates buckets over a clock in milliseconds. Clients whose bucket is full again are forgotten. */
export function createBuckets({ burst, perSecond }: Rate, now: () => number): Bucket {
  const clients = new Map<string, { tokens: number; at: number }>();
  const refill = (client: string): { tokens: number; at: number } => {
    const at = now();
    const known = clients.get(client) ?? { tokens: burst, at };
    return { tokens: Math.min(burst, known.tokens + ((at - known.at) / 1000) * perSecond), at };
  };
  const sweep = (): void => {
    for (const client of [...clients.keys()]) if (refill(client).tokens >= burst) clients.delete(client);
    for (const client of clients.keys()) if (clients.size > MOST_CLIENTS / 2) clients.delete(client);
  };
  return (client) => {
    const bucket = refill(client);
    const wait = bucket.tokens >= 1 ? 0 : (1 - bucket.tokens) / perSecond;
    if (wait === 0) bucket.tokens -= 1;
    clients.set(client, bucket);
    if (clients.size > MOST_CLIENTS) sweep();
    return wait;
  };
}
