/** The way out, the keys and what drivers are given of them, as the open system holds them. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { z } from 'zod';
import { runTyped } from '../../src/cli/fixture.ts';
import { createOs, type Os } from '../../src/host/index.ts';
import { openOutside } from '../../src/host/outside.ts';
import { defineOp, defineStudio, engineFault, withoutWayOut } from '../../src/kernel/index.ts';
import { serveHttp } from '../../src/server/http/index.ts';
import { openSqliteStorage } from '../../src/storage/index.ts';

const root = mkdtempSync(join(tmpdir(), 'outside-'));
const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close().closeAllConnections();
  rmSync(root, { recursive: true, force: true });
});

async function serve(answer: (asked: string) => { readonly status: number; readonly body: string }): Promise<string> {
  const server = createServer((request, response) => {
    const { status, body } = answer(request.headers.authorization ?? '');
    response.writeHead(status, { 'x-asked-with': request.headers.authorization ?? '' }).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const KEY = 'sk-planted-7f3e9a1c5d';

/** A home with a key, and a studio whose op asks a server that repeats the key wherever it can. */
async function open(home: string, url: string) {
  const storage = await openSqliteStorage(home, { now: () => Date.now() });
  const parts = { clock: { now: () => Date.now() }, ids: { next: () => crypto.randomUUID(), seed: () => 1 } };
  const outside = openOutside({ home, storage, env: {}, ...parts });
  const { wayOut, key } = outside.surroundings;
  const ask = defineOp({
    name: 'far/ask',
    version: 1,
    summary: { en: 'asks', zh: '问' },
    options: z.object({ brief: z.string() }),
    async run({ preview }, _inputs, { brief }) {
      const fetch = wayOut.fetchFor({ purpose: 'chat', model: 'far' });
      const headers = { authorization: `Bearer ${await key('FAR_API_KEY')}` };
      const response = await fetch(url, { method: 'POST', body: brief, headers });
      const text = `${await response.text()} ${response.headers.get('x-asked-with')}`;
      preview({ candidate: 0, text });
      if (!response.ok) throw engineFault('refused', 'far', text);
      return { works: [{ medium: 'note', title: text, document: { text } }], report: { text } };
    },
  });
  const write = (work: { readonly document?: unknown }): Uint8Array =>
    new TextEncoder().encode(JSON.stringify(work.document));
  const formats = [{ name: 'txt', mime: 'text/plain', extension: 'txt', write }];
  const studio = defineStudio({ name: 'far', medium: 'note', ops: [ask], formats, critique: () => [] });
  const os = await createOs({ home, studios: [studio], modelFolders: [] });
  const close = async (): Promise<void> => {
    await os[Symbol.asyncDispose]();
    await outside[Symbol.asyncDispose]();
    await storage[Symbol.asyncDispose]();
  };
  return { os, [Symbol.asyncDispose]: close };
}

/** What the server of a home answers to who may ask it. */
async function overHttp(os: Os): Promise<string[]> {
  await using server = await serveHttp(os, { port: 0, version: '1' });
  const headers = { authorization: `Bearer ${server.key}` };
  const names = ['openapi.json', 'system', 'models', 'ops', 'works', 'jobs', 'ledger', 'egress', 'way-out'];
  // Answered before the server is closed.
  return await Promise.all(
    names.map(async (name) => {
      const response = await fetch(`${server.url}/api/${name}`, { headers });
      assert.equal(response.status, 200, name);
      return response.text();
    }),
  );
}

/** Every byte that a home holds, but for the file of keys. */
function bytesOf(home: string): string {
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'keys.json')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

test('[KY3] a key that a server repeats stands in no work, error, ledger, list, export or file of the home', async () => {
  let status = 200;
  const url = await serve((asked) => ({ status, body: `you asked with ${asked}` }));
  const home = mkdtempSync(join(root, 'home-'));
  const seen: unknown[] = [];
  {
    await using house = await open(home, url);
    const { os } = house;
    os.keys.set('FAR_API_KEY', KEY);
    await os.grant({ address: url, purposes: ['chat'] });
    const run = os.run({ op: 'far/ask', options: { brief: '星' } });
    seen.push(...(await Array.fromAsync(run)));
    const [work] = (await run.result).works;
    seen.push(new TextDecoder().decode((await os.export(work!.id, 'txt')).bytes), await os.load(work!.id));
    status = 401;
    const refused = os.run({ op: 'far/ask', options: { brief: '月' } });
    seen.push(...(await Array.fromAsync(refused)));
    await assert.rejects(refused.result, { code: 'engine/refused', message: /you asked with Bearer \[key\]/ });
    const egress = await os.egress();
    assert.deepEqual(
      egress.map(({ op, model, use, status: answered }) => [op, model, use, answered]),
      [
        ['far/ask', 'far', 'chat', 401],
        ['far/ask', 'far', 'chat', 200],
      ],
    );
    seen.push(egress, await os.ledger.latest(50), os.keys.list(), ...(await overHttp(os)));
  }
  const typed = { env: { LLMAGENTOS_HOME: home, LANG: 'en' } };
  for (const words of ['keys', 'egress --json', 'ledger --json', 'works --json', 'grants']) {
    const { out, err, exitCode } = await runTyped(words.split(' '), typed);
    assert.equal(exitCode, 0, err);
    seen.push(out, err);
  }
  assert.ok(JSON.stringify(seen).includes('[key]'), 'the server did repeat it');
  assert.equal(JSON.stringify(seen).includes('planted'), false);
  assert.equal(bytesOf(home).includes('planted'), false);
  assert.ok(readFileSync(join(home, 'keys.json'), 'utf8').includes(KEY));
});

