import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { test } from 'node:test';
import { isGone, OWNER } from './owner.ts';

const DAY = 86_400_000;

test('[ST23] an owner is gone when its process has ended, or when its number is another program’s by now', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const owner = (start: number): string => `${hostname()}:${child.pid}:${start}`;
  const living = owner(Date.now());
  assert.equal(isGone(OWNER), false);
  assert.equal(isGone(living), false);
  assert.equal(isGone(owner(Date.now() - DAY)), process.platform === 'linux', 'of the day before: not this one');
  assert.equal(isGone(`elsewhere:${child.pid}:${Date.now() - DAY}`), false, 'of other machines nothing is known');
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(isGone(living), true);
});
