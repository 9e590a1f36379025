/** Requests that must not come in: every route × wrong hosts × foreign origins × content types. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Hono } from 'hono';
import { ROUTES, type Route } from '../../../../sdk/src/api/index.ts';
import { examplePath, fakeApp, HOST, KEY, PORT } from '../fixture.ts';
import { createHostCheck, createOriginCheck, isLoopbackPeer } from './own-address.ts';

const AUTH = { authorization: `Bearer ${KEY}` };
const ROUTE_LIST = Object.entries<Route>(ROUTES);

const WRONG_HOSTS = [
  'evil.example',
  `evil.example:${PORT}`,
  '127.0.0.1',
  '127.0.0.1:80',
  `127.0.0.2:${PORT}`,
  `localhost.:${PORT}`,
  `localhost.evil.example:${PORT}`,
  `127.0.0.1.nip.io:${PORT}`,
  `2130706433:${PORT}`,
  `0.0.0.0:${PORT}`,
  `[::]:${PORT}`,
  `user@127.0.0.1:${PORT}`,
  '',
];

const FOREIGN = [
  { origin: 'https://evil.example' },
  { origin: `http://evil.example:${PORT}` },
  { origin: `https://127.0.0.1:${PORT}` },
  { origin: 'http://127.0.0.1:3000' },
  { origin: 'http://127.0.0.1' },
  { origin: 'null' },
  { origin: '' },
  { origin: 'chrome-extension://abcdefghijklmnop' },
  { origin: `http://127.0.0.1:${PORT}.evil.example` },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: `http://${HOST}`, 'sec-fetch-site': 'cross-site' },
];

const TYPES = [
  undefined,
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
];

async function refused(
  name: string,
  route: Route,
  headers: Record<string, string>,
  codes: readonly string[],
): Promise<void> {
  const { ask, reached } = fakeApp();
  for (const type of TYPES) {
    const body = route.method === 'GET' || route.method === 'DELETE' ? {} : { body: '{}' };
    const given = { ...AUTH, ...headers, ...(type === undefined ? {} : { 'content-type': type }) };
    const response = await ask(examplePath(route.path), { method: route.method, headers: given, ...body });
    const { error } = (await response.json()) as { error: { code: string } };
    assert.equal(response.status, 403, `${name} ${JSON.stringify(given)}`);
    assert.ok(codes.includes(error.code), `${name} ${error.code}`);
    assert.equal(response.headers.get('access-control-allow-origin'), null);
  }
  assert.deepEqual(reached, [], name);
}

test('[HT1] every route refuses every host name that is not ours, with the right key too', async () => {
  for (const [name, route] of ROUTE_LIST) {
    for (const host of WRONG_HOSTS) await refused(name, route, { host }, ['http/wrong-host']);
  }
});

test('[HT2] every route refuses every page from elsewhere, with the right key too', async () => {
  for (const [name, route] of ROUTE_LIST) {
    for (const foreign of FOREIGN)
      await refused(name, route, foreign as Record<string, string>, ['http/foreign-origin']);
  }
});

test('[HT3] every route wants the key, and a body wants its type', async () => {
  const { ask, reached } = fakeApp();
  for (const [name, route] of ROUTE_LIST) {
    const { method } = route;
    for (const headers of [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: KEY },
      { cookie: `llmagentos-${PORT}=${KEY}` },
    ]) {
      const response = await ask(examplePath(route.path), { method, headers });
      assert.ok([401, 429].includes(response.status), `${name} ${response.status}`);
    }
    if (route.body === undefined) continue;
    for (const type of TYPES.filter((one) => one !== 'application/json')) {
      const headers = { ...AUTH, ...(type === undefined ? {} : { 'content-type': type }) };
      const response = await ask(examplePath(route.path), { method, headers, body: '{}' });
      assert.equal(response.status, 415, `${name} ${type}`);
    }
  }
  assert.deepEqual(reached, []);
});

test('[HT4] with our host, our origin and the key it comes in', async () => {
  for (const host of [HOST, `localhost:${PORT}`, `[::1]:${PORT}`, `LOCALHOST:${PORT}`]) {
    const { ask, reached } = fakeApp();
    const response = await ask('/api/system', {
      headers: { ...AUTH, host, origin: `http://${host.toLowerCase()}`, 'sec-fetch-site': 'same-origin' },
    });
    assert.equal(response.status, 200);
    assert.deepEqual(reached, ['system']);
    for (const [name, value] of [
      ['x-content-type-options', 'nosniff'],
      ['x-frame-options', 'DENY'],
      ['cross-origin-opener-policy', 'same-origin'],
      ['cross-origin-resource-policy', 'same-origin'],
    ] as const) {
      assert.equal(response.headers.get(name), value);
    }
    assert.match(
      response.headers.get('content-security-policy') ?? '',
      /default-src 'none'; sandbox;.*frame-ancestors 'none'/,
    );
  }
});

/** What a segment of a path means; itself where it means nothing. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

test('[HT5] ids are looked at before anything else: no path climbs anywhere', async () => {
  const { ask, reached } = fakeApp();
  const piece = fc.constantFrom(
    '..',
    '.',
    '/',
    '\\',
    '%2e',
    '%2f',
    '%5c',
    '%00',
    '\0',
    'etc',
    'passwd',
    'C:',
    '~',
    'a',
    '0',
    ';',
    '?',
  );
  const routes = ROUTE_LIST.filter(([, { path }]) => path.includes('{'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...routes),
      async (pieces, [, route]) => {
        const value = pieces.join('');
        for (const written of [value, encodeURIComponent(value)]) {
          reached.length = 0;
          const path = route.path.replace(/\{\w+\}/g, () => written);
          const { method } = route;
          const response = await ask(path, { method, headers: AUTH }).catch(() => undefined);
          const harmless = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(decoded(written));
          if (response?.ok && !harmless) {
            // What the URL itself folded away led to another route, never to a strange name.
            assert.ok(!new URL(`http://x${path}`).pathname.includes('%2'), path);
            assert.deepEqual(reached.length, 1);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('[HT6] programs of this machine may use their doors without a key; browsers, proxies and others may not', async () => {
  const mount = { path: '/v1', app: new Hono().get('/models', (c) => c.json({ door: true })) };
  const { ask } = fakeApp({}, [mount]);
  assert.equal((await ask('/v1/models')).status, 200);
  assert.equal((await ask('/v1/models', { headers: { authorization: 'Bearer sk-anything' } })).status, 200);
  assert.equal((await ask('/v1/models', { headers: { 'sec-fetch-mode': 'cors' } })).status, 200);
  for (const headers of [
    { origin: `http://${HOST}` },
    { cookie: 'a=b' },
    { 'sec-fetch-site': 'none' },
    { 'x-forwarded-for': '1.2.3.4' },
  ]) {
    assert.equal(
      (await ask('/v1/models', { headers: headers as Record<string, string> })).status,
      401,
      JSON.stringify(headers),
    );
  }
  assert.equal((await ask('/v1/models', { headers: { origin: `http://${HOST}`, ...AUTH } })).status, 200);
  assert.equal((await ask('/v1/models', {}, '192.168.1.9')).status, 401);
  assert.equal((await ask('/v1/models', { headers: { origin: 'https://evil.example' } })).status, 403);
  assert.equal((await fakeApp({ requireKey: true }, [mount]).ask('/v1/models')).status, 401);
  const open = fakeApp({ address: { host: '0.0.0.0', port: PORT } }, [mount]);
  assert.equal((await open.ask('/v1/models')).status, 401);
  assert.equal((await open.ask('/v1models')).status, 404);
});

test('[HT7] who tries keys, and who asks too much, has to wait', async () => {
  let now = 0;
  const { ask } = fakeApp({ now: () => now });
  const wrong = { headers: { authorization: 'Bearer wrong' } };
  const statuses: number[] = [];
  for (let i = 0; i < 25; i++) statuses.push((await ask('/api/system', wrong)).status);
  assert.deepEqual(statuses, [...Array(20).fill(401), ...Array(5).fill(429)]);
  assert.equal((await ask('/api/system', { headers: AUTH })).status, 200);
  now += 2000;
  assert.equal((await ask('/api/system', wrong)).status, 401);
  const rates = {
    known: { burst: 2, perSecond: 1 },
    unknown: { burst: 1, perSecond: 1 },
    wrongKeys: { burst: 1, perSecond: 1 },
  };
  const small = fakeApp({ rates });
  await small.ask('/api/system', { headers: AUTH });
  await small.ask('/api/system', { headers: AUTH });
  const late = await small.ask('/api/system', { headers: AUTH });
  assert.deepEqual([late.status, late.headers.get('retry-after')], [429, '1']);
});

test('[HT8] a named address answers to its name; nobody else answers to it', () => {
  const named = createHostCheck({ host: 'studio.lan', port: 80 });
  assert.deepEqual(['studio.lan', 'studio.lan:80', 'STUDIO.LAN', 'localhost'].map(named), [true, true, true, true]);
  assert.deepEqual(['studio.lan:81', 'lan', 'xstudio.lan', undefined].map(named), [false, false, false, false]);
  const origin = createOriginCheck({ host: '127.0.0.1', port: PORT });
  assert.equal(origin(`http://${HOST}`), true);
  assert.equal(origin(`http://${HOST}/`), false);
  assert.deepEqual(['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.1', undefined].map(isLoopbackPeer), [
    true,
    true,
    true,
    false,
    false,
  ]);
});
