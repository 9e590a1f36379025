import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import { type GptConfig, gptConfig } from './config.ts';
import { createWeights, parameterCount, type Weights } from './parameters.ts';
import { loadReference, REFERENCES, referenceWeights } from './reference.ts';
import { createGptRunner } from './runner.ts';

const config = gptConfig({
  vocab_size: 50,
  hidden_size: 32,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 48,
  max_position_embeddings: 96,
});
/** Weights strong enough that the next token depends on all the ones before. */
const weights = new Map(
  [...createWeights(config, 'runner')].map(([name, w]) => [name, w.length > 32 ? w.map((x) => 10 * x) : w]),
);
const logSoftmax = (logits: Float32Array): Float64Array => {
  const most = Math.max(...logits);
  const rest = Math.log(logits.reduce((sum, x) => sum + Math.exp(x - most), 0));
  return Float64Array.from(logits, (x) => x - most - rest);
};
const close = (a: ArrayLike<number>, b: ArrayLike<number>, within = 1e-4): void => {
  assert.equal(a.length, b.length);
  for (let i = 0; i < a.length; i++) assert.ok(Math.abs(a[i]! - b[i]!) <= within, `${i}: ${a[i]} and ${b[i]}`);
};

for (const name of REFERENCES) {
  test(`[TR10] logits agree with transformers: ${name}`, async () => {
    const reference = loadReference(name);
    await using runner = await createGptRunner(reference.config, referenceWeights(reference), { threads: 1 });
    const tokens = reference.tokens[1]!;
    const v = reference.config.vocab_size;
    await using batch = await runner.open(tokens.slice(0, 4), 1);
    for (let t = 4; t <= tokens.length; t++) {
      close(batch.logits(0), reference.logits.slice((t - 1) * v, t * v));
      if (t < tokens.length) await batch.extend([tokens[t]!]);
    }
  });
}

const shapes = {
  llama: [config, weights],
  grouped: shaped({ ...config, num_key_value_heads: 2 }),
  gpt2: shaped({ ...config, model_type: 'gpt2' }),
  'gpt2 with biases': shaped({ ...config, model_type: 'gpt2', bias: true }),
} as const;

function shaped(sizes: GptConfig) {
  const made = gptConfig(sizes);
  const bold = [...createWeights(made, 'runner')].map(([name, w]) => [name, w.length > 32 ? w.map((x) => 10 * x) : w]);
  return [made, new Map(bold as [string, Float32Array][])] as const;
}

for (const [name, [config, weights]] of Object.entries(shapes)) {
  test(`[TR11] writing token by token, in several rows, equals reading the whole row: ${name}`, () =>
    compareWriting(config, weights));
}

async function compareWriting(config: GptConfig, weights: Weights): Promise<void> {
  await using runner = await createGptRunner(config, weights, { threads: 1 });
  const random = createRandom('rows');
  const prompt = [3, 1, 4, 1, 5];
  for (const width of [1, 3]) {
    await using batch = await runner.open(prompt, width);
    const rows = Array.from({ length: width }, () => [...prompt]);
    const written: number[][] = rows.map(() => []);
    for (let step = 0; step < 70; step++) {
      const next = rows.map(() => random.integer(config.vocab_size));
      next.forEach((token, i) => {
        written[i]!.push(logSoftmax(batch.logits(i))[token]!);
        rows[i]!.push(token);
      });
      await batch.extend(next);
    }
    assert.equal(batch.length, 75);
    const scores = await runner.score(rows);
    scores.forEach((score, i) => {
      close(score.slice(prompt.length), written[i]!);
    });
  }
}

