import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'database-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const database = new URL('database.ts', import.meta.url).href;

/** Opens the database of a home in a process of its own, at a given moment; 0 when it could. */
function openAt(home: string, moment: number): Promise<number | null> {
  const code = `import { openDatabase } from '${database}'; while (Date.now() < ${moment}); openDatabase('${home}').close();`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve) => {
    child.on('exit', resolve);
  });
}

test('[ST20] first commands that open one new home at the same moment all succeed', async () => {
  for (let round = 0; round < 3; round++) {
    const home = mkdtempSync(join(folder, 'home-'));
    const moment = Date.now() + 600;
    assert.deepEqual(await Promise.all(Array.from({ length: 5 }, () => openAt(home, moment))), [0, 0, 0, 0, 0]);
  }
});
