/** Closes questions for names: what is asked of a name server tells it what is asked, and can carry words away. */
import dns from 'node:dns';
import { isIP } from 'node:net';
import type { Ground } from './ground.ts';
import { callAs, closedError, EACCES, reseal } from './seal.ts';

/** The class behind all questions. */
export interface NameBindings {
  readonly ChannelWrap: { readonly prototype: object };
}

/** Closes them. */
export function guardNames({ stopped }: Ground, { ChannelWrap }: NameBindings): void {
  reseal(dns, 'lookup', (original) => (...args: unknown[]): unknown => {
    if (isKnown(args[0])) return callAs(original, dns, args);
    stopped('dns', String(args[0]));
    const done = args.at(-1);
    if (typeof done !== 'function') throw new TypeError('a callback is wanted');
    return process.nextTick(done as (error: Error) => void, closedError('the name server'));
  });
  reseal(dns.promises, 'lookup', (original) => async (...args: unknown[]): Promise<unknown> => {
    if (isKnown(args[0])) return callAs(original, dns.promises, args);
    stopped('dns', String(args[0]));
    throw closedError('the name server');
  });
  reseal(dns, 'lookupService', () => (...args: unknown[]): void => {
    stopped('dns', String(args[0]));
    process.nextTick(args.at(-1) as (error: Error) => void, closedError('the name server'));
  });
  reseal(dns.promises, 'lookupService', () => async (address: string): Promise<never> => {
    stopped('dns', address);
    throw closedError('the name server');
  });
  for (const name of Object.getOwnPropertyNames(ChannelWrap.prototype)) {
    if (!name.startsWith('query') && name !== 'getHostByAddr') continue;
    reseal(ChannelWrap.prototype, name, () => (_: never, asked: string): number => {
      stopped('dns', asked);
      return EACCES;
    });
  }
}

/** Numbers and this machine's own name are known without asking. */
function isKnown(hostname: unknown): boolean {
  return !hostname || hostname === 'localhost' || (typeof hostname === 'string' && isIP(hostname) !== 0);
}
