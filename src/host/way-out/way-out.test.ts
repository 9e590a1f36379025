import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Errand } from '../../kernel/index.ts';
import { openSqliteStorage } from '../../storage/index.ts';
import { createEgressList, createGrants, createOfflineSwitch, createWayOut, nearnessOf, readAddress } from './index.ts';
import { OPEN_PASSAGE } from './pinned.ts';

const root = mkdtempSync(join(tmpdir(), 'way-out-'));
const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close().closeAllConnections();
  rmSync(root, { recursive: true, force: true });
});

const CHAT: Errand = { purpose: 'chat', model: 'far' };

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

let homes = 0;

/** A way out of a fresh home; `names` answers for the names it knows. */
async function open(names: Readonly<Record<string, readonly string[][]>> = {}) {
  const home = join(root, `home-${homes++}`);
  const clock = { now: () => Date.UTC(2026, 0, 1) };
  const storage = await openSqliteStorage(home, clock);
  const grants = createGrants(join(home, 'way-out/grants.json'), clock);
  const offline = createOfflineSwitch(join(home, 'way-out/offline'), false);
  const list = createEgressList(storage.ledger);
  const asked: string[] = [];
  let ids = 0;
  const wayOut = createWayOut({
    grants,
    offline,
    list,
    clock,
    ids: { next: () => `id-${++ids}` },
    job: () => ({ job: 'job-1', op: 'verse/compose' }),
    note: async (draft) => void (await storage.commit({ ledger: [draft] })),
    passage: {
      ...OPEN_PASSAGE,
      lookup: async (name) => {
        asked.push(name);
        const answers = names[name] ?? [];
        return answers[Math.min(asked.filter((one) => one === name).length, answers.length) - 1] ?? [];
      },
    },
  });
  const close = async (): Promise<void> => {
    await wayOut[Symbol.asyncDispose]();
    await storage[Symbol.asyncDispose]();
  };
  return { home, grants, offline, list, wayOut, asked, storage, [Symbol.asyncDispose]: close };
}

test('[WO1] nothing leaves without a grant for that host and that purpose; what is refused is listed with the command that grants it', async () => {
  await using house = await open();
  const url = await serve((_, response) => void response.end('star'));
  const fetch = house.wayOut.fetchFor(CHAT);
  await assert.rejects(fetch(url), (error: never) => {
    const { code, hint } = error as { code: string; hint: string };
    return code === 'way-out/not-granted' && hint.endsWith(`llmagentos grants add ${url} --for chat`);
  });
  house.grants.add({ address: url, purposes: ['picture'] });
  await assert.rejects(fetch(url), { code: 'way-out/not-granted' });
  house.grants.add({ address: url, purposes: ['chat'] });
  assert.equal(await (await fetch(url, { method: 'POST', body: '星' })).text(), 'star');
  const [left, ...stopped] = await house.list.list();
  assert.deepEqual(
    [left?.host, left?.bytes, left?.bytesIn, left?.status, left?.use, left?.model, left?.job],
    [new URL(url).host, url.length + 1 + 3, 4, 200, 'chat', 'far', 'job-1'],
  );
  assert.deepEqual(
    stopped.map(({ stopped }) => stopped),
    ['way-out/not-granted', 'way-out/not-granted'],
  );
  assert.equal(statSync(join(house.home, 'way-out/grants.json')).mode & 0o777, 0o600);
});

test('[WO2] grants end in time, with their budget, and when they are taken back; lent ones with the command', async () => {
  await using house = await open();
  const url = await serve((_, response) => void response.end('star'));
  const fetch = house.wayOut.fetchFor(CHAT);
  house.grants.add({ address: url, purposes: ['chat'], until: '2025-12-31T00:00:00.000Z' });
  await assert.rejects(fetch(url), { code: 'way-out/not-granted' });
  house.grants.add({ address: url, purposes: ['chat'], budget: { amount: 0.5, currency: 'USD' } });
  await (await fetch(url)).text();
  await house.wayOut.spent(CHAT, { amount: 0.3, currency: 'USD' });
  await (await fetch(url)).text();
  await house.wayOut.spent(CHAT, { amount: 0.1, currency: 'USD' });
  await house.wayOut.spent(CHAT, { amount: 0.1, currency: 'USD' });
  await assert.rejects(fetch(url), { code: 'way-out/budget-spent' });
  assert.deepEqual((await house.list.list())[1]?.cost, { amount: 0.2, currency: 'USD' });
  assert.equal(house.grants.remove(url), true);
  assert.equal(house.grants.remove(url), false);
  await assert.rejects(fetch(url), { code: 'way-out/not-granted' });
  {
    using _ = house.grants.lend({ address: url, purposes: ['chat'] });
    await (await fetch(url)).text();
  }
  await assert.rejects(fetch(url), { code: 'way-out/not-granted' });
});

