/**
 * How the artist's own browser and programs are told from all others.
 *
 *   key      the secret in <home>/server.json, which only the artist's account can read; programs send it as Bearer
 *   ticket   in the link that `serve` prints: good once, for this run of the server ─▶ the cookie
 *   cookie   HttpOnly, SameSite=Strict: the browser sends it by itself, scripts cannot read it; it is not the key
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new key: 256 bits, in letters that need no encoding. */
export function createKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares secrets in a time that tells nothing of where they differ, or how long they are. */
export function equalSecrets(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** What the server run is known by: its key, and a word that is new with every start. */
export interface Seal {
  readonly key: string;
  readonly boot: string;
}

/** A fresh ticket: good once, at the server that was started with this seal. Whoever has the key can write one. */
export function writeTicket(seal: Seal): string {
  const nonce = randomBytes(12).toString('base64url');
  return `${nonce}.${signTicket(seal, nonce)}`;
}

/** Takes each ticket once. */
export function createTicketGate(seal: Seal): (ticket: string) => boolean {
  const taken = new Set<string>();
  return (ticket) => {
    const [nonce = '', signature = '', ...more] = ticket.split('.');
    if (more.length > 0 || !equalSecrets(signature, signTicket(seal, nonce)) || taken.has(nonce)) return false;
    taken.add(nonce);
    return true;
  };
}

/** What a request may prove itself with. */
export interface Credentials {
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** The `Cookie` header. */
  readonly cookie: string | undefined;
}

/** Which proof a request brought; undefined where none was right. */
export type Proof = 'key' | 'cookie' | undefined;

/** Checks proofs for the server at a port; cookies of one machine are shared by all its ports, hence the name. */
export function createKeyCheck(key: string, port: number): { check(given: Credentials): Proof; cookie: string } {
  const name = `llmagentos-${port}`;
  const value = createHmac('sha256', key).update('cookie').digest('base64url');
  return {
    cookie: `${name}=${value}; Path=/; Max-Age=${180 * 24 * 3600}; HttpOnly; SameSite=Strict`,
    check: ({ authorization, cookie }) => {
      const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
      if (bearer !== undefined) return equalSecrets(bearer, key) ? 'key' : undefined;
      const crumbs = (cookie ?? '').split(/; */).filter((crumb) => crumb.startsWith(`${name}=`));
      return crumbs.some((crumb) => equalSecrets(crumb.slice(name.length + 1), value)) ? 'cookie' : undefined;
    },
  };
}

function signTicket({ key, boot }: Seal, nonce: string): string {
  return createHmac('sha256', key).update(`ticket ${boot} ${nonce}`).digest('base64url').slice(0, 22);
}
