/** The Python client, whole: Python starts the system itself and makes works with it. Skipped where there is no Python 3.9 or later. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CONTROL_TOKENS } from '../src/studios/text/index.ts';
import { createRandomModelFolder } from '../src/training/index.ts';

/** The first Python that is new enough. */
const python = ['/usr/bin/python3', 'python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0,
);
const skip = python === undefined ? 'no python3 (3.9 or later) was found; on Debian: apt-get install python3' : false;

/** The 3,755 commonest characters: the first level of GB 2312. */
function commonCharacters(): string[] {
  const codes = Array.from({ length: 0xd7 - 0xb0 + 1 }, (_, row) =>
    Array.from({ length: row === 0xd7 - 0xb0 ? 89 : 94 }, (_, cell) => [0xb0 + row, 0xa1 + cell]).flat(),
  );
  return [...new TextDecoder('gb2312').decode(new Uint8Array(codes.flat()))];
}

test('the Python client makes texts, pictures and music, and tells what went wrong', {
  skip,
  timeout: 300_000,
}, async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'python-'));
  t.after(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  await createRandomModelFolder(join(home, 'models', 'verse-zh'), {
    vocabulary: [...CONTROL_TOKENS, ...'，。、', ...commonCharacters()],
    max_position_embeddings: 192,
    hidden_size: 16,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    intermediate_size: 32,
  });
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
