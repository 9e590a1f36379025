/**
 * What left this machine. Nothing does unless the artist names an address; then every request is noted on the ledger before it
 * is sent, so that the list is whole whatever becomes of the request.
 */
import type { Bilingual, Ledger, Storage } from '../kernel/index.ts';

/** One request that left this machine. */
export interface Sent {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly host: string;
  /** Of address and body, without what the network adds. */
  readonly bytes: number;
  readonly purpose: Bilingual;
}

const SENT = 'sent';

/** The only reason there is today. */
const PURPOSE: Bilingual = { en: 'fetched to learn from, from an address that was named', zh: '按指定的地址取来学习' };

/** A `fetch` that notes every request first. */
export function notedFetch(fetch: typeof globalThis.fetch, storage: Pick<Storage, 'commit'>): typeof globalThis.fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const facts = { host: new URL(url).host, bytes: url.length + sizeOf(init?.body) };
    await storage.commit({ ledger: [{ actor: 'system', act: SENT, facts }] });
    return fetch(input, init);
  };
}

/** Lists what left, newest first; each call reads only what the ledger has got since the last. */
export function createEgressList(ledger: Ledger): () => Promise<readonly Sent[]> {
  let known: readonly Sent[] = [];
  let after = 0;
  return async () => {
    for (;;) {
      const entries = await ledger.list({ after, limit: AT_ONCE });
      const sent = entries.filter(({ act, actor }) => act === SENT && actor === 'system');
      known = [
        ...sent
          .map(({ at, facts }) => ({ at, ...(facts as { host: string; bytes: number }), purpose: PURPOSE }))
          .reverse(),
        ...known,
      ];
      after = entries.at(-1)?.seq ?? after;
      if (entries.length < AT_ONCE) return known;
    }
  };
}

const AT_ONCE = 5000;

function sizeOf(body: unknown): number {
  if (typeof body === 'string') return Buffer.byteLength(body);
  return body instanceof Uint8Array || body instanceof ArrayBuffer ? body.byteLength : 0;
}