/** What a text from elsewhere asks for, in every dress. */
const INJECTED = [
  'http://127.0.0.1:PORT/',
  'http://localhost:PORT/',
  'http://2130706433:PORT/',
  'http://0177.0.0.1:PORT/',
  'http://0x7f.0.0.1:PORT/',
  'http://127.1:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://[::1]:PORT/',
  'http://0.0.0.0:PORT/',
  'http://api.granted.example@127.0.0.1:PORT/',
  'http://user:word@127.0.0.1:PORT/',
  'http://169.254.169.254/latest/meta-data/',
  'https://evil.example/?q=SECRET',
  'http://127.0.0.1:PORT\\@api.granted.example/',
  'ftp://127.0.0.1:PORT/',
  'file:///etc/passwd',
  'data:text/plain,SECRET',
  'javascript:fetch(1)',
  'blob:http://127.0.0.1:PORT/1',
  'ws://127.0.0.1:PORT/',
  '//127.0.0.1:PORT/',
  '',
];

test('[WO8] a text that asks to go somewhere leads nowhere, in whatever dress; each try is listed', async () => {
  let came = 0;
  const url = await serve(() => ({ status: 200, body: String(came++) }));
  const home = mkdtempSync(join(root, 'home-'));
  await using storage = await openSqliteStorage(home, { now: () => 0 });
  const parts = { clock: { now: () => 0 }, ids: { next: () => crypto.randomUUID(), seed: () => 1 } };
  await using outside = openOutside({ home, storage, env: {}, ...parts });
  const { control, surroundings } = outside;
  await control.grant({ address: 'https://api.granted.example', purposes: ['chat'] });
  const fetch = surroundings.wayOut.fetchFor({ purpose: 'chat' });
  for (const dress of INJECTED) {
    const address = dress.replaceAll('PORT', new URL(url).port);
    await assert.rejects(fetch(address), /may leave|cannot be used/, address);
    await assert.rejects(
      surroundings.wayOut.connect(address, { purpose: 'chat' }),
      /may leave|cannot be used/,
      address,
    );
  }
  await control.grant({ address: url, purposes: ['chat'] });
  await assert.rejects(
    withoutWayOut(() => fetch(url)),
    { code: 'way-out/wary' },
  );
  assert.equal(came, 0);
  const listed = await control.egress();
  assert.equal(listed.length, 2 * INJECTED.length + 1);
  const codes = ['way-out/not-granted', 'way-out/bad-address', 'way-out/wary'];
  assert.ok(listed.every(({ stopped }) => codes.includes(stopped ?? '')));
});

test('[WO9] the switch is in the home: every process of it, and the environment, can close it; the artist opens it', async () => {
  const home = mkdtempSync(join(root, 'home-'));
  const typed = (...argv: string[]) => runTyped(argv, { env: { LLMAGENTOS_HOME: home, LANG: 'en' } });
  assert.match((await typed('offline')).out, /^Not offline/);
  await using os = await createOs({ home, studios: [], modelFolders: [] });
  assert.equal((await typed('offline', 'on', '--json')).out, '{"offline":{"closed":true,"by":"switch"}}\n');
  assert.equal(os.offline(), 'switch');
  assert.match((await typed('offline', 'off')).out, /^Not offline/);
  assert.equal(os.offline(), undefined);
  assert.match(
    (await typed('grants', 'add', 'api.example.com', '--for', 'chat', '--budget', '5usd')).out,
    /up to 5 USD/,
  );
  assert.deepEqual(os.grants()[0]?.budget, { amount: 5, currency: 'USD' });
  for (const bad of [['--until', 'yesterday'], ['--budget', 'much'], ['--for', 'all'], []]) {
    assert.equal((await typed('grants', 'add', 'api.example.com', ...bad)).exitCode, 64, bad.join(' '));
  }
  assert.equal((await typed('grants', 'remove', 'api.example.com')).exitCode, 0);
  assert.equal((await typed('grants', 'remove', 'api.example.com')).exitCode, 1);
  const acts = (await os.ledger.latest(10)).map(({ act }) => act);
  assert.deepEqual(acts, ['revoked', 'granted', 'offline', 'offline']);
});

test('[KY4] a key is kept from standard input or a silent terminal, and never printed', async () => {
  const home = mkdtempSync(join(root, 'home-'));
  const env = { LLMAGENTOS_HOME: home, LANG: 'en' };
  const piped = await runTyped(['keys', 'set', 'A_KEY'], { env, input: `${KEY}\n` });
  const raw: boolean[] = [];
  const stdin = {
    isTTY: true as const,
    setRawMode: (on: boolean) => void raw.push(on),
    async *[Symbol.asyncIterator]() {
      yield `${KEY}x`;
      yield '\x7f\r';
    },
  };
  const silent = await runTyped(['keys', 'set', 'B_KEY'], { env, stdin });
  assert.deepEqual([piped.exitCode, silent.exitCode, raw], [0, 0, [true, false]]);
  assert.equal(`${piped.out}${piped.err}${silent.out}${silent.err}`.includes('planted'), false);
  const kept = JSON.parse(readFileSync(join(home, 'keys.json'), 'utf8'));
  assert.deepEqual(kept, { A_KEY: KEY, B_KEY: KEY });
  writeFileSync(join(home, 'keys.json'), JSON.stringify(kept), { mode: 0o644 });
  rmSync(join(home, 'keys.json'));
  writeFileSync(join(home, 'keys.json'), JSON.stringify(kept), { mode: 0o644 });
  const open = await runTyped(['keys'], { env });
  assert.match(open.err, /keys\/too-open/);
});
