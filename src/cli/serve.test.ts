/** `serve` as a person meets it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { World } from './door.ts';
import { runTyped } from './fixture.ts';
import { runCli } from './run.ts';

const home = mkdtempSync(join(tmpdir(), 'cli-serve-'));
after(() => rmSync(home, { recursive: true, force: true }));
const env = { LLMAGENTOS_HOME: home, LANG: 'en_GB.UTF-8' };

/** Starts the command line and gives its first line; the rest goes on until the signal. */
function start(argv: readonly string[], change: Partial<World> = {}) {
  const controller = new AbortController();
  const { promise: line, resolve } = Promise.withResolvers<string>();
  const err: string[] = [];
  const code = runCli({
    argv,
    env,
    stdin: (async function* () {})(),
    stdout: { write: (text) => resolve(text) },
    stderr: { write: (text) => err.push(text) },
    signal: controller.signal,
    ...change,
  });
  void code.then(() => resolve(err.join('')));
  return { line, code, stop: () => controller.abort() };
}

test('[CL60] it prints one line to click; a second one gives the link of the first; both links let in', async () => {
  const first = start(['serve', '--port', '0', '--no-open', '--no-build']);
  const said = await first.line;
  const link = /^The studio is open: (http:\/\/127\.0\.0\.1:\d+\/\?ticket=[\w.-]+)\n$/.exec(said)?.[1];
  assert.ok(link, said);
  const second = await runTyped(['serve', '--no-open', '--lang', 'zh'], { env });
  assert.equal(second.exitCode, 0);
  const again = /^画室已经开着： (\S+)\n$/.exec(second.out)?.[1];
  assert.ok(again, second.out);
  assert.notEqual(again, link);
  for (const one of [link, again]) assert.equal((await fetch(one, { redirect: 'manual' })).status, 303);
  const asJson = JSON.parse((await runTyped(['serve', '--json'], { env })).out) as {
    serving: { url: string; pid: number };
  };
  assert.equal(asJson.serving.pid, process.pid);
  const { key } = JSON.parse(readFileSync(join(home, 'server.json'), 'utf8')) as { key: string };
  assert.ok(![said, second.out].some((text) => text.includes(key)), 'the key itself is told to nobody');
  first.stop();
  assert.equal(await first.code, 0);
  await assert.rejects(fetch(asJson.serving.url));
});

test('[CL61] nothing typed in a terminal opens the studio; in a pipe it says what could be typed', async () => {
  const tty = Object.assign((async function* () {})(), { isTTY: true });
  const { promise, resolve } = Promise.withResolvers<string>();
  const stdout = { isTTY: true, write: (text: string): void => resolve(text) };
  const running = start([], { stdin: tty, stdout, env: { ...env, LLMAGENTOS_NO_BUILD: '1' } });
  assert.match(await promise, /The studio is open: .*ticket=/);
  running.stop();
  assert.equal(await running.code, 0);
  assert.match((await runTyped([], { env })).out, /写一首关于星空的诗/);
});

test('[CL62] it ends with the program that started it, where that is wished', async () => {
  const { promise: parent, resolve: end } = Promise.withResolvers<void>();
  const stdin = (async function* () {
    await parent;
    yield* [];
  })();
  const running = start(['serve', '--port', '0', '--no-open', '--no-build', '--attached'], { stdin });
  await running.line;
  end();
  assert.equal(await running.code, 0);
});

test('[CL63] an address that others can reach needs a key; a port that was asked for is that one or none', async () => {
  const open = await runTyped(['serve', '--host', '0.0.0.0', '--no-build'], { env });
  assert.deepEqual([open.exitCode, open.err.includes('[http/host-needs-key]')], [64, true]);
  assert.match((await runTyped(['serve', '--port', '70000'], { env })).err, /\[cli\/bad-number\]/);
});
