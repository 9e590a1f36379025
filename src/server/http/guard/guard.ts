/**
 * The door of the server: every request passes here first, whatever it asks for.
 *
 *   Host ours? ─▶ Origin ours or absent? ─▶ not sent by another site? ─▶ not too many? ─▶ key where one is needed ─▶ route
 *
 * A program on this machine may use the doors for programs (`open` paths) without a key: it could read the key anyway. What a
 * browser sends is never taken for a program: browsers say `Origin`, `Sec-Fetch-Site` or a cookie.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { answerError } from '../answer-error.ts';
import { DATA_POLICY, SAFETY_HEADERS } from './headers.ts';
import { type Credentials, createKeyCheck, type Proof, type Seal } from './keys.ts';
import { type Address, createHostCheck, createOriginCheck, isLoopback, isLoopbackPeer } from './own-address.ts';
import { createBuckets, type Rate } from './rate.ts';
import { foreignOrigin, noKey, tooFast, wrongHost } from './refusals.ts';

/** How the door is kept. */
export interface GuardOptions extends Seal {
  readonly address: Address;
  /** Whether the doors for programs want the key, too. */
  readonly requireKey: boolean;
  /** Milliseconds; for the rates. */
  readonly now: () => number;
  /** Default: `RATES`. */
  readonly rates?: Rates | undefined;
}

/** How much each kind of client may ask. */
export interface Rates {
  readonly known: Rate;
  readonly unknown: Rate;
  /** Wrong keys. */
  readonly wrongKeys: Rate;
}

export const RATES: Rates = {
  known: { burst: 6000, perSecond: 1000 },
  unknown: { burst: 1000, perSecond: 100 },
  wrongKeys: { burst: 20, perSecond: 1 },
};

/** What the guard found out, for the routes behind it. */
export interface Guarded {
  readonly proof: Proof;
}

/** The socket behind a request; absent in tests without one. */
export interface Socketed {
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined; destroy?(): unknown } };
}

/** What a path asks of its visitor: the key; the key unless it is a program of this machine; nothing. */
export type Need = 'key' | 'program' | 'nothing';

export type GuardEnv = { Bindings: Socketed; Variables: { guarded: Guarded } };

/** Creates the middleware; `needOf` says what a path needs. */
export function createGuard(options: GuardOptions, needOf: (path: string) => Need): MiddlewareHandler<GuardEnv> {
  const { address, key, now, rates = RATES } = options;
  const isOwnHost = createHostCheck(address);
  const isOwnOrigin = createOriginCheck(address);
  const { check } = createKeyCheck(key, address.port);
  const known = createBuckets(rates.known, now);
  const unknown = createBuckets(rates.unknown, now);
  const wrongKeys = createBuckets(rates.wrongKeys, now);
  const requireKey = options.requireKey || !isLoopback(address.host);
  const judge = (c: Context<GuardEnv>): Response | undefined => {
    if (!isOwnHost(c.req.header('host'))) return answerError(c, wrongHost());
    const origin = c.req.header('origin');
    if (origin !== undefined && !isOwnOrigin(origin)) return answerError(c, foreignOrigin());
    if (isFromElsewhere(c)) return answerError(c, foreignOrigin());
    const peer = c.env?.incoming?.socket.remoteAddress;
    const given = credentialsOf(c);
    const proof = check(given);
    const wait = proof === undefined ? unknown(peer ?? '') : known(`${peer} ${proof}`);
    if (wait > 0) return answerLater(c, wait);
    c.set('guarded', { proof });
    const need = needOf(c.req.path);
    if (proof !== undefined || need === 'nothing') return undefined;
    const wrong = given.authorization !== undefined && need === 'key' ? wrongKeys(peer ?? '') : 0;
    if (wrong > 0) return answerLater(c, wrong);
    return need === 'program' && !requireKey && isLoopbackPeer(peer) && isProgram(c)
      ? undefined
      : answerError(c, noKey());
  };
  return async (c, next) => {
    const refusal = judge(c);
    if (refusal === undefined) await next();
    else c.res = refusal;
    protect(c);
  };
}

/** Adds what every answer carries, whoever made it; a page brings a policy of its own. */
function protect(c: Context): void {
  const { headers } = c.res;
  for (const [name, value] of Object.entries(SAFETY_HEADERS)) headers.set(name, value);
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', DATA_POLICY);
}

/** A browser tells where a request comes from; a link with a ticket may be clicked anywhere, for it holds a secret. */
function isFromElsewhere(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  return !(c.req.method === 'GET' && c.req.path === '/' && c.req.query('ticket') !== undefined);
}

function credentialsOf(c: Context): Credentials {
  return { authorization: c.req.header('authorization'), cookie: c.req.header('cookie') };
}

/** What browsers say and what proxies add. */
const NOT_OF_PROGRAMS = ['origin', 'cookie', 'sec-fetch-site', 'forwarded', 'x-forwarded-for'];

function isProgram(c: Context): boolean {
  return NOT_OF_PROGRAMS.every((name) => c.req.header(name) === undefined);
}

function answerLater(c: Context, seconds: number): Response {
  c.header('retry-after', String(Math.ceil(seconds)));
  return answerError(c, tooFast());
}
