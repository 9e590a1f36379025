/** The Python client, whole: Python starts the system itself and makes works with it. Skipped where there is no Python 3.9 or later. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { addTinyVerse } from '../src/server/doors/fixture.ts';

/** The first Python that is new enough. */
const python = ['/usr/bin/python3', 'python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0,
);
const skip = python === undefined ? 'no python3 (3.9 or later) was found; on Debian: apt-get install python3' : false;

test('the Python client makes texts, pictures and music, and tells what went wrong', {
  skip,
  timeout: 300_000,
}, async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'python-'));
  t.after(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  await addTinyVerse(home);
  const script = join(import.meta.dirname, '../clients/python/test_llmagentos.py');
  const child = spawn(python!, ['-B', script], { env: { ...process.env, LLMAGENTOS_HOME: home } });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 0, said);
  assert.match(said, /Ran \d+ tests[\s\S]*OK/);
});