test('[WO3] one switch closes it all, also for what is granted and connected', async () => {
  await using house = await open();
  const url = await serve((_, response) => void response.end('star'));
  house.grants.add({ address: url, purposes: ['chat'] });
  const fetch = house.wayOut.fetchFor(CHAT);
  await (await fetch(url)).text();
  house.offline.set(true);
  await assert.rejects(fetch(url), { code: 'way-out/closed' });
  await assert.rejects(house.wayOut.connect(url.replace('http', 'ws'), CHAT), { code: 'way-out/closed' });
  house.offline.set(false);
  await (await fetch(url)).text();
});

test('[WO4] an address is read once: other schemes, keys in it, and numbers in odd clothes are seen for what they are', () => {
  for (const bad of [
    'ftp://a.example/',
    'file:///etc/passwd',
    'data:,x',
    'https://me:key@a.example/',
    'nowhere',
    'javascript:1',
  ]) {
    assert.throws(() => readAddress(bad), { code: 'way-out/bad-address' }, bad);
  }
  for (const odd of [
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://①②⑦.0.0.1/',
  ]) {
    assert.equal(readAddress(odd).hostname, '127.0.0.1', odd);
  }
  assert.equal(readAddress('wss://A.Example:443/x#y').origin, 'https://a.example');
  const near = {
    '10.0.0.1': 'near',
    '::1': 'near',
    'fd00::1': 'near',
    '::ffff:192.168.0.1': 'near',
    '100.64.0.1': 'near',
  };
  const never = [
    '0.0.0.0',
    '::',
    '224.0.0.1',
    '255.255.255.255',
    'ff02::1',
    '2002:7f00:1::',
    '240.0.0.1',
    '2001:0:1::',
  ];
  for (const [number, how] of Object.entries(near)) assert.equal(nearnessOf(number), how, number);
  for (const number of never) assert.equal(nearnessOf(number), 'never', number);
  for (const number of ['169.254.169.254', 'fe80::1', '::ffff:169.254.169.254'])
    assert.equal(nearnessOf(number), 'link', number);
  for (const number of ['8.8.8.8', '2606:4700::1111', '64:ff9b::808:808'])
    assert.equal(nearnessOf(number), 'far', number);
  assert.equal(nearnessOf('64:ff9b::7f00:1'), 'near', 'what a translator wraps is unwrapped');
});

test('[WO5] a granted name that leads into the house is not followed, nor one that changes its mind', async () => {
  const url = await serve((_, response) => void response.end('secret of the house'));
  const { port } = new URL(url);
  await using house = await open({
    'evil.example': [['127.0.0.1']],
    'mixed.example': [['93.184.216.34', '127.0.0.1']],
    'rebound.example': [['127.0.0.1'], ['169.254.169.254']],
    'nas.home.arpa': [['127.0.0.1']],
    'meta.home.arpa': [['169.254.169.254']],
  });
  for (const name of ['evil.example', 'mixed.example', 'nas.home.arpa', 'meta.home.arpa']) {
    house.grants.add({ address: `http://${name}:${port}`, purposes: ['chat'] });
  }
  house.grants.add({ address: `http://rebound.example:${port}`, purposes: ['chat'], near: true });
  const ask = async (name: string): Promise<string> =>
    (await house.wayOut.fetchFor(CHAT)(`http://${name}:${port}/`, { headers: { connection: 'close' } })).text();
  for (const name of ['evil.example', 'mixed.example', 'meta.home.arpa']) {
    await assert.rejects(ask(name), { code: 'way-out/bad-address' }, name);
  }
  assert.equal(await ask('nas.home.arpa'), 'secret of the house', 'granted as a name of the house');
  assert.equal(await ask('rebound.example'), 'secret of the house');
  assert.equal(
    house.asked.filter((name) => name === 'rebound.example').length,
    1,
    'a name is asked once for a connection',
  );
  assert.equal((await house.list.list()).find(({ host }) => host.startsWith('evil'))?.failed, 'way-out/bad-address');
});

