/** The server as browsers and programs meet it. */
import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { z } from 'zod';
import { type Answer, ROUTES, type RouteName } from '../../../sdk/src/api/index.ts';
import { createInProcessRunner, createOs } from '../../host/index.ts';
import { createRandomModelFolder } from '../../training/index.ts';
import { serveHttp } from './serve-http.ts';
import { findRunning, serverFilePath } from './server-file.ts';
import { folder, PAGES, studio, withServer } from './test-server.ts';

test('[HT40] the link lets a browser in once, by a cookie that scripts cannot read', () =>
  withServer(async ({ server, get }) => {
    const path = server.link().slice(server.url.length);
    const first = await get(path);
    assert.deepEqual([first.status, first.headers.get('location')], [303, '/']);
    const cookie = first.headers.get('set-cookie')!;
    assert.match(cookie, /^llmagentos-\d+=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
    assert.ok(!cookie.includes(server.key));
    const again = await get(path);
    assert.equal(again.status, 401);
    assert.match(await again.text(), /lang="zh-CN".*lang="en"/s);
    const bearing = { cookie: cookie.split(';')[0]! };
    assert.equal((await get('/api/system', bearing)).status, 200);
    assert.equal((await get('/', bearing)).status, 200);
    assert.equal((await get(path, bearing)).status, 303);
    const clicked = await get(server.link().slice(server.url.length), { 'sec-fetch-site': 'cross-site' });
    assert.equal(clicked.status, 200, 'a link that was clicked on another page leads on by our own');
    assert.ok(clicked.headers.has('set-cookie'));
    for (const ticket of ['x', 'a.b', '..', `${path.split('=')[1]}x`])
      assert.equal((await get(`/?ticket=${ticket}`)).status, 401);
    assert.equal((await get('/', { 'sec-fetch-site': 'cross-site' })).status, 403);
  }));

test('[HT41] pages: hashed files for ever, the page never, nothing that was not built, no inline scripts', () =>
  withServer(async ({ server, get }) => {
    const bearing = { authorization: `Bearer ${server.key}` };
    const page = await get('/works/0123456789abcdef', bearing);
    assert.match(await page.text(), /index-B5Htz4Xt/);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    const policy = page.headers.get('content-security-policy')!;
    assert.match(policy, /script-src 'self';/);
    assert.match(policy, /frame-ancestors 'none'/);
    const script = await get('/assets/index-B5Htz4Xt.js');
    assert.match(script.headers.get('cache-control')!, /immutable/);
    assert.equal(script.headers.get('content-type'), 'text/javascript; charset=utf-8');
    const seal = await get('/seal.svg');
    assert.equal(seal.headers.get('cache-control'), 'no-cache');
    assert.match(seal.headers.get('content-security-policy')!, /sandbox/);
    assert.equal((await get('/seal.svg', { 'if-none-match': seal.headers.get('etag')! })).status, 304);
    assert.equal((await get('/')).status, 401);
    assert.equal((await get('/assets/none.js', bearing)).status, 404);
    assert.equal((await fetch(`${server.url}/`, { method: 'POST', headers: bearing })).status, 404);
  }));

test('[HT42] no path of a page leads out of the folder of pages', () =>
  withServer(async ({ server, get }) => {
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    const bearing = { authorization: `Bearer ${server.key}` };
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '%5c',
      '\\',
      'secret.txt',
      'assets',
      'index.html',
      '%00',
      '...',
      '/',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 8 }), async (pieces) => {
        const response = await get(`/${pieces.join('/')}`, bearing);
        assert.doesNotMatch(await response.text(), /^secret$/);
      }),
      { numRuns: 150 },
    );
  }));

test('[HT43] without pages it says in both languages how to get them', () =>
  withServer(
    async ({ server, get }) => {
      const bearing = { authorization: `Bearer ${server.key}` };
      assert.match(await (await get('/', bearing)).text(), /尚未构建.*not built/s);
      const built = Promise.withResolvers<void>();
      server.waitForPages(built.promise);
      assert.match(await (await get('/', bearing)).text(), /正在构建.*Building/s);
      built.resolve();
      await built.promise;
      assert.match(await (await get('/', bearing)).text(), /not built/);
    },
    { pages: join(folder, 'none') },
  ));

test('[HT44] the artist’s own programs find it by a file that nobody else can read; the key outlives the server', async () => {
  let key = '';
  let home = '';
  await withServer(async (served) => {
    ({ home } = served);
    ({ key } = served.server);
    if (process.platform !== 'win32') assert.equal(statSync(serverFilePath(home)).mode & 0o777, 0o600);
    assert.equal((await findRunning(home))?.url, served.server.url);
  });
  assert.equal(await findRunning(home), undefined);
  assert.deepEqual(JSON.parse(readFileSync(serverFilePath(home), 'utf8')), { key });
  await using os = await createOs({ home, studios: [studio], modelFolders: [], runner: createInProcessRunner });
  await using server = await serveHttp(os, { port: 0, pages: PAGES, version: '1' });
  assert.equal(server.key, key);
  await assert.rejects(serveHttp(os, { host: '0.0.0.0', version: '1' }), { code: 'http/host-needs-key' });
});

