import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createLearner, freshLearnerState } from '../learn/index.ts';
import { type AdapterOptions, adapterParameters, mergeAdapter } from './adapter.ts';
import { createBatch } from './batch.ts';
import { dpoFeeds, dpoObjective, measureGaps } from './dpo.ts';
import { sizeOf } from './parameters.ts';
import { loadReference, referenceWeights } from './reference.ts';
import { createGptRunner } from './runner.ts';

const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const close = (a: ArrayLike<number>, b: ArrayLike<number>, within: number): void => {
  assert.equal(a.length, b.length);
  for (let i = 0; i < a.length; i++) assert.ok(Math.abs(a[i]! - b[i]!) <= within, `${i}: ${a[i]}, not ${b[i]}`);
};

interface RecordedAdapter {
  readonly targets: readonly string[];
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly logits: readonly number[];
}

for (const [shape, name] of [['llama', 'reference'] as const, ['gpt2', 'reference-gpt2'] as const]) {
  test(`[TR228] adapters have PEFT's names and shapes, and merged they give PEFT's logits: ${shape}`, async () => {
    const recorded = read('reference-adapter.json');
    const { targets, shapes, logits } = recorded[shape] as RecordedAdapter;
    const reference = loadReference(name);
    const options: AdapterOptions = { rank: recorded.rank, alpha: recorded.alpha, targets };
    const parameters = adapterParameters(reference.config, options);
    assert.deepEqual(Object.fromEntries(parameters.map((one) => [one.name, one.shape])), shapes);
    const wave = (k: number, i: number): number => 0.4 * Math.sin(1.7 * i + 0.3 * k + 0.001 * i * i);
    const adapter = new Map(
      Object.entries(shapes).map(([key, dims], k) => [
        key,
        Float32Array.from({ length: sizeOf(dims) }, (_, i) => wave(k, i)),
      ]),
    );
    const merged = mergeAdapter(reference.config, referenceWeights(reference), adapter, options);
    await using runner = await createGptRunner(reference.config, merged, { threads: 1 });
    await using batch = await runner.open(reference.tokens[1]!, 1);
    close(batch.logits(0), logits, 1e-4);
  });
}

test('[TR229] loss, margins and gradient of preference tuning are those of PyTorch', async () => {
  const recorded = read('reference-dpo.json');
  const { config, ...reference } = loadReference();
  const weights = referenceWeights({ config, ...reference });
  const tokens = recorded.tokens as number[][];
  const [rows, length] = [tokens.length, tokens[0]!.length];
  const predict = Uint8Array.from(tokens.flatMap((row) => row.map((_, t) => (t < recorded.prompt ? 0 : 1))));
  const segments = new Uint8Array(rows * length).fill(1);
  const split = { rows, length, tokens: Uint16Array.from(tokens.flat()), segments, predict };
  const batch = createBatch(split, [0, 1, 2, 3]);
  const start = new Map([...weights].map(([name, values]) => [name, values.map((x) => Math.fround(x * 0.9))]));
  const [gaps] = await measureGaps(config, start, [batch], { threads: 1 });
  close(gaps!, recorded.gaps, 1e-4);
  const objective = dpoObjective(config, batch, { beta: recorded.beta });
  const options = { optimiser: { kind: 'adamw' }, threads: 1 } as const;
  await using learner = await createLearner(objective, freshLearnerState(objective, weights), options);
  const { loss, gradientNorm, reports } = await learner.step(dpoFeeds(batch, gaps!), 0.01);
  close(
    [loss, reports.margin!, reports.accuracy!],
    [recorded.loss, (recorded.margins[0] + recorded.margins[1]) / 2, 0.5],
    2e-5,
  );
  assert.ok(Math.abs(gradientNorm - recorded.gradientNorm) < 1e-4 * recorded.gradientNorm, `${gradientNorm}`);
});
