/** What every model that compares texts, and every one that fills gaps, promises, whatever runs it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GAP, type GapFiller } from '../ports/gap-filler.ts';
import type { TextEmbedder } from '../ports/text-embedder.ts';

export interface TextContract<T> {
  /** Opens the model; each test disposes of it. */
  readonly open: () => Promise<T>;
  /** Promises that it does not keep, each with its reason. */
  readonly skip?: Readonly<Record<string, string>>;
}

type Promises<T> = (id: string, says: string, run: (model: T) => Promise<void>) => void;

function promises<T extends AsyncDisposable>(name: string, { open, skip = {} }: TextContract<T>): Promises<T> {
  return (id, says, run) =>
    void test(`[${id}] ${name}: ${says}`, { skip: skip[id] ?? false }, async () => {
      await using model = await open();
      await run(model);
    });
}

/** Registers the promises TE1 to TE4 as tests. */
export function textEmbedderContract(name: string, contract: TextContract<TextEmbedder>): void {
  const promise = promises(name, contract);
  promise('TE1', 'each text becomes one vector of length 1', async (model) => {
    const vectors = await model.embed(['moon', 'the moon over the sea', '春']);
    assert.equal(vectors.length, 3);
    for (const vector of vectors) {
      assert.equal(vector.length, model.dimensions);
      assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-4);
    }
    assert.deepEqual(await model.embed([]), []);
  });
  promise('TE2', 'the same text points the same way, whatever stands beside it', async (model) => {
    const [alone] = await model.embed(['moon']);
    const [, among] = await model.embed(['a red boat on a lake', 'moon']);
    const cosine = alone!.reduce((sum, value, i) => sum + value * among![i]!, 0);
    assert.ok(cosine > 0.9999, String(cosine));
  });
  promise('TE3', 'a text that is too long is refused, not cut', async (model) => {
    await assert.rejects(model.embed(['moon '.repeat(20_000)]), { code: 'engine/context-full' });
  });
  promise('TE4', 'it stops when asked to', async (model) => {
    const signal = AbortSignal.abort();
    await assert.rejects(model.embed(['moon'], { signal }), { code: 'core/cancelled' });
  });
}

/** Registers the promises GF1 to GF4 as tests. */
export function gapFillerContract(name: string, contract: TextContract<GapFiller>): void {
  const promise = promises(name, contract);
  promise('GF1', 'each gap has its own fillings, as many as asked for, best first', async (model) => {
    const found = await model.fill(`the ${GAP} over the ${GAP}`, { count: 4 });
    assert.deepEqual(
      found.map(({ length }) => length),
      [4, 4],
    );
    for (const gap of found) {
      const shares = gap.map(({ probability }) => probability);
      assert.deepEqual(
        shares,
        [...shares].sort((a, b) => b - a),
      );
      assert.ok(shares.every((share) => share >= 0 && share <= 1) && shares.reduce((a, b) => a + b, 0) <= 1.0001);
      assert.ok(gap.every(({ text }) => text === text.trim()));
    }
  });
  promise('GF2', 'the same gaps are filled alike', async (model) => {
    assert.deepEqual(await model.fill(`the ${GAP}`), await model.fill(`the ${GAP}`));
  });
  promise('GF3', 'a text without gaps, and one that is too long, are refused', async (model) => {
    await assert.rejects(model.fill('the moon'), { code: 'engine/cannot' });
    await assert.rejects(model.fill(`${GAP} ${'moon '.repeat(20_000)}`), { code: 'engine/context-full' });
  });
  promise('GF4', 'it stops when asked to', async (model) => {
    await assert.rejects(model.fill(`the ${GAP}`, { signal: AbortSignal.abort() }), { code: 'core/cancelled' });
  });
}
