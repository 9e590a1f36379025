/** Every op has a short name for people. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createOs } from '../../src/host/index.ts';
import { OP_NAMES } from '../src/work/op-names.ts';

test('[WEB13] every op of the system goes by a short name in both languages; no name is of an op that is gone', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'op-names-'));
  t.after(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  await using os = await createOs({ home });
  const ops = os.listOps().map(({ name }) => name);
  for (const op of ops) assert.ok(OP_NAMES[op], `no name for ${op}`);
  for (const name of Object.keys(OP_NAMES)) if (name.includes('/')) assert.ok(ops.includes(name), `${name} is gone`);
  for (const { en, zh } of Object.values(OP_NAMES)) assert.ok(en.length <= 24 && zh.length <= 8);
});
