/**
 * The way out. Everything that leaves passes here, and nowhere else:
 *
 *   errand ─▶ address read ─▶ switch open? ─▶ granted? ─▶ within budget? ─▶ noted ─▶ name asked, number judged ─▶ sent
 *                 └──────────────┴──────────────┴──────────── no: noted as stopped, refused       redirect: from the start
 *
 * Answers are counted and cleaned of the keys that they were asked with.
 */
import { fetch as undiciFetch } from 'undici';
import { OsError } from '../../core/index.ts';
import {
  type Bilingual,
  type Clock,
  type Errand,
  type Ids,
  isWithoutWayOut,
  type LedgerDraft,
  type Price,
  type WayOut,
} from '../../kernel/index.ts';
import { type Destination, readAddress } from './address.ts';
import type { Grants } from './grants.ts';
import { secretsOf, withoutKeys } from './headers.ts';
import type { EgressList } from './list.ts';
import type { OfflineSwitch } from './offline.ts';
import { createPinnedAgent, OPEN_PASSAGE, type Passage } from './pinned.ts';
import { askToSpend, badAddress, budgetSpent, closed, notGranted, wary } from './refusals.ts';
import { openSocket } from './socket.ts';
import { watchAnswer } from './watch-answer.ts';

export interface WayOutParts {
  readonly grants: Grants;
  readonly offline: OfflineSwitch;
  readonly list: EgressList;
  readonly ids: Pick<Ids, 'next'>;
  readonly clock: Clock;
  /** Writes on the ledger. */
  readonly note: (draft: LedgerDraft) => Promise<void>;
  /** The job that is at work; undefined outside of jobs. */
  readonly job?: () => { readonly job: string; readonly op: string } | undefined;
  /** Default: the system's own. */
  readonly passage?: Passage;
  /** Takes the place of the network, in tests. */
  readonly transport?: typeof globalThis.fetch;
}

/** A way out that can be closed for good. */
export interface OpenWayOut extends WayOut, AsyncDisposable {}

const MOST_REDIRECTS = 5;

