import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { createOs } from '../create-os.ts';
import { layBroughtFiles, learnOwnWork, type Step } from './index.ts';

/** Steps that note what was asked, and answer a fixed fact. */
function noting(facts: object = {}): {
  step: Step;
  asked: { op: string; inputs: readonly string[]; options: object }[];
} {
  const asked: { op: string; inputs: readonly string[]; options: object }[] = [];
  const step: Step = async (op, inputs, options) => {
    asked.push({ op, inputs, options });
    return { ...facts, id: `of ${op}` };
  };
  return { step, asked };
}

test('texts and tunes go through six steps each, every step on what the one before made', async () => {
  for (const kind of ['text', 'music'] as const) {
    const { step, asked } = noting({ base: 'the-base' });
    await learnOwnWork(step, { name: 'mine', kind, from: { folder: '/songs' }, licence: 'CC0-1.0' });
    const art = kind === 'music' ? 'tunes' : 'corpus';
    assert.deepEqual(
      asked.map(({ op }) => op),
      [
        `${art}/collect`,
        `${art}/clean`,
        kind === 'music' ? 'tunes/tokenise' : 'dataset/tokenise',
        'model/train',
        kind === 'music' ? 'tunes/evaluate' : 'model/evaluate',
        'model/publish',
      ],
    );
    assert.deepEqual(asked.at(-1)!.inputs, ['of model/train', `of ${kind === 'music' ? 'tunes' : 'model'}/evaluate`]);
    assert.deepEqual(asked.at(-1)!.options, { name: 'mine', replace: undefined, licence: 'CC0-1.0' });
  }
});

test('brought files become a folder named after what is in them; names never become paths', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'brought-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  await using os = await createOs({ home });
  const text = await os.bring({ name: '../../../etc/夜.txt', mime: 'text/plain', bytes: Buffer.from('夜色') });
  const tune = await os.bring({ name: 'reel.abc', mime: 'text/vnd.abc', bytes: Buffer.from('X:1\nK:D\nDEF') });
  const more = await os.bring({ name: 'jig.MID', mime: 'audio/midi', bytes: Buffer.from('MThd') });
  const laid = await layBroughtFiles(os, [text.id, tune.id, more.id]);
  assert.equal(laid.kind, 'music');
  assert.deepEqual(await readdir(laid.folder), ['0000-夜.txt', '0001-reel.abc', '0002-jig.MID']);
  assert.equal(await readFile(join(laid.folder, '0000-夜.txt'), 'utf8'), '夜色');
  assert.equal((await layBroughtFiles(os, [text.id, tune.id, more.id])).folder, laid.folder);
  await assert.rejects(layBroughtFiles(os, ['0000000000000000']), { code: 'storage/work-missing' });
});
