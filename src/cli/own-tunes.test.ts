/** `train --on` with a folder of music: the whole way as a person types it, what is refused, and which way a mixed folder goes. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createTuneBase, writeTunes } from '../../test/own-tunes-fixture.ts';
import { type Ran, runTyped } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-own-tunes-'));
const home = join(folder, 'home');
const music = join(folder, 'music');
before(async () => {
  writeTunes(music, 22);
  writeFileSync(join(music, 'broken.mid'), 'no music');
  cpSync(join(music, '01.mid'), join(music, 'again.mid'));
  writeFileSync(join(music, 'LICENSE'), 'CC0 1.0 Universal');
  writeFileSync(join(music, 'diary.txt'), 'a text among the tunes');
  await createTuneBase(join(home, 'models/tiny'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const typed = (argv: readonly string[], lang = 'en_GB.UTF-8'): Promise<Ran> =>
  runTyped(argv, { env: { LANG: lang, LLMAGENTOS_HOME: home } });
const train = (on: string, name: string, ...more: readonly string[]): string[] => [
  ...['train', '--on', on, '--name', name, '--base', 'tiny', '--style', 'folk', '--steps', '10'],
  ...more,
];

interface Made {
  readonly kind: string;
  readonly steps: readonly { readonly op: string; readonly facts: Readonly<Record<string, unknown>> }[];
}

test('[MU44] one command makes a model of an artist\u2019s own tunes, measured beside its base, and compose uses it', async () => {
  const made = await typed(train(music, 'mine', '--json'));
  assert.equal(made.exitCode, 0, made.err + made.out);
  const { kind, steps } = JSON.parse(made.out) as Made;
  assert.equal(kind, 'music');
  assert.deepEqual(
    steps.map(({ op }) => op),
    ['tunes/collect', 'tunes/clean', 'tunes/tokenise', 'model/train', 'tunes/evaluate', 'model/publish'],
  );
  const [, clean, tokens, , evaluation] = steps.map(({ facts }) => facts);
  assert.equal(clean!.tunes, 22);
  assert.deepEqual(
    (clean!.removed as { rule: string; count: number }[]).map(({ rule, count }) => [rule, count]),
    [['unreadable', 1]],
  );
  const skipped = clean!.skipped as { source: string; reason: { en: string } }[];
  assert.ok(skipped.some(({ source, reason }) => source === 'again.mid' && reason.en.includes('01.mid')));
  assert.deepEqual(clean!.licences, { 'CC0-1.0': 22 });
  assert.equal((tokens!.heldOut as string[]).length, 3);
  assert.ok(Number(evaluation!.natsPerEvent) < Number(evaluation!.baseNatsPerEvent));
  const card = JSON.parse(readFileSync(join(home, 'models/mine/card.json'), 'utf8')) as Record<string, unknown>;
  assert.deepEqual([card.writes, card.licence], ['tunes', 'CC0-1.0']);
  assert.ok(readFileSync(join(home, 'models/mine/copies.bin')).length > 100);

  const composed = await typed(['compose', 'a song', '--model', 'mine', '--bars', '4', '--candidates', '1', '--json']);
  assert.equal(composed.exitCode, 0, composed.err + composed.out);
});

test('[MU45] a mixed folder goes the way of most files and says so; where it is even, it is asked', async () => {
  const few = join(folder, 'few');
  mkdirSync(few);
  cpSync(join(music, '01.mid'), join(few, '01.mid'));
  cpSync(join(music, '02.abc'), join(few, '02.abc'));
  writeFileSync(join(few, 'a.txt'), 'a text');
  const refused = await typed(train(few, 'few'));
  assert.match(refused.err, /2 files of music and 1 of text/);
  assert.match(refused.err, /music\/too-few-tunes/);
  assert.match(refused.err, /Add about \d+ more tunes/);
  assert.equal(refused.exitCode, 64);
  writeFileSync(join(few, 'b.txt'), 'another');
  assert.match((await typed(train(few, 'few'), 'zh_CN.UTF-8')).err, /--kind music[\s\S]*cli\/music-or-text/);
  assert.match((await typed(['train', '--on', few, '--name', 'few', '--kind', 'text'])).err, /training\//);
});
