/**
 * The line to one server: everything that drivers behind an address send goes through it, and the way out behind it.
 *
 *   request ─▶ key ─▶ way out ─▶ answer in time? ─▶ success? ─▶ expected kind? ─▶ body, guarded
 *                                    └───────────────┴──────────────┴── no: a fault of the engine
 */
import { type DriverSurroundings, type Errand, engineFault, type OutPurpose } from '../../../kernel/index.ts';
import type { RemoteCard } from '../card.ts';
import { faultOf, faultOfStatus } from './fault-of.ts';
import { guardBody } from './guard-body.ts';
import { within } from './patience.ts';

/** What is expected of an answer. */
export interface Expected {
  /** Patterns of content types; an answer that names none passes. */
  readonly kinds: RegExp;
  /** Bytes at most. */
  readonly most: number;
  readonly text: boolean;
}

export const TEXT: Expected = { kinds: /json|event-stream|text\/plain/i, most: 2 ** 25, text: true };
export const PICTURE: Expected = { kinds: /^image\/|octet-stream/i, most: 2 ** 27, text: false };
export const SOUND: Expected = { kinds: /^audio\/|octet-stream/i, most: 2 ** 28, text: false };

export interface Line {
  readonly name: string;
  readonly card: RemoteCard;
  readonly errand: Errand;
  readonly surroundings: DriverSurroundings;
  /** The key that the card names; undefined where it names none. Throws `engine/key-missing`. */
  key(): Promise<string | undefined>;
  /** A `fetch` whose every failure is a fault of the engine. Sends no key of its own accord. */
  fetch(expected?: Expected): typeof globalThis.fetch;
}

/** Opens a line. Throws nothing: what is wrong shows when it is used. */
export function createLine(surroundings: DriverSurroundings, card: RemoteCard, purpose: OutPurpose): Line {
  const { name } = card;
  const errand: Errand = { purpose, model: name, carries: CARRIES[purpose] };
  const key = async (): Promise<string | undefined> => {
    if (card.key === undefined) return undefined;
    const found = await surroundings.key(card.key);
    if (found === undefined) throw engineFault('key-missing', name, card.key);
    return found;
  };
  const send =
    (expected: Expected = TEXT): typeof globalThis.fetch =>
    async (input, init) => {
      const signal = init?.signal ?? undefined;
      const stop = new AbortController();
      const both = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
      const patience = (card.patience ?? 300) * 1000;
      const late = (): Error => {
        stop.abort();
        return engineFault('hangs', name, `${patience / 1000} s`);
      };
      try {
        const said = init?.body ? errand : { ...errand, carries: CARRIES['fetch-model'] };
        const sent = surroundings.wayOut.fetchFor(said)(input, { ...init, signal: both, redirect: 'manual' });
        const response = await within(surroundings.sleep, patience, sent, late);
        const { sleep } = surroundings;
        const longest = (card.longest ?? 3600) * 1000;
        const guard = { name, sleep, patience, longest, signal, stop: () => stop.abort() };
        await refuse(response, { ...guard, keyed: card.key !== undefined });
        checkKind(name, response, expected, guard.stop);
        return guarded(response, { ...guard, ...expected });
      } catch (thrown) {
        throw faultOf(name, thrown, signal);
      }
    };
  return { name, card, errand, surroundings, key, fetch: send };
}

const CARRIES: Readonly<Record<OutPurpose, { readonly en: string; readonly zh: string }>> = {
  chat: { en: 'words: what a model is asked, and what goes with it', zh: '文字：向模型提的问题及所附内容' },
  picture: {
    en: 'words for a picture, and the picture to begin from where there is one',
    zh: '画面的描述，以及作为起点的图（如有）',
  },
  sound: { en: 'words for a sound or a song', zh: '声音或歌曲的描述' },
  'fetch-model': { en: 'nothing but an address', zh: '只有地址' },
  'fetch-text': { en: 'nothing but an address', zh: '只有地址' },
};

interface Guard {
  readonly name: string;
  readonly sleep: DriverSurroundings['sleep'];
  readonly patience: number;
  readonly longest: number;
  readonly signal: AbortSignal | undefined;
  readonly stop: () => void;
}

/** Throws the fault of an answer that is no success. */
async function refuse(response: Response, guard: Guard & { readonly keyed: boolean }): Promise<void> {
  if (response.ok) return;
  const to = response.headers.get('location');
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel().catch(() => undefined);
    guard.stop();
    throw engineFault('wrong-answer', guard.name, {
      en: `it sends us on to ${hostOf(to)}; if that is right, put that address into its card`,
      zh: `它把我们转到 ${hostOf(to)}；如果无误，请把该地址写进卡片`,
    });
  }
  const body = response.body && guardBody(response.body, { ...guard, most: 2 ** 16, text: false });
  const text = await new Response(body).text().catch(() => '');
  const after = afterOf(response.headers);
  throw faultOfStatus(
    guard.name,
    { status: response.status, text, ...(after === undefined ? {} : { after }) },
    guard.keyed,
  );
}

function hostOf(to: string | null): string {
  return to === null ? '?' : (URL.parse(to)?.host ?? to.slice(0, 80));
}

/** Milliseconds of `Retry-After`: seconds or a date (RFC 9110, 10.2.3), or `retry-after-ms`. */
export function afterOf(headers: Headers): number | undefined {
  const exact = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (exact >= 0) return exact;
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  const now = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) || Number.isNaN(now) ? undefined : Math.max(0, date - now);
}

function checkKind(name: string, response: Response, { kinds }: Expected, stop: () => void): void {
  const kind = response.headers.get('content-type');
  if (kind === null || kinds.test(kind)) return;
  stop();
  const short = kind.slice(0, 60);
  throw engineFault('wrong-answer', name, { en: `it sent ${short}`, zh: `它发来的是 ${short}` });
}

/** The answer with a guarded body. */
function guarded(response: Response, limits: Guard & Expected): Response {
  if (!response.body) return response;
  return new Response(guardBody(response.body, limits), { status: response.status, headers: response.headers });
}
