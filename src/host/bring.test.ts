import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createOs } from './index.ts';

const home = mkdtempSync(join(tmpdir(), 'llmagentos-bring-'));
after(() => rmSync(home, { recursive: true, force: true }));

const bytes = new TextEncoder().encode('X:1\nK:C\nCDEF|\n');
const melody = { name: 'hum.abc', mime: 'text/vnd.abc', bytes };

test('a file that is brought is a work, the same one each time, and stands on the ledger', async () => {
  await using os = await createOs({ home, modelFolders: [] });
  const work = await os.bring(melody);
  assert.equal((await os.bring(melody)).id, work.id);
  assert.deepEqual([work.medium, work.title, work.parents], ['file', 'hum.abc', []]);
  assert.deepEqual((await os.load(work.id)).bytes, bytes);
  assert.equal((await os.works.list({ medium: 'file' })).length, 1);
  await assert.rejects(os.replay(work.id), { code: 'kernel/not-made-here' });
});

test('an empty or a huge file is refused', async () => {
  await using os = await createOs({ home, modelFolders: [] });
  await assert.rejects(os.bring({ ...melody, bytes: new Uint8Array() }), { code: 'kernel/empty-file' });
  const huge = { length: 300 * 2 ** 20 } as Uint8Array;
  await assert.rejects(os.bring({ ...melody, bytes: huge }), { code: 'kernel/file-too-large' });
});
