/**
 * Everything between this house and the world outside: the way out with its grants, its switch and its list; the keys; and what
 * drivers are given of it all.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cancelled, type Json } from '../core/index.ts';
import { attributeStopped, claimPassage, offlineByEnvironment } from '../guard/index.ts';
import {
  type Clock,
  createResidency,
  type DriverSurroundings,
  type Ids,
  jobAtWork,
  type OutPurpose,
  type ResidencyOptions,
  type Storage,
} from '../kernel/index.ts';
import { createKeyRing, type KeyRing } from './keys/index.ts';
import {
  createEgressList,
  createGrants,
  createOfflineSwitch,
  createWayOut,
  type Grant,
  type GrantWish,
  gatherStopped,
  OPEN_PASSAGE,
  originOf,
  type Passage,
  type Sent,
} from './way-out/index.ts';

/** What the artist decides about the way out. */
export interface Outside {
  /** Every request that left this machine and everything that was stopped, newest first. */
  egress(): Promise<readonly Sent[]>;
  /** Who closed the way out; undefined while it is open. */
  offline(): 'environment' | 'switch' | undefined;
  /** Closes or opens it, for every process of this home at once. */
  setOffline(offline: boolean): Promise<void>;
  grants(): readonly Grant[];
  /** Grants a host for something. Throws `way-out/bad-address`. */
  grant(wish: GrantWish): Promise<Grant>;
  /** Takes a grant back, or some of its purposes; whether there was one. */
  revoke(address: string, purposes?: readonly OutPurpose[]): Promise<boolean>;
  /** Grants an address that was named in a command, for as long as this process lives. */
  lend(wish: GrantWish): Disposable;
  readonly keys: KeyRing;
}

export interface OpenOutside extends AsyncDisposable {
  readonly control: Outside;
  readonly surroundings: DriverSurroundings;
}

export interface OutsideParts {
  readonly home: string;
  readonly storage: Pick<Storage, 'commit' | 'ledger'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes the place of the network. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly passage?: Passage | undefined;
  /** The model that fits in place of one that does not. */
  readonly instead?: ResidencyOptions['instead'];
}

let claimed: Passage | undefined;

/** The gap in the guard of this process, for all houses that it opens; without a guard the network as it is. */
function passageOfProcess(): Passage {
  claimed ??= claimPassage() ?? OPEN_PASSAGE;
  return claimed;
}

/** Opens it on a home folder. */
export function openOutside(parts: OutsideParts): OpenOutside {
  const { home, storage, clock, ids, env, fetch, passage, instead } = parts;
  const grants = createGrants(join(home, 'way-out', 'grants.json'), clock);
  const offline = createOfflineSwitch(join(home, 'way-out', 'offline'), offlineByEnvironment(env));
  const list = createEgressList(storage.ledger);
  const keys = createKeyRing(join(home, 'keys.json'), env);
  const residency = createResidency({ available: () => process.availableMemory(), clock, ...(instead && { instead }) });
  const note = async (actor: string, act: string, facts: object): Promise<void> =>
    void (await storage.commit({ ledger: [{ actor, act, facts: plain(facts) }] }));
  const wayOut = createWayOut({
    ...{ grants, offline, list, ids, clock, job: jobAtWork },
    note: (draft) => note(draft.actor, draft.act, draft.facts as object),
    ...(fetch && { transport: fetch }),
    passage: passage ?? passageOfProcess(),
  });
  attributeStopped(() => jobAtWork() && { ...jobAtWork()! });
  const gather = (): Promise<void> =>
    gatherStopped(home, async (all) => {
      const ledger = all.map((facts) => ({ actor: 'system', act: 'stopped', facts: plain(facts) }));
      await storage.commit({ ledger });
    });
  return {
    surroundings: { wayOut, key: async (name) => keys.get(name), residency, sleep: sleepWell },
    control: {
      egress: async () => {
        await gather();
        return list.list();
      },
      offline: offline.closedBy,
      setOffline: async (wish) => {
        offline.set(wish);
        await note('artist', 'offline', { on: wish });
      },
      grants: grants.list,
      grant: async (wish) => {
        const grant = grants.add(wish);
        await note('artist', 'granted', grant);
        return grant;
      },
      revoke: async (address, purposes) => {
        const found = grants.remove(address, purposes);
        if (found) await note('artist', 'revoked', { address: originOf(address), purposes: purposes ?? [] });
        return found;
      },
      lend: grants.lend,
      keys,
    },
    [Symbol.asyncDispose]: async () => {
      residency[Symbol.dispose]();
      await gather().catch(() => undefined);
      await wayOut[Symbol.asyncDispose]();
    },
  };
}

/** Waits; throws `core/cancelled` on the signal. */
async function sleepWell(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, signal ? { signal } : {}).catch((thrown) => {
    throw cancelled(thrown);
  });
}

/** Without what is not known. */
function plain(facts: object): Json {
  return JSON.parse(JSON.stringify(facts)) as Json;
}
