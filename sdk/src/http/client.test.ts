/** The client against a `fetch` that answers from a script. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROUTES } from '../api/index.ts';
import type { SystemEvent } from './index.ts';
import { createClient, LLMAgentError } from './index.ts';
import { PATHS } from './paths.ts';

interface Asked {
  readonly line: string;
  readonly init: RequestInit;
}

/** A `fetch` that notes what was asked and answers with `answer`. */
function scripted(answer: (asked: Asked, nth: number) => Response | Promise<Response>) {
  const asked: Asked[] = [];
  const fetch = (async (url: string, init: RequestInit) => {
    const one = { line: `${init.method} ${url}`, init };
    asked.push(one);
    return answer(one, asked.length - 1);
  }) as unknown as typeof globalThis.fetch;
  return { asked, fetch };
}

const json = (value: unknown, status = 200): Response => Response.json(value, { status });

/** A stream of events out of its text, in the pieces given. */
const sse = (...pieces: readonly string[]): Response =>
  new Response(new Blob([...pieces]).stream(), { headers: { 'content-type': 'text/event-stream' } });

const sent = (id: number, event: object): string => `id: ${id}\nevent: x\ndata: ${JSON.stringify(event)}\n\n`;

test('[SDK20] the client has every route of the table, with its method and path', () => {
  const lines = Object.entries(PATHS).map(([name, line]) => [name, line.split(' ').slice(0, 2).join(' ')]);
  const routes = Object.entries(ROUTES).map(([name, { method, path }]) => [name, `${method} ${path}`]);
  assert.deepEqual(lines, routes);
  const client = createClient({ baseUrl: 'http://x' });
  for (const name of Object.keys(ROUTES)) assert.equal(typeof client[name as keyof typeof ROUTES], 'function', name);
});

test('[SDK21] names go into the path encoded, queries and bodies where they belong, the key into its header', async () => {
  const { asked, fetch } = scripted(() => json({}));
  const client = createClient({ baseUrl: 'http://127.0.0.1:1/', key: 'k', fetch });
  await client.setModel('a/../b', { enabled: false });
  await client.works({ starred: true, limit: 7, text: '星 空' });
  await client.jobs();
  await client.replay('aa', { signal: AbortSignal.timeout(1e6) });
  assert.deepEqual(
    asked.map(({ line }) => line),
    [
      'PATCH http://127.0.0.1:1/api/models/a%2F..%2Fb',
      'GET http://127.0.0.1:1/api/works?starred=true&limit=7&text=%E6%98%9F+%E7%A9%BA',
      'GET http://127.0.0.1:1/api/jobs',
      'POST http://127.0.0.1:1/api/works/aa/replay',
    ],
  );
  assert.equal(asked[0]!.init.body, '{"enabled":false}');
  assert.equal(asked[3]!.init.body, undefined);
  assert.equal(new Headers(asked[0]!.init.headers).get('authorization'), 'Bearer k');
});

test('[SDK22] files come with their names, and go with theirs', async () => {
  const disposition = `attachment; filename="x.mid"; filename*=UTF-8''${encodeURIComponent('夜望.mid')}`;
  const { asked, fetch } = scripted(({ line }) =>
    line.startsWith('GET') ? new Response('MThd', { headers: { 'content-disposition': disposition } }) : json({}, 201),
  );
  const client = createClient({ fetch });
  const file = await client.export('aa', 'midi', { bars: '1-4' });
  assert.equal(file.name, '夜望.mid');
  assert.equal(new TextDecoder().decode(file.bytes), 'MThd');
  await client.upload(new File(['x'], '曲.mid', { type: 'audio/midi' }));
  const headers = new Headers(asked[1]!.init.headers);
  assert.equal(headers.get('x-file-name'), encodeURIComponent('曲.mid'));
  assert.equal(headers.get('content-type'), 'audio/midi');
  assert.equal(client.thumbnailUrl('aa', { width: 64, theme: 'dark' }), '/api/works/aa/thumbnail?width=64&theme=dark');
  assert.equal(client.contentUrl('aa'), '/api/works/aa/content');
  assert.equal(client.exportUrl('aa', 'midi'), '/api/works/aa/export/midi');
});