/** Opens the way out. */
export function createWayOut(parts: WayOutParts): OpenWayOut {
  const agent = createPinnedAgent(parts.passage ?? OPEN_PASSAGE, (destination) => isNear(parts, destination));
  const send =
    parts.transport ??
    ((url: string, init: RequestInit) =>
      undiciFetch(url, { ...init, dispatcher: agent } as never) as unknown as Promise<Response>);
  const latest = new Map<string, { readonly id: string; readonly origin: string }>();
  const admit = async (url: string, errand: Errand, bytes: number): Promise<Admitted> => {
    const destination = await judge(parts, url, errand);
    const id = parts.ids.next();
    const { origin, host } = destination;
    latest.set(keyOf(errand), { id, origin });
    await parts.note(draft('sent', { id, host, origin, bytes: url.length + bytes, ...about(parts, errand) }));
    return { id, destination };
  };
  return {
    fetchFor: (errand) => async (input, init) => {
      const asked = await readRequest(parts, errand, input, init);
      for (let hop = 0; ; hop++) {
        const { id } = await admit(asked.url, errand, asked.body?.byteLength ?? 0);
        const response = await answerOf(parts, id, () => send(asked.url, requestInit(asked)));
        const next = asked.redirect === 'manual' ? undefined : redirectOf(response, asked.url);
        const watched = watchAnswer(response, {
          secrets: secretsOf(asked.headers, asked.url),
          done: (facts) => later(parts, { id, status: response.status, ...facts }),
        });
        if (next === undefined) return watched;
        await watched.body?.cancel();
        if (asked.redirect === 'error' || hop >= MOST_REDIRECTS) throw badAddress(new URL(asked.url).host, ROUND);
        follow(asked, next, response.status);
      }
    },
    connect: async (url, errand, signal) => {
      const { id, destination } = await admit(url, errand, 0);
      return openSocket(
        destination.url,
        agent,
        signal,
        (facts) => void parts.note(draft('answered', { id, ...facts })).catch(() => undefined),
      );
    },
    maySpend: async (url, errand, cost) => {
      const destination = await judge(parts, url, errand);
      await stopping(parts, errand, () => judgeCost(parts, destination, errand, cost));
    },
    spent: async (errand, { amount, currency }) => {
      const { id = '', origin = '' } = latest.get(keyOf(errand)) ?? {};
      await parts.note(draft('spent', { id, origin, amount, currency, ...about(parts, errand) }));
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  };
}

interface Admitted {
  readonly id: string;
  readonly destination: Destination;
}

/** Whether an errand may go there now; what may not is noted. Throws the refusals of the way out. */
async function judge(parts: WayOutParts, url: string, errand: Errand): Promise<Destination> {
  return stopping(parts, errand, async () => {
    const destination = readAddress(url);
    const by = parts.offline.closedBy();
    if (by) throw closed(destination.host, by === 'environment');
    if (isWithoutWayOut()) throw wary(destination.host);
    const grant = parts.grants.find(destination, errand.purpose);
    if (!grant) throw notGranted(destination.origin, errand.purpose);
    const { budget, origin, at } = grant;
    const spent = budget ? await parts.list.spentAt(destination.origin, at, budget.currency) : 0;
    if (budget && spent >= budget.amount) throw budgetSpent(origin, spent, budget);
    return destination;
  });
}

/** Before money is spent there must be a budget for it, and enough of it left. */
async function judgeCost(
  { grants, list }: WayOutParts,
  destination: Destination,
  { purpose }: Errand,
  { amount, currency }: Price,
): Promise<void> {
  const { origin } = destination;
  const { budget, at = '' } = grants.find(destination, purpose) ?? {};
  if (!budget || budget.currency !== currency) throw askToSpend(origin, purpose, { amount, currency });
  const spent = await list.spentAt(origin, at, currency);
  if (spent + amount > budget.amount + 1e-9) throw budgetSpent(origin, spent, budget);
}

/** What is refused is noted as stopped. */
async function stopping<T>(parts: WayOutParts, errand: Errand, judging: () => Promise<T>): Promise<T> {
  try {
    return await judging();
  } catch (thrown) {
    await noteStopped(parts, errand, thrown);
    throw thrown;
  }
}

async function noteStopped(parts: WayOutParts, errand: Errand, thrown: unknown): Promise<void> {
  if (!(thrown instanceof OsError)) return;
  const { host = thrown.details.origin ?? '' } = thrown.details;
  await parts.note(
    draft('stopped', { host: String(host), stopped: thrown.code, via: 'fetch', ...about(parts, errand) }),
  );
}

/** What a request failed with is noted; refusals come through as themselves. */
async function answerOf(parts: WayOutParts, id: string, send: () => Promise<Response>): Promise<Response> {
  try {
    return await send();
  } catch (thrown) {
    const cause = (thrown as Error).cause;
    const refusal = [thrown, cause].find((one) => one instanceof OsError);
    const failed = refusal?.code ?? (cause as NodeJS.ErrnoException)?.code ?? (thrown as Error).name;
    await parts.note(draft('answered', { id, failed }));
    throw refusal ?? thrown;
  }
}

function isNear({ grants, offline }: WayOutParts, destination: Destination): boolean {
  const by = offline.closedBy();
  if (by) throw closed(destination.host, by === 'environment');
  return grants.list().some(({ origin, near }) => near && origin === destination.origin);
}

/** What is known only afterwards; a house that was closed meanwhile does not note it any more. */
function later(parts: WayOutParts, facts: Readonly<Record<string, string | number>>): Promise<void> {
  return parts.note(draft('answered', facts)).catch(() => undefined);
}

/** A request that can be sent again to where it is sent on. */
interface Asked {
  url: string;
  method: string;
  headers: Headers;
  body: ArrayBuffer | undefined;
  readonly redirect: Request['redirect'];
  readonly signal: AbortSignal;
}

async function readRequest(
  parts: WayOutParts,
  errand: Errand,
  input: Parameters<typeof globalThis.fetch>[0],
  init: RequestInit | undefined,
): Promise<Asked> {
  const { url } = await judge(parts, input instanceof Request ? input.url : String(input), errand);
  const streams = init?.body instanceof ReadableStream ? { duplex: 'half' } : {};
  const request = new Request(input instanceof Request ? input : url, { ...init, ...streams } as RequestInit);
  const { method, headers, redirect, signal } = request;
  const body = request.body === null ? undefined : await request.arrayBuffer();
  return { url, method, headers, body, redirect, signal };
}

function requestInit({ method, headers, body, signal }: Asked): RequestInit {
  return { method, headers: [...headers], signal, redirect: 'manual', ...(body === undefined ? {} : { body }) };
}

const REDIRECTS = [301, 302, 303, 307, 308];

const ROUND: Bilingual = {
  en: 'it sends on without end, or where it should not',
  zh: '它不断转向，或转向不该去的地方',
};

function redirectOf(response: Response, from: string): string | undefined {
  const to = response.headers.get('location');
  return to !== null && REDIRECTS.includes(response.status) ? (URL.parse(to, from)?.href ?? to) : undefined;
}

/** Turns a request into the next one (Fetch standard, HTTP-redirect fetch); keys stay with the host that they were meant for. */
function follow(asked: Asked, next: string, status: number): void {
  const elsewhere = URL.parse(next)?.origin !== new URL(asked.url).origin;
  if (elsewhere) asked.headers = withoutKeys(asked.headers);
  if (status === 303 || (status < 303 && asked.method === 'POST')) {
    if (asked.method !== 'HEAD') asked.method = 'GET';
    asked.body = undefined;
    asked.headers.delete('content-type');
  }
  asked.url = next;
}

/** What the list says of an errand. */
function about(
  parts: WayOutParts,
  { purpose, model, carries }: Errand,
): Readonly<Record<string, string | { en: string; zh: string }>> {
  const job = parts.job?.();
  return {
    use: purpose,
    ...(model === undefined ? {} : { model }),
    ...(carries === undefined ? {} : { carries: { ...carries } }),
    ...job,
  };
}

function keyOf({ purpose, model = '' }: Errand): string {
  return `${purpose} ${model}`;
}

function draft(act: string, facts: LedgerDraft['facts']): LedgerDraft {
  return { actor: 'system', act, facts };
}
