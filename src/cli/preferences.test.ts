/** `train --preferences`: pairs of a file and of the ledger, as a person types it, and what is refused. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createProseBase, inventProse } from '../../test/own-work-fixture.ts';
import { createOs } from '../host/index.ts';
import { type Ran, runTyped } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-preferences-'));
const home = join(folder, 'home');
const file = join(folder, 'pairs.jsonl');
before(() => createProseBase(join(home, 'models/base')));
after(() => rmSync(folder, { recursive: true, force: true }));

const typed = (...argv: readonly string[]): Promise<Ran> =>
  runTyped(['train', ...argv], { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });
const sentence = (seed: string): string => inventProse(seed, 1).trim();
const write = (count: number): void => {
  // A taste that can be told: what is liked ends with 河边.
  const pairs = Array.from({ length: count }, (_, i) => {
    const body = sentence(`body ${i}`).slice(0, 12);
    return { prompt: sentence(`prompt ${i}`).slice(0, 10), chosen: `${body}河边河边`, rejected: `${body}雪地雪地` };
  });
  writeFileSync(file, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''));
};

test('[MO24] pairs that cannot be used are refused before anything is trained', async () => {
  const codeOf = async (...argv: readonly string[]): Promise<string> => {
    const { exitCode, err } = await typed('--preferences', ...argv);
    return `${exitCode} ${/\[(.*)\]/.exec(err)?.[1]}`;
  };
  const named = ['--name', 'liked', '--base', 'base'];
  assert.equal(await codeOf(file), '64 cli/missing-option');
  assert.equal(await codeOf(file, '--name', '../x'), '64 cli/bad-model-name');
  assert.equal(await codeOf(file, ...named), '66 core/file-missing');
  writeFileSync(file, '{"prompt":"a"}\n');
  assert.equal(await codeOf(file, ...named), '64 training/bad-preferences');
  write(5);
  assert.equal(await codeOf(file, ...named), '64 training/too-few-preferences');
  assert.equal(await codeOf('ledger', ...named), '64 training/too-few-preferences');
});

test('[MO24] a file of pairs makes a model that finds what was chosen likelier, and says what it cost', async () => {
  write(60);
  const made = await typed(
    ...['--preferences', file, '--name', 'liked', '--method', 'full', '--epochs', '6', '--beta', '0.5', '--json'],
    ...['--base', 'base'],
  );
  assert.equal(made.exitCode, 0, made.err + made.out);
  const { steps } = JSON.parse(made.out) as { steps: { op: string; facts: Record<string, number> }[] };
  assert.deepEqual(
    steps.map(({ op }) => op),
    ['preferences/collect', 'model/prefer', 'model/publish'],
  );
  const { moved, pairs, perplexity, perplexityBefore } = steps[1]!.facts;
  assert.ok(pairs === 12 && moved! >= 0.9, JSON.stringify(steps[1]!.facts));
  assert.ok(perplexity! > 0 && perplexityBefore! > 0);
  const card = JSON.parse(readFileSync(join(home, 'models/liked/card.json'), 'utf8'));
  assert.deepEqual([card.writes, card.licence, card.trainedOn[0].base], ['prose', 'Apache-2.0', 'base']);
  assert.equal(card.scores.preferences.moved, moved);
  const again = await typed('--preferences', file, '--name', 'told', '--base', 'base', '--steps', '10');
  assert.match(again.out, /the chosen answer is the likelier one: \d+ % before, \d+ % after, of 12 held-out pairs/);
});

test('[MO24] the choices on the ledger become pairs, against what was passed over in the same run', async () => {
  {
    await using os = await createOs({ home });
    const write = async (i: number) => {
      const options = {
        model: 'base',
        opening: sentence(`opening ${i}`).slice(0, 8),
        length: 20,
        count: 5,
        candidates: 5,
      };
      return (await os.run({ op: 'prose/write', options, seed: i }).result).works.map(({ id }) => id);
    };
    const first = await write(0);
    await os.choose({ shown: first, picked: null });
    const other = await write(1);
    await os.choose({ shown: [first[0]!, other[0]!], picked: other[0]! });
    for (let i = 2; i < 9; i++) {
      const shown = await write(i);
      await os.choose({ shown, picked: shown[0]! });
      await os.choose({ shown, picked: shown[2]! });
    }
    const { model, pairs, choices, unused } = await os.recordedChoices();
    assert.deepEqual([model, choices, unused], ['base', 16, 2]);
    assert.equal(pairs.length, 7 * 7, 'a later choice about the same two replaces the earlier');
    assert.ok(pairs.every(({ prompt, chosen, rejected }) => prompt.length === 8 && chosen !== rejected));
  }
  const made = await typed('--preferences', 'ledger', '--name', 'mine', '--steps', '10');
  assert.equal(made.exitCode, 0, made.err);
  assert.match(made.err, /16 choices on the ledger, 2 of no use here: 49 pairs/);
  assert.match(made.out, /goes on from “base”/);
});
