/** The example of docs/custom-models.md: it compiles, learns and writes, and the page shows this very file. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createEvaluation, createLearner, createParameters, freshLearnerState } from '../../src/training/index.ts';
import { gruObjective, gruStep } from './gru.ts';

const TEXT = 'the moon over the sea and the sea under the moon.';
const letters = [...new Set(TEXT)].sort();
const tokens = [...TEXT].map((letter) => letters.indexOf(letter));
const sizes = { vocabSize: letters.length, width: 24, length: TEXT.length - 1, rows: 1 };
const OPTIMISER = { kind: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 } as const;

test('an architecture in one file learns a sentence and writes it', async () => {
  const objective = gruObjective(sizes);
  const state = freshLearnerState(objective, createParameters(objective.parameters, 'gru'));
  await using learner = await createLearner(objective, state, { optimiser: OPTIMISER, clip: 1, threads: 1 });
  const feeds = {
    ids: { data: Int32Array.from(tokens.slice(0, -1)), shape: [sizes.length] },
    targets: { data: Int32Array.from(tokens.slice(1)), shape: [sizes.length] },
    start: { data: new Float32Array(sizes.width), shape: [1, sizes.width] },
  };
  const first = (await learner.step(feeds, 0.01)).loss;
  let last = first;
  for (let step = 0; step < 250; step++) last = (await learner.step(feeds, 0.01)).loss;
  assert.ok(last < 0.05 * first, `${first} to ${last}`);

  await using writer = await createEvaluation(gruStep(sizes), { threads: 1 });
  let memory: Float32Array = new Float32Array(sizes.width);
  let written = TEXT[0]!;
  while (written.length < TEXT.length) {
    const id = { data: Int32Array.of(letters.indexOf(written.at(-1)!)), shape: [1] };
    const result = await writer.run(learner.parameters(), { id, state: { data: memory, shape: [1, sizes.width] } });
    memory = result.state as Float32Array;
    const logits = result.logits as Float32Array;
    written += letters[logits.indexOf(Math.max(...logits))]!;
  }
  assert.equal(written, TEXT);
});

test('the page on custom models shows the example as it runs', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/custom-models.md'), 'utf8');
  const shown = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  assert.ok(shown.includes(readFileSync(join(import.meta.dirname, 'gru.ts'), 'utf8')));
});
