import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createResidency } from '../kernel/index.ts';
import { createEngineProcess, type EngineOptions, type EngineProcess } from './index.ts';
import { hasSecondWall } from './walls.ts';

const open = (options: Partial<EngineOptions> = {}): EngineProcess =>
  createEngineProcess({ name: 'trial', entry: new URL('trial-engine.ts', import.meta.url), ...options });

test('[IS1] calls are answered, with events before the answer; numbers travel as they are', async () => {
  await using engine = open();
  const events: unknown[] = [];
  const asked = [1, 2, 3].map((i) =>
    engine.call<Float32Array>('echo', Float32Array.of(i), { onEvent: (event) => void events.push(event) }),
  );
  assert.deepEqual(await Promise.all(asked), [Float32Array.of(1), Float32Array.of(2), Float32Array.of(3)]);
  assert.deepEqual(events, ['heard', 'heard', 'heard']);
  assert.equal(engine.starts, 1);
  assert.ok(engine.memory() >= 0);
});

test('[IS2] an engine sees nothing of our surroundings', async () => {
  process.env.SOME_API_KEY = 'secret';
  await using engine = open({ env: { THREADS: '2' } });
  const seen = await engine.call<Record<string, string>>('surroundings', null);
  assert.equal(seen.THREADS, '2');
  assert.equal(JSON.stringify(seen).includes('secret'), false);
  assert.equal(seen.LLMAGENTOS_HOME, undefined);
});

test('[IS3] what an engine says against a request becomes an error in both languages', async () => {
  await using engine = open();
  await assert.rejects(engine.call('fail', null), { code: 'engine/broken-model', message: /the file ends early/ });
  await assert.rejects(
    engine.call('full', null),
    ({ code, zh }) => code === 'engine/context-full' && /上限 8/.test(zh.message),
  );
  await assert.rejects(engine.call('nothing', null), /no method/);
  assert.equal(engine.starts, 1, 'a refusal is not the end of it');
});

test('[IS4] an engine that dies takes its own calls along, and nothing else; the next call starts it anew', async () => {
  await using engine = open();
  for (const way of ['exit', 'abort']) {
    const beside = assert.rejects(engine.call('wait', null), { code: 'engine/died' });
    await assert.rejects(engine.call(way, null), { code: 'engine/died' });
    await beside;
    assert.equal(await engine.call('echo', way), way);
  }
  assert.equal(engine.starts, 3);
});

test('[IS5] a call is stopped when asked; an engine that will not stop is ended', async () => {
  await using engine = open({ grace: 200 });
  for (const method of ['wait', 'spin']) {
    const controller = new AbortController();
    const call = engine.call(method, null, { signal: controller.signal });
    if (method === 'wait') await engine.call('echo', 1);
    setImmediate(() => controller.abort());
    await assert.rejects(call, { code: 'core/cancelled' });
    assert.equal(engine.starts, 1);
  }
  assert.equal(await engine.call('echo', 2), 2);
  await assert.rejects(engine.call('echo', 3, { signal: AbortSignal.abort() }), { code: 'core/cancelled' });
});

test('[IS6] an engine without a word, or with too much memory, is ended', async () => {
  await using silent = open({ quiet: 300 });
  await assert.rejects(silent.call('wait', null), { code: 'engine/hangs' });
  await using hungry = open({ memory: 300 * 2 ** 20 });
  await assert.rejects(hungry.call('eat', null), { code: 'engine/out-of-memory' });
  assert.equal(await hungry.call('echo', 'well'), 'well');
});

test('[IS7] it ends with its owner', async () => {
  const engine = open();
  await engine.call('echo', 1);
  const { pid } = engine;
  await engine[Symbol.asyncDispose]();
  assert.throws(() => process.kill(pid!, 0), { code: 'ESRCH' });
});

test('[IS8] an engine is prepared after each start, and asks for room before it', async () => {
  const residency = createResidency({ available: () => 1000 / 0.9, clock: { now: () => 0 } });
  await using engine = open({ resident: { residency, bytes: 600 }, prepare: { method: 'load', input: 'scales' } });
  assert.equal(await engine.call('loaded', null), 'scales');
  await assert.rejects(engine.call('exit', null), { code: 'engine/died' });
  assert.equal(await engine.call('loaded', null), 'scales');
  assert.deepEqual(
    residency.list().map(({ bytes, busy }) => [bytes, busy]),
    [[600, false]],
  );
  await using large = open({ resident: { residency, bytes: 2000 } });
  await assert.rejects(large.call('echo', 1), { code: 'engine/out-of-memory' });
  assert.equal(large.starts, 0, 'refused before anything was started');
  residency[Symbol.dispose]();
  await assert.rejects(open({ prepare: { method: 'fail', input: 1 } }).call('echo', 1), {
    code: 'engine/broken-model',
  });
});

test('[IS9] one more try where it may help and nothing was told yet', async () => {
  await using engine = open();
  await assert.rejects(engine.call('exit', null, { again: true }), { code: 'engine/died' });
  assert.equal(engine.starts, 2, 'once more, not for ever');
  await assert.rejects(engine.call('tellAndExit', null, { again: true }), { code: 'engine/died' });
  assert.equal(engine.starts, 3);
  await assert.rejects(engine.call('fail', null, { again: true }), { code: 'engine/broken-model' });
});

test('[IS10] an engine reaches no network: its JavaScript by the guard, all of it where the system gives it a network of nobody', async (t) => {
  const server = createServer((_, response) => void response.end('x'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  await using engine = open();
  assert.equal(await engine.call('reach', (server.address() as AddressInfo).port), 'EACCES');
  const interfaces = await engine.call<object>('interfaces', null);
  if (hasSecondWall()) assert.deepEqual(interfaces, {});
  else t.diagnostic('no second wall on this system');
});
