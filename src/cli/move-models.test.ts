import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createRandomModelFolder } from '../training/index.ts';
import { runTyped } from './fixture.ts';

const home = mkdtempSync(join(tmpdir(), 'move-models-'));
after(() => rmSync(home, { recursive: true, force: true }));
const env = { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home };

test('[CL40] a model leaves as GGUF and as ONNX, and comes back from GGUF under another name', async () => {
  const vocabulary = ['<pad>', '<s>', '</s>', '<unk>', ...'春眠不觉晓'];
  await createRandomModelFolder(join(home, 'models', 'own'), { vocabulary, max_position_embeddings: 32 });
  const gguf = join(home, 'own.gguf');
  const typed = (...argv: string[]) => runTyped(argv, { env });
  const written = await typed(
    'models',
    'export',
    'own',
    '--format',
    'gguf',
    '--precision',
    'F32',
    '-o',
    gguf,
    '--json',
  );
  assert.equal(written.exitCode, 0, written.err + written.out);
  const onnx = await typed('models', 'export', 'own', '--format', 'onnx', '-o', join(home, 'onnx'), '--json');
  assert.equal(onnx.exitCode, 0, onnx.err + onnx.out);
  assert.ok(existsSync(join(home, 'onnx', 'onnx', 'model.onnx')));
  const back = await typed('models', 'import', gguf, '--name', 'back', '--licence', 'CC0-1.0', '--json');
  assert.equal(back.exitCode, 0, back.err + back.out);
  const { imported } = JSON.parse(back.out) as { imported: { format: string; card: Record<string, unknown> } };
  assert.deepEqual([imported.format, imported.card.licence, imported.card.writes], ['gguf', 'CC0-1.0', 'prose']);
  const again = await typed('models', 'import', gguf, '--name', 'back', '--json');
  assert.match(again.out + again.err, /cli\/model-name-taken/);
});