test('[TR12] select copies rows and their logits, rewind erases columns, also mixed and to another width', async () => {
  await using runner = await createGptRunner(config, weights, { threads: 1 });
  await using batch = await runner.open([7, 8], 3);
  const logits = (): number[][] => Array.from({ length: batch.width }, (_, i) => [...batch.logits(i)]);
  await batch.extend([1, 2, 3]);
  const [, second, third] = logits();
  batch.select([2, 2, 1]);
  assert.deepEqual(logits(), [third, third, second]);
  await batch.extend([10, 11, 12]);
  batch.select([1, 0, 0, 2]);
  assert.equal(batch.width, 4);
  await batch.extend([20, 21, 22, 23]);
  const paths = [
    [7, 8, 3, 11, 20],
    [7, 8, 3, 10, 21],
    [7, 8, 3, 10, 22],
    [7, 8, 2, 12, 23],
  ];
  for (const [i, path] of paths.entries()) {
    await using alone = await runner.open(path, 1);
    close(batch.logits(i), alone.logits(0));
  }
  batch.rewind(3);
  assert.equal(batch.length, 3);
  assert.deepEqual(logits(), [third, third, third, second]);
  await batch.extend([9, 9, 9, 9]);
  await using fresh = await runner.open([7, 8, 2, 9], 1);
  close(batch.logits(3), fresh.logits(0));
});

test('[TR13] the same calls give the same numbers, whatever the number of threads', async () => {
  const runs = await Promise.all(
    [1, 1, 2].map(async (threads) => {
      await using runner = await createGptRunner(config, weights, { threads });
      await using batch = await runner.open([1, 2, 3], 2);
      await batch.extend([4, 5]);
      return [[...batch.logits(0)], [...batch.logits(1)]];
    }),
  );
  assert.deepEqual(runs[1], runs[0]);
  assert.deepEqual(runs[2], runs[0]);
});

test('[TR14] calls that make no sense are refused, an aborted one stops', async () => {
  await using runner = await createGptRunner(config, weights, { threads: 1 });
  await assert.rejects(runner.open([], 1), { code: 'training/bad-call' });
  await assert.rejects(runner.open([50], 1), { code: 'training/bad-call' });
  await assert.rejects(runner.open([1], 1, AbortSignal.abort()), { code: 'core/cancelled' });
  await assert.rejects(runner.score([new Array<number>(97).fill(1)]), { code: 'training/context-full' });
  await using batch = await runner.open([1, 2], 2);
  await assert.rejects(batch.extend([1]), { code: 'training/bad-call' });
  assert.throws(() => batch.select([2]), { code: 'training/bad-call' });
  assert.throws(() => batch.rewind(1), { code: 'training/bad-call' });
  assert.throws(() => batch.logits(2), { code: 'training/bad-call' });
});

test('[TR15] score takes rows of different lengths, one token included', async () => {
  await using runner = await createGptRunner(config, weights, { threads: 1 });
  const rows = [[5], [1, 2, 3, 4, 5, 6], [9, 8], [1, 2, 3]];
  const scores = await runner.score(rows);
  assert.deepEqual(
    scores.map((s) => s.length),
    [1, 6, 2, 3],
  );
  assert.deepEqual([...scores[0]!], [0]);
  close(scores[3]!, scores[1]!.slice(0, 3));
  for (const score of scores) assert.ok(score.every((x, i) => (i === 0 ? x === 0 : x < 0)));
});

test('[TR17] in 8 bits the probabilities stay close, and are the same for any number of threads', async () => {
  const rows = [[1, 2, 3, 4, 5, 6, 7, 8, 9]];
  const calm = createWeights(config, 'calm');
  const score = async (threads: number, arithmetic: 'F32' | 'I8'): Promise<Float32Array> => {
    await using runner = await createGptRunner(config, calm, { threads, arithmetic });
    return (await runner.score(rows))[0]!;
  };
  const exact = await score(1, 'F32');
  const eight = await score(1, 'I8');
  close(eight, exact, 0.01);
  assert.notDeepEqual(eight, exact);
  assert.deepEqual(await score(2, 'I8'), eight);
});

test('[TR16] the count of parameters is that of the layout', () => {
  assert.equal(
    parameterCount(gptConfig({ vocab_size: 5600 })),
    5600 * 384 + 6 * (4 * 384 ** 2 + 3 * 384 * 1024 + 2 * 384) + 384,
  );
});
