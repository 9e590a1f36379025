/**
 * The list of everything that left this machine or was kept from leaving, read from the ledger. A request has up to three
 * lines there: `sent` before it goes, `answered` when its answer has come, `spent` when its cost is known; what was stopped
 * has one, `stopped`.
 */
import type { Json } from '../../core/index.ts';
import type { Bilingual, Ledger, LedgerEntry, OutPurpose } from '../../kernel/index.ts';
import { CARRIES } from './purposes.ts';

/** One request that left this machine, or was stopped on its way. */
export interface Sent {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Host with its port; for what was stopped also a name that was asked for, or a program. */
  readonly host: string;
  /** Of address and body, without what the network adds; 0 for what was stopped. */
  readonly bytes: number;
  /** Of the answer, as far as it was read; absent while it is unknown. */
  readonly bytesIn?: number;
  /** What the content was. */
  readonly purpose: Bilingual;
  /** Absent for what was stopped at a socket. */
  readonly use?: OutPurpose;
  /** HTTP status of the answer. */
  readonly status?: number;
  /** Why no answer came. */
  readonly failed?: string;
  readonly cost?: { readonly amount: number; readonly currency: string };
  readonly job?: string;
  /** Op of the job. */
  readonly op?: string;
  readonly model?: string;
  /** Code of the refusal; absent for what left. */
  readonly stopped?: string;
  /** How it was tried: `fetch`, `tcp`, `dns`, `udp`, `pipe`, `program`, `listen`; only of what was stopped. */
  readonly via?: string;
}

export interface EgressList {
  /** Newest first; each call reads only what the ledger has got since the last. */
  list(): Promise<readonly Sent[]>;
  /** What was spent at a host since a time (ISO 8601). */
  spentAt(origin: string, since: string, currency: string): Promise<number>;
}

type Facts = Readonly<Record<string, Json | undefined>>;

const ACTS = ['sent', 'answered', 'spent', 'stopped'];

/** Opens the list of a ledger. */
export function createEgressList(ledger: Ledger): EgressList {
  const known: Sent[] = [];
  const places = new Map<string, number>();
  const costs: { readonly at: string; readonly facts: Facts }[] = [];
  let after = 0;
  const take = ({ act, at, facts }: LedgerEntry): void => {
    const own = facts as Facts;
    const id = String(own.id ?? '');
    if (act === 'sent') places.set(id, known.push(sentOf(at, own)) - 1);
    else if (act === 'stopped') known.push(sentOf(at, own));
    else if (known[places.get(id) ?? -1]) known[places.get(id)!] = addTo(known[places.get(id)!]!, laterOf(act, own));
    if (act === 'spent') costs.push({ at, facts: own });
  };
  const read = async (): Promise<void> => {
    for (;;) {
      const entries = await ledger.list({ after, limit: AT_ONCE });
      for (const entry of entries) {
        if (entry.seq <= after) continue;
        after = entry.seq;
        if (entry.actor === 'system' && ACTS.includes(entry.act)) take(entry);
      }
      if (entries.length < AT_ONCE) return;
    }
  };
  return {
    list: async () => {
      await read();
      return known.toReversed();
    },
    spentAt: async (origin, since, currency) => {
      await read();
      return costs
        .filter(({ at, facts }) => facts.origin === origin && facts.currency === currency && at >= since)
        .reduce((sum, { facts }) => sum + Number(facts.amount), 0);
    },
  };
}

const AT_ONCE = 5000;

function sentOf(at: string, facts: Facts): Sent {
  const { host, bytes = 0, use = 'fetch-text', carries } = facts;
  const stopped = facts.stopped !== undefined;
  const purpose = (carries ?? (stopped && facts.use === undefined ? UNKNOWN : CARRIES[use as OutPurpose])) as Bilingual;
  const also = Object.fromEntries(
    ['job', 'op', 'model', 'stopped', 'via']
      .filter((name) => facts[name] !== undefined)
      .map((name) => [name, facts[name]]),
  );
  const named = stopped && facts.use === undefined ? {} : { use: use as OutPurpose };
  return { at: String(facts.tried ?? at), host: String(host), bytes: Number(bytes), purpose, ...named, ...also };
}

const UNKNOWN: Bilingual = { en: 'tried past the way out', zh: '试图绕过出口' };

function laterOf(act: string, facts: Facts): Partial<Sent> {
  if (act === 'spent') return { cost: { amount: Number(facts.amount), currency: String(facts.currency) } };
  const { bytesIn, bytesOut, status, failed } = facts;
  return {
    ...(bytesOut === undefined ? {} : { bytes: Number(bytesOut) }),
    ...(bytesIn === undefined ? {} : { bytesIn: Number(bytesIn) }),
    ...(status === undefined ? {} : { status: Number(status) }),
    ...(failed === undefined ? {} : { failed: String(failed) }),
  };
}

/** Several costs of one request add up, and so do messages that went after it. */
function addTo(sent: Sent, later: Partial<Sent>): Sent {
  const cost = sent.cost && later.cost ? { ...later.cost, amount: sent.cost.amount + later.cost.amount } : later.cost;
  return { ...sent, ...later, bytes: sent.bytes + (later.bytes ?? 0), ...(cost && { cost }) };
}