test('[HT45] every route answers what its schema says', () =>
  withServer(async ({ client, os }) => {
    const answers = new Map<RouteName, unknown>();
    const note = async <N extends RouteName>(name: N, answer: Promise<Answer<N>>): Promise<Answer<N>> => {
      answers.set(name, await answer);
      return answer;
    };
    const job = await note('runJob', client.runJob({ op: 'test/write', options: { text: '星空' } }));
    const events = await Array.fromAsync(client.events({ job: job.id }));
    assert.deepEqual(
      events.map(({ type }) => type).filter((type) => type !== 'job-work'),
      ['job-queued', 'job-start', 'job-preview', 'job-end'],
    );
    const end = events.at(-1)!;
    assert.ok(end.type === 'job-end');
    const { id } = end.works[0]!;
    await note('system', client.system());
    await note('ops', client.ops());
    await note('models', client.models());
    const source = join(folder, 'theirs');
    const vocabulary = ['<pad>', '<s>', '</s>', '<unk>', ...'春眠不觉晓'];
    await createRandomModelFolder(source, { vocabulary, max_position_embeddings: 32 });
    const added = await note('addModel', client.addModel({ source, name: 'mine', licence: 'CC0-1.0' }));
    assert.deepEqual([added.name, added.driver, added.roles, added.shipped], ['mine', 'house', ['token'], false]);
    assert.deepEqual((await note('setModelDefault', client.setModelDefault('token', { name: 'mine' }))).defaults, {
      token: 'mine',
    });
    await note('modelDefaults', client.modelDefaults());
    await note('agents', client.agents());
    await assert.rejects(client.setModelDefault('none', { name: 'mine' }), { code: 'http/unknown-role' });
    await note('removeModel', client.removeModel('mine'));
    for (const elsewhere of ['https://example.com/v1', 'hf:someone/something']) {
      await assert.rejects(client.addModel({ source: elsewhere }), { code: 'http/grant-first' });
    }
    await note('ask', client.ask({ op: 'test/count', options: { text: '一二' } }));
    await note('jobs', client.jobs({ state: 'done' }));
    await note('job', client.job(job.id));
    await note('cancelJob', client.cancelJob(job.id));
    const { works, total } = await note('works', client.works({ text: '星空' }));
    assert.deepEqual([works.map((work) => work.id), total], [[id], 1]);
    const page = await note('work', client.work(id));
    assert.deepEqual(
      [page.formats.map(({ name }) => name), page.measures[0]?.name, page.acts.length > 0],
      [['html'], 'length', true],
    );
    await note('replay', client.replay(id));
    await note('lineage', client.lineage(id));
    await note('graph', client.graph());
    const { marks } = await note('mark', client.mark({ works: [id], starred: true, addTo: '月' }));
    assert.deepEqual(marks[id], { starred: true, boards: ['月'], trashed: false });
    assert.equal((await client.works({ starred: true })).total, 1);
    await note('boards', client.boards());
    await note('choose', client.choose({ shown: [id], picked: id }));
    await note('upload', client.upload(new TextEncoder().encode('x'), { name: '曲.txt' }));
    await note('ledger', client.ledger({ limit: 5 }));
    const acts = async (before?: number): Promise<string[]> => {
      const { entries, before: next } = await client.ledger({ work: id.slice(0, 12), limit: 1, before });
      return [...entries.map(({ act }) => act), ...(next === null ? [] : await acts(next))];
    };
    assert.deepEqual(await acts(), ['chose', 'marked', 'replayed', 'made']);
    await note('egress', client.egress());
    assert.equal((await note('wayOut', client.wayOut())).closedBy, null);
    assert.equal((await note('closeWayOut', client.closeWayOut({ offline: true }))).closedBy, 'switch');
    await assert.rejects(client.closeWayOut({ offline: false } as never), { kind: 'input' });
    const page1 = await client.export(id, 'html');
    assert.equal(page1.mime, 'application/octet-stream');
    assert.deepEqual((await client.content(id)).mime, 'application/json; charset=utf-8');
    for (const [name, answer] of answers) {
      const { result } = ROUTES[name] as { readonly result: z.ZodType };
      assert.ok(result.safeParse(answer).success, `${name}: ${JSON.stringify(answer)}`);
    }
    const rest = Object.keys(ROUTES).filter((name) => !answers.has(name as RouteName));
    assert.deepEqual(rest, [
      'setModel',
      'createJob',
      'trainJob',
      'events',
      'content',
      'thumbnail',
      'export',
      'startAgent',
      'agent',
      'controlAgent',
    ]);
    await assert.rejects(client.setModel('none', { enabled: true }), { code: 'host/model-missing' });
    await assert.rejects(client.createJob({ brief: ' ' }), { kind: 'input' });
    await assert.rejects(client.work('ffff'), { code: 'storage/work-missing' });
    await assert.rejects(client.job('none'), { code: 'host/job-missing' });
    await assert.rejects(client.works({ limit: 9999 }), { code: 'http/bad-request' });
    assert.ok(os.home);
  }));
