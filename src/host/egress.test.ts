import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openSqliteStorage } from '../storage/index.ts';
import { createEgressList, notedFetch } from './egress.ts';

const home = mkdtempSync(join(tmpdir(), 'egress-'));
after(() => rmSync(home, { recursive: true, force: true }));

test('[HO60] whatever leaves this machine is listed, also when it never arrived', async () => {
  await using storage = await openSqliteStorage(home, { now: () => 0 });
  const list = createEgressList(storage.ledger);
  assert.deepEqual(await list(), []);
  const fetch = notedFetch(async (input) => {
    if (String(input).includes('away')) throw new TypeError('away');
    return new Response('x');
  }, storage);
  await fetch('https://one.example/a?token=secret');
  await assert.rejects(fetch('https://away.example/', { method: 'POST', body: '星' }));
  await storage.commit({ ledger: [{ actor: 'artist', act: 'sent', facts: { host: 'no' } }] });
  const sent = await list();
  assert.deepEqual(
    sent.map(({ host, bytes }) => [host, bytes]),
    [
      ['away.example', 24],
      ['one.example', 34],
    ],
  );
  assert.equal(JSON.stringify(await storage.ledger.latest(10)).includes('secret'), false);
  assert.deepEqual(await list(), sent);
});
