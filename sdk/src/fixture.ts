/** For tests: a system in the same process that answers `fetch` from a script, and works to answer with. */
import type { Job, SystemEvent, WorkPage } from './api/index.ts';
import type { WireError } from './protocol/index.ts';

/** A request as it came in. */
export interface Asked {
  /** `POST /api/create`. */
  readonly line: string;
  readonly json: unknown;
  readonly headers: Headers;
}

/** A stand-in for the network, and what went over it. */
export interface ScriptedSystem {
  readonly fetch: typeof globalThis.fetch;
  readonly asked: readonly Asked[];
}

/** What is answered: JSON, a response, or an error as it travels. */
export type Scripted = object | Response | { readonly error: WireError };

/** `react` answers each request; what it throws is a network that failed. */
export function scriptSystem(react: (asked: Asked) => Scripted | Promise<Scripted>): ScriptedSystem {
  const asked: Asked[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const { pathname, search } = new URL(String(url), 'http://system');
    const json = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const one = { line: `${init.method} ${pathname}${search}`, json, headers: new Headers(init.headers) };
    asked.push(one);
    const given = await react(one);
    if (given instanceof Response) return given;
    return Response.json(given, { status: 'error' in given ? 400 : 200 });
  };
  return { fetch: fetch as typeof globalThis.fetch, asked };
}

/** A job that was handed in. */
export function queuedJob(change: Partial<Job> = {}): Job {
  return {
    id: 'j1',
    op: 'create',
    title: { en: 'm', zh: 'm' },
    state: 'queued',
    inputs: [],
    options: {},
    seed: 7,
    createdAt: '2026-01-01T00:00:00.000Z',
    works: [],
    ...change,
  };
}

/** Events as a stream; it ends after them. */
export function eventStream(events: readonly SystemEvent[]): Response {
  const text = events.map((event, i) => `id: ${i + 1}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  return new Response(text.join(''), { headers: { 'content-type': 'text/event-stream' } });
}

/** A work of the medium `verse`, with all that is known of it. */
export function verseWork(change: Partial<WorkPage> = {}): WorkPage {
  return {
    id: '0123456789abcdef',
    medium: 'verse',
    title: '夜望',
    text: '一二三四五，六七八九十。',
    lines: ['一二三四五', '六七八九十'],
    form: '五绝',
    rhymeBook: '平水韵',
    seed: 7,
    model: { name: 'verse-zh', digest: 'd', engine: 'e' },
    op: 'verse/compose',
    parents: [],
    content: 'c',
    createdAt: '2026-01-01T00:00:00.000Z',
    mime: 'application/json',
    size: 1,
    marks: { starred: false, boards: [], trashed: false },
    options: {},
    version: 1,
    measures: [],
    formats: [],
    acts: [],
    next: [],
    ...change,
  };
}
