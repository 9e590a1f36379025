/** What a door answers at once, done by the worker processes of a real system. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createOs } from '../create-os.ts';
import { byWorkers } from './by-workers.ts';

const home = mkdtempSync(join(tmpdir(), 'errands-'));
after(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));

test('errands answer what this process would answer, with the same errors, and this process reckons nothing', async (t) => {
  await using os = await createOs({ home });
  const away = byWorkers(os);
  const text = '白日依山尽，黄河入海流。欲穷千里目，更上一层楼。';
  const { id } = (await os.run({ op: 'verse/check', options: { text } }).result).works[0] ?? (await keep(text));
  async function keep(said: string) {
    const lines = said.split(/[，。]/).filter(Boolean);
    return (await os.run({ op: 'verse/keep', options: { lines } }).result).works[0]!;
  }
  const forms = { op: 'verse/mark', options: { lines: ['白日依山尽', '黄水入□□', '□□□□□', '□□□□□'], form: '五绝' } };
  const here = {
    ask: await os.ask(forms),
    replay: await os.replay(id),
    export: await os.export(id, 'svg'),
    critique: await os.critique(id),
  };
  for (const name of ['ask', 'replay', 'export', 'critique', 'thumbnail'] as const) {
    t.mock.method(os, name, () => assert.fail(`${name} was done here`));
  }
  const there = {
    ask: await away.ask(forms),
    replay: await away.replay(id),
    export: await away.export(id, 'svg'),
    critique: await away.critique(id),
  };
  assert.deepEqual(
    { ...there.export, bytes: Buffer.from(there.export.bytes) },
    { ...here.export, bytes: Buffer.from(here.export.bytes) },
  );
  assert.deepEqual({ ...there, export: null }, { ...here, export: null });
  const drawn = await away.thumbnail(id, { width: 64 });
  assert.equal(Buffer.from(drawn.subarray(8, 12)).toString(), 'WEBP');
  assert.deepEqual(Buffer.from(await away.thumbnail(id, { width: 64 })), Buffer.from(drawn));
  await assert.rejects(away.export(id, 'nothing'), { code: 'host/no-format', kind: 'input' });
  await assert.rejects(away.ask({ op: 'no/op' }), { code: 'kernel/unknown-op' });
  await assert.rejects(away.replay('ffff'), { code: 'storage/work-missing' });
  const pids = os.processes().map(({ pid }) => pid);
  assert.ok(pids.length === 1 && !pids.includes(process.pid), 'one after another needs one process');
});
