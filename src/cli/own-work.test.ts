/** `train --on`: the whole way as a person types it, and what is refused before any work is done. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createProseBase, writeFolder } from '../../test/own-work-fixture.ts';
import { type Ran, runTyped } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-own-work-'));
const home = join(folder, 'home');
const novels = join(folder, 'novels');
before(async () => {
  writeFolder(novels, 12);
  await createProseBase(join(home, 'models/base'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const typed = (argv: readonly string[], lang = 'en_GB.UTF-8'): Promise<Ran> =>
  runTyped(argv, { env: { LANG: lang, LLMAGENTOS_HOME: home } });
const train = (name: string, ...more: readonly string[]): string[] => [
  ...['train', '--on', novels, '--name', name, '--base', 'base', '--steps', '12'],
  ...more,
];

test('[MO20] a name that cannot be used, or is taken, is refused before anything is read', async () => {
  const codeOf = async (...argv: readonly string[]): Promise<string> => {
    const { exitCode, err } = await typed(argv);
    return `${exitCode} ${/\[(.*)\]/.exec(err)?.[1]}`;
  };
  assert.equal(await codeOf('train', '--on', novels), '64 cli/missing-option');
  assert.equal(await codeOf(...train('my voice')), '64 cli/bad-model-name');
  assert.equal(await codeOf(...train('../voice')), '64 cli/bad-model-name');
  assert.equal(await codeOf(...train('base')), '75 house/model-name-taken');
  assert.match((await typed(train('base'), 'zh_CN.UTF-8')).err, /已有名为“base”的模型/);
  assert.equal(await codeOf('train', '--on', join(folder, 'none'), '--name', 'x'), '66 training/corpus-missing');
});

test('[MO21] one command makes a model of one\u2019s own; typed again it comes to the same; write uses it', async () => {
  const made = await typed(train('voice', '--method', 'lora', '--json'));
  assert.equal(made.exitCode, 0, made.err + made.out);
  const { name, steps } = JSON.parse(made.out) as {
    name: string;
    steps: { op: string; facts: { digest: string; perplexity?: number; page?: string } }[];
  };
  assert.equal(name, 'voice');
  assert.deepEqual(
    steps.map(({ op }) => op),
    ['corpus/collect', 'corpus/clean', 'dataset/tokenise', 'model/train', 'model/evaluate', 'model/publish'],
  );
  assert.ok(steps.every(({ facts }) => facts.page === undefined));
  assert.ok(steps[4]!.facts.perplexity! > 1);

  const again = await typed(train('voice', '--method', 'lora', '--replace'), 'zh_CN.UTF-8');
  assert.equal(again.exitCode, 0, again.err);
  assert.match(again.out, /“voice”/);
  assert.match(again.err, /12 /, 'what was read and dropped is told on the way');
  assert.ok(
    again.out.split('\n').every((line) => line.length < 100),
    again.out,
  );

  const wrote = await typed(['write', '老周在河边', '--model', 'voice', '--seed', '3', '--json']);
  assert.equal(wrote.exitCode, 0, wrote.err + wrote.out);
  assert.match(wrote.out, /老周在河边/);
});