test('[SDK23] what fails is one error, whoever failed', async () => {
  const error = { kind: 'missing', code: 'storage/work-missing', message: 'm', hint: 'h' };
  const refused = createClient(scripted(() => json({ error }, 404)));
  await assert.rejects(refused.work('aa'), (thrown) => {
    assert.ok(thrown instanceof LLMAgentError);
    assert.deepEqual(thrown.toJSON(), error);
    return true;
  });
  const strange = createClient(scripted(() => new Response('<h1>Bad gateway</h1>', { status: 502 })));
  await assert.rejects(strange.system(), { code: 'sdk/bad-answer' });
  const torn = createClient(scripted(() => new Response('{"a":')));
  await assert.rejects(torn.system(), { code: 'sdk/bad-answer' });
  const away = createClient(scripted(() => Promise.reject(new TypeError('fetch failed'))));
  await assert.rejects(away.system(), { code: 'sdk/unreachable', kind: 'unavailable' });
  const stopped = createClient(scripted(({ init }) => Promise.reject(init.signal!.reason)));
  await assert.rejects(stopped.system({ signal: AbortSignal.abort() }), { code: 'core/cancelled' });
});

test('[SDK24] events go on after a lost connection, without a gap and without repetition', async () => {
  const start = { type: 'job-start', job: 'j', op: 'o', seed: 1, cached: false };
  const progress = { type: 'job-progress', job: 'j', done: 1 };
  const end = { type: 'job-end', job: 'j', works: [], report: null, seed: 1, cached: false };
  const { asked, fetch } = scripted((_, nth) => {
    // Cut in the middle of a message: the half is dropped and asked for again.
    if (nth === 0) return sse(': hello\n\n', sent(7, start), sent(8, progress).slice(0, 20));
    if (nth === 1) return Promise.reject(new TypeError('refused'));
    return sse(sent(8, progress).replaceAll('\n', '\r\n'), sent(9, end));
  });
  const connected: boolean[] = [];
  const feed = createClient({ fetch }).events({ job: 'j', onConnection: (is) => connected.push(is) });
  const seen: SystemEvent[] = [];
  for await (const event of feed) seen.push(event);
  assert.deepEqual(seen, [start, progress, end]);
  assert.equal(feed.lastEventId, '9');
  assert.deepEqual(connected, [true, false, false, true]);
  assert.deepEqual(
    asked.map(({ init }) => new Headers(init.headers).get('last-event-id')),
    [null, '7', '7'],
  );
});

test('[SDK25] events end when asked, and throw when the system refuses or stays away', async () => {
  const endless = createClient(
    scripted(({ init }) => {
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const writer = writable.getWriter();
      void writer.write(new TextEncoder().encode(sent(1, { type: 'works-changed', works: [] }))).catch(() => undefined);
      init.signal!.addEventListener('abort', () => void writer.abort(init.signal!.reason).catch(() => undefined));
      return new Response(readable);
    }),
  );
  const controller = new AbortController();
  let seen = 0;
  for await (const _ of endless.events({ signal: controller.signal })) {
    seen += 1;
    controller.abort();
  }
  assert.equal(seen, 1);
  const error = { kind: 'denied', code: 'http/no-key', message: 'm', hint: 'h' };
  const iterate = async (client: ReturnType<typeof createClient>, patience: number): Promise<void> => {
    for await (const _ of client.events({ patience }));
  };
  await assert.rejects(iterate(createClient(scripted(() => json({ error }, 403))), 1), { code: 'http/no-key' });
  const away = createClient(scripted(() => Promise.reject(new TypeError('refused'))));
  await assert.rejects(iterate(away, 1), { code: 'sdk/unreachable' });
});
