import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeFolder } from '../../../../test/own-work-fixture.ts';
import type { WorkshopHooks } from '../../../kernel/index.ts';
import { isBytePair, loadModelFolder, runTraining } from '../../../training/index.ts';
import { clean } from './clean.ts';
import { collect } from './collect.ts';
import { openShelf } from './shelf.ts';
import type { Surroundings } from './surroundings.ts';
import { tokenise } from './tokenise.ts';

const home = mkdtempSync(join(tmpdir(), 'tokenise-'));
after(() => rmSync(home, { recursive: true }));
const hooks: WorkshopHooks = { signal: new AbortController().signal, onProgress: () => {}, onFacts: () => {} };

test('[MO47] a corpus is written in tokens learned from it, and a new model begins on them', async () => {
  const surroundings = {
    home,
    shelf: openShelf(home),
    listModels: async () => assert.fail('no model is needed'),
    folderOfModel: async () => assert.fail('no base is needed'),
  } as Partial<Surroundings> as Surroundings;
  const raw = await collect(surroundings, { folder: writeFolder(join(home, 'novels'), 13) }, hooks);
  const corpus = await clean(surroundings, { corpus: raw, script: 'keep' }, hooks);
  const request = { corpus, base: '', vocabulary: 600, seed: 1 };
  const made = await tokenise(surroundings, request, hooks);
  assert.equal(made.vocabulary, 600);
  assert.equal((await tokenise(surroundings, request, hooks)).digest, made.digest);
  const result = await runTraining({
    dataset: String(made.folder),
    out: join(home, 'new'),
    model: { hidden_size: 8, num_hidden_layers: 1, num_attention_heads: 1, intermediate_size: 16 },
    steps: 1,
    batchRows: 1,
    validationRows: 1,
    threads: 1,
  });
  const { tokenizer } = await loadModelFolder(result.model);
  assert.ok(isBytePair(tokenizer) && tokenizer.vocabulary.length === 600);
});
