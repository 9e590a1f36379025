/** The launcher as a process: its streams, its exit code, its signals. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const home = mkdtempSync(join(tmpdir(), 'launcher-'));
after(() => rmSync(home, { recursive: true, force: true }));
const launcher = join(import.meta.dirname, '../../bin/llmagentos');

function launch(argv: readonly string[]) {
  const env = { ...process.env, LLMAGENTOS_HOME: home, LANG: 'en_GB.UTF-8', LC_ALL: '' };
  return spawn(process.execPath, [launcher, ...argv], { env, stdio: ['pipe', 'pipe', 'pipe'] });
}

test('[CL27] the launcher passes on output and exit code', async () => {
  const child = launch(['show', 'last', '--json']);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = await once(child, 'close');
  assert.equal(code, 66);
  assert.equal(JSON.parse(Buffer.concat(chunks).toString()).error.code, 'cli/no-works');
});

test('[CL28] a signal to the launcher reaches the work, which ends with 130', async () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const child = launch(['serve', '--stdio']);
    await once(child.stdout, 'data');
    child.kill(signal);
    const [code] = await once(child, 'close');
    assert.equal(code, 130);
  }
});

test('[CL29] a reader that leaves early is no failure', async () => {
  const child = launch(['--help']);
  child.stdout.destroy();
  const [code] = await once(child, 'close');
  assert.equal(code, 0);
});
