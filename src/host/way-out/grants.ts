/**
 * What the artist granted: which host may be gone to, and what for. Grants lie in `<home>/way-out/grants.json`, readable by the
 * owner only; those that are lent live as long as the process, because an address was named in a command.
 *
 *   add ─▶ grants.json ─▶ find(host, purpose) ─▶ a grant, or nothing may leave
 */
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { OsError } from '../../core/index.ts';
import { type Clock, OUT_PURPOSES, type OutPurpose } from '../../kernel/index.ts';
import { type Destination, isNearName, isNumber, nearnessOf, readAddress } from './address.ts';
import { badAddress } from './refusals.ts';

const GRANT = z.object({
  origin: z.string(),
  purposes: z.array(z.enum(OUT_PURPOSES)).min(1),
  near: z.boolean().default(false),
  until: z.iso.datetime().optional(),
  budget: z.object({ amount: z.number().nonnegative(), currency: z.string() }).optional(),
  at: z.string(),
});

/** The right to go to a host for something. */
export interface Grant {
  /** `https://host[:port]`, `http://…`, or `https://*.host` for all below a name. */
  readonly origin: string;
  readonly purposes: readonly OutPurpose[];
  /** Whether the host may lie on this machine or in the private network. */
  readonly near: boolean;
  /** ISO 8601; absent: until it is taken back. */
  readonly until?: string | undefined;
  /** Most that may be spent there since `at`. */
  readonly budget?: { readonly amount: number; readonly currency: string } | undefined;
  /** ISO 8601: when it was granted. */
  readonly at: string;
}

/** What the artist says of a grant. */
export interface GrantWish {
  /** An address at the host, or a host alone (`api.example.com`: https). */
  readonly address: string;
  readonly purposes: readonly OutPurpose[];
  /** Default: only where the address itself says so (127.0.0.1, 192.168.…, localhost, a name of the house). */
  readonly near?: boolean | undefined;
  readonly until?: string | undefined;
  readonly budget?: Grant['budget'];
}

export interface Grants {
  /** Those that hold now. */
  list(): readonly Grant[];
  /** Grants; what was granted for the same host before keeps its purposes. Throws `way-out/bad-address`. */
  add(wish: GrantWish): Grant;
  /** Takes back a host, or only some purposes of it. Whether there was something to take back. */
  remove(address: string, purposes?: readonly OutPurpose[]): boolean;
  /** Grants for as long as it is not disposed of, in this process alone. */
  lend(wish: GrantWish): Disposable;
  find(destination: Destination, purpose: OutPurpose): Grant | undefined;
}

/** Opens the grants of a file, which need not exist. */
export function createGrants(file: string, clock: Clock): Grants {
  const lent = new Set<Grant>();
  const read = createReader(file);
  const now = (): string => new Date(clock.now()).toISOString();
  const holds = ({ until }: Grant): boolean => until === undefined || until > now();
  const list = (): Grant[] => [...read(), ...lent].filter(holds);
  return {
    list,
    add: (wish) => {
      const kept = read().filter(holds);
      const fresh = grantOf(wish, now());
      const before = kept.find(({ origin }) => origin === fresh.origin);
      const grant = { ...before, ...fresh, purposes: union(before?.purposes ?? [], fresh.purposes) };
      write(file, [...kept.filter((one) => one !== before), grant]);
      return grant;
    },
    remove: (address, purposes = OUT_PURPOSES) => {
      const origin = originOf(address);
      const kept = read();
      if (!kept.some((grant) => grant.origin === origin)) return false;
      const left = kept.map((grant) =>
        grant.origin === origin
          ? { ...grant, purposes: grant.purposes.filter((purpose) => !purposes.includes(purpose)) }
          : grant,
      );
      write(
        file,
        left.filter((grant) => grant.purposes.length > 0),
      );
      return true;
    },
    lend: (wish) => {
      const grant = grantOf(wish, now());
      lent.add(grant);
      return { [Symbol.dispose]: () => void lent.delete(grant) };
    },
    find: ({ origin }, purpose) =>
      list().find((grant) => grant.purposes.includes(purpose) && covers(grant.origin, origin)),
  };
}

function grantOf({ address, purposes, near, until, budget }: GrantWish, at: string): Grant {
  const origin = originOf(address);
  const { hostname } = readAddress(origin.replace('*.', 'any.'));
  const itself = isNumber(hostname) ? nearnessOf(hostname) : isNearName(hostname) ? 'near' : 'far';
  if (itself === 'never') throw badAddress(hostname, { en: 'nobody lives there', zh: '这不是可以访问的地址' });
  return {
    origin,
    purposes: [...purposes],
    near: near ?? itself !== 'far',
    at,
    ...(until === undefined ? {} : { until }),
    ...(budget === undefined ? {} : { budget }),
  };
}

/** The host of an address as grants name it. Throws `way-out/bad-address`. */
export function originOf(address: string): string {
  const [, scheme = 'https://', star = '', rest = ''] = /^([a-z]+:\/\/)?(\*\.)?(.*)$/i.exec(address.trim()) ?? [];
  const { origin } = readAddress(`${scheme}${rest}`);
  if (star === '') return origin;
  if (!rest.includes('.')) throw badAddress(address, { en: 'it covers too much', zh: '范围过大' });
  return origin.replace('://', '://*.');
}

function covers(granted: string, origin: string): boolean {
  if (!granted.includes('://*.')) return granted === origin;
  const [scheme = '', below = ''] = granted.split('://*');
  return origin.startsWith(`${scheme}://`) && origin.endsWith(below);
}

function union(a: readonly OutPurpose[], b: readonly OutPurpose[]): OutPurpose[] {
  return OUT_PURPOSES.filter((purpose) => a.includes(purpose) || b.includes(purpose));
}

/** Reads the file anew only when it has changed. */
function createReader(file: string): () => readonly Grant[] {
  let known: { readonly stamp: string; readonly grants: readonly Grant[] } = { stamp: '', grants: [] };
  return () => {
    const found = statSync(file, { bigint: true, throwIfNoEntry: false });
    const stamp = found ? `${found.ino} ${found.mtimeNs} ${found.size}` : '';
    if (stamp !== known.stamp) known = { stamp, grants: found ? parse(file) : [] };
    return known.grants;
  };
}

function parse(file: string): readonly Grant[] {
  try {
    return z.array(GRANT).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new OsError({
      kind: 'input',
      code: 'way-out/broken-grants',
      message: `The file of grants cannot be read: ${file}.`,
      hint: 'Remove it and grant anew; until then nothing leaves.',
      zh: { message: `无法读取授权文件：${file}。`, hint: '请删除它并重新授权；在此之前不会有任何内容送出。' },
      cause,
    });
  }
}

function write(file: string, grants: readonly Grant[]): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(grants, null, 2)}\n`, { mode: 0o600, flush: true });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
