import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import { filterChoices, penaliseRepetition, rankChoices, type SamplingOptions, sampleChoice } from './sampling.ts';

const everything: SamplingOptions = { temperature: 1, topK: 0, topP: 1, minP: 0, typicalP: 1, repetitionPenalty: 1 };
const logits = Float32Array.from([Math.log(0.5), Math.log(0.25), Math.log(0.15), Math.log(0.1), 9]);
const admitted = [0, 1, 2, 3];
const tokens = (options: Partial<SamplingOptions>): number[] =>
  filterChoices(rankChoices(logits, admitted, 1), { ...everything, ...options }).map(({ token }) => token);

test('[VE20] only admitted tokens are ranked, and their probabilities sum to one', () => {
  const ranked = rankChoices(logits, admitted, 1);
  assert.deepEqual(
    ranked.map(({ token }) => token),
    [0, 1, 2, 3],
  );
  assert.ok(Math.abs(ranked[0]!.probability - 0.5) < 1e-6);
  assert.ok(Math.abs(ranked.reduce((sum, { probability }) => sum + probability, 0) - 1) < 1e-9);
});

test('[VE21] each filter keeps what its paper says', () => {
  assert.deepEqual(tokens({ topK: 2 }), [0, 1]);
  assert.deepEqual(tokens({ topP: 0.74 }), [0, 1]);
  assert.deepEqual(tokens({ topP: 0.76 }), [0, 1, 2]);
  assert.deepEqual(tokens({ minP: 0.29 }), [0, 1, 2]);
  // Entropy is 1.208 nats; surprise is 0.69, 1.39, 1.90, 2.30: the second token is the most typical.
  assert.deepEqual(tokens({ typicalP: 0.2 }), [1]);
  assert.deepEqual(tokens({ typicalP: 0.7 }), [0, 1]);
  assert.deepEqual(tokens({ topP: 1e-9, minP: 1 }), [0], 'one always remains');
});

test('[VE22] temperature 0 is greedy; sampling follows the probabilities', () => {
  const ranked = rankChoices(logits, admitted, 0);
  assert.equal(sampleChoice(ranked, 0, createRandom(1)).token, 0);
  const random = createRandom('sampling');
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 20_000; i++) counts[sampleChoice(rankChoices(logits, admitted, 1), 1, random).token]! += 1;
  for (const [i, expected] of [0.5, 0.25, 0.15, 0.1].entries())
    assert.ok(Math.abs(counts[i]! / 20_000 - expected) < 0.015);
});

test('[VE23] a repetition penalty lowers the logits of what was used, whatever their sign', () => {
  const changed = Float32Array.from([2, -2, 1]);
  penaliseRepetition(changed, [0, 1, 1], 2);
  assert.deepEqual([...changed], [1, -4, 1]);
});
