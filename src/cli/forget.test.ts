/** `forget --retrain` as a person types it: a model trained by shards goes on from before it had read the document. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createProseBase, writeFolder } from '../../test/own-work-fixture.ts';
import { type Ran, runTyped } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-forget-'));
const home = join(folder, 'home');
after(() => rmSync(folder, { recursive: true, force: true }));

const typed = (argv: readonly string[], lang = 'en_GB.UTF-8'): Promise<Ran> =>
  runTyped(argv, { env: { LANG: lang, LLMAGENTOS_HOME: home } });

interface Line {
  readonly source: string;
  readonly split: string;
  readonly shard: number;
}

/** The chapters that were learned from, those of the last shard last. */
function learned(): string[] {
  const [dataset] = readdirSync(join(home, 'workshop')).filter((name) => name.startsWith('dataset-'));
  const lines = readFileSync(join(home, 'workshop', dataset!, 'provenance.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines
    .map((line) => JSON.parse(line) as Line)
    .filter(({ split }) => split === 'train')
    .toSorted((a, b) => a.shard - b.shard)
    .map(({ source }) => source);
}

test('[MO22] forget --retrain trains the model that had read a document again without it, and its card says so', async () => {
  const novels = writeFolder(join(folder, 'novels'), 12);
  await createProseBase(join(home, 'models/base'));
  const argv = ['train', '--on', novels, '--name', 'voice', '--base', 'base', '--order', 'shards', '--epochs', '1'];
  const made = await typed([...argv, '--json']);
  assert.equal(made.exitCode, 0, made.err + made.out);
  const corpus = (JSON.parse(made.out) as { steps: { id: string }[] }).steps[1]!.id;
  const gone = learned().at(-1)!;
  const { exitCode, out, err } = await typed(['forget', corpus, gone, '--retrain', '--json']);
  assert.equal(exitCode, 0, err + out);
  const { forgotten, retrained } = JSON.parse(out) as {
    forgotten: {
      corpus: string;
      models: { name: string; order: string; from: number; steps: number }[];
      datasets: { after: string }[];
    };
    retrained: { name: string; perplexity: number }[];
  };
  const [{ order, from, steps }] = forgotten.models as [(typeof forgotten.models)[0]];
  assert.ok(order === 'shards' && from > 0 && from < steps, `${from} of ${steps}`);
  assert.deepEqual(
    retrained.map(({ name }) => name),
    ['voice'],
  );
  const card = JSON.parse(readFileSync(join(home, 'models/voice/card.json'), 'utf8')) as {
    trainedOn: { dataset: string }[];
    withdrawn: { from: number; withdrawn: { documents: { sha256: string }[] } }[];
    scores: { perplexity: number };
  };
  assert.equal(card.trainedOn[0]!.dataset, forgotten.datasets[0]!.after);
  assert.equal(card.scores.perplexity, retrained[0]!.perplexity);
  assert.equal(card.withdrawn[0]!.from, from);
  assert.match(card.withdrawn[0]!.withdrawn.documents[0]!.sha256, /^[0-9a-f]{64}$/);
  const said = await typed(['forget', forgotten.corpus, learned()[0]!], 'zh_CN.UTF-8');
  assert.match(said.out, /voice 须从底子起重新训练/, said.out + said.err);
  assert.match(said.out, /--retrain/);
});