test('[WO6] redirects are followed by hand: each host is looked at, and keys stay with the host they were meant for', async () => {
  const seen: IncomingMessage['headers'][] = [];
  const other = await serve((request, response) => {
    seen.push(request.headers);
    response.end('there');
  });
  const first = await serve((request, response) => {
    const to = request.url === '/out' ? `${other}/x` : request.url === '/in' ? 'http://10.0.0.1/' : '/again';
    response.writeHead(302, { location: request.url === '/file' ? 'file:///etc/passwd' : to }).end();
  });
  await using house = await open();
  house.grants.add({ address: first, purposes: ['chat'] });
  const fetch = house.wayOut.fetchFor(CHAT);
  const headers = {
    authorization: 'Bearer sk-planted-0123456789',
    'x-api-key': 'sk-planted-0123456789',
    accept: 'text/plain',
  };
  await assert.rejects(fetch(`${first}/out`, { headers }), { code: 'way-out/not-granted' });
  await assert.rejects(fetch(`${first}/in`), { code: 'way-out/not-granted' });
  await assert.rejects(fetch(`${first}/file`), { code: 'way-out/bad-address' });
  await assert.rejects(fetch(`${first}/round`), { code: 'way-out/bad-address' });
  house.grants.add({ address: other, purposes: ['chat'] });
  assert.equal(await (await fetch(`${first}/out`, { headers })).text(), 'there');
  assert.equal(seen.length, 1);
  assert.equal(JSON.stringify(seen).includes('planted'), false);
  assert.equal(seen[0]?.accept, 'text/plain');
});

test('[WO7] a key that a server repeats is taken out of its answer, however it is cut', async () => {
  const key = 'sk-planted-0123456789';
  const url = await serve((_, response) => {
    response.writeHead(401, { 'content-type': 'text/plain' });
    response.write('Incorrect key: sk-plan');
    setImmediate(() => response.write('ted-01234'));
    setTimeout(() => response.end('56789! sk-pl'), 20);
  });
  await using house = await open();
  house.grants.add({ address: url, purposes: ['chat'] });
  const answer = await house.wayOut.fetchFor(CHAT)(`${url}/?key=${key}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  assert.equal(await answer.text(), 'Incorrect key: [key]! sk-pl');
  assert.equal(JSON.stringify(await house.storage.ledger.latest(10)).includes('planted'), false);
});

test('a file of grants that somebody broke opens nothing', async () => {
  await using house = await open();
  house.grants.add({ address: 'api.example.com', purposes: ['chat'] });
  writeFileSync(
    join(house.home, 'way-out/grants.json'),
    '[{"origin":"https://api.example.com","purposes":["everything"]}]',
  );
  await assert.rejects(house.wayOut.fetchFor(CHAT)('https://api.example.com/'), { code: 'way-out/broken-grants' });
});

test('grants are written by hosts: with what they cover, and near ones as such', async () => {
  await using house = await open();
  const { grants } = house;
  assert.equal(grants.add({ address: 'api.example.com/v1', purposes: ['chat'] }).origin, 'https://api.example.com');
  assert.equal(grants.add({ address: 'http://127.0.0.1:11434', purposes: ['chat'] }).near, true);
  assert.equal(grants.add({ address: '*.hf.example', purposes: ['fetch-model'] }).origin, 'https://*.hf.example');
  const find = (url: string) => grants.find(readAddress(url), 'fetch-model')?.origin;
  assert.equal(find('https://cdn.hf.example/x'), 'https://*.hf.example');
  assert.equal(find('https://hf.example.evil/x'), undefined);
  assert.equal(find('https://evilhf.example/x'), undefined);
  assert.equal(find('http://cdn.hf.example/x'), undefined);
  for (const bad of ['*.com', 'http://0.0.0.0', 'ftp://a.example', 'https://u:p@a.example']) {
    assert.throws(() => grants.add({ address: bad, purposes: ['chat'] }), { code: 'way-out/bad-address' }, bad);
  }
});
