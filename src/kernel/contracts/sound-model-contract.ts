/** What every model that makes sound promises, whatever runs it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SoundModel, SoundRequest } from '../ports/sound-model.ts';

export interface SoundContract {
  /** Opens the model; each test disposes of it. */
  readonly open: () => Promise<SoundModel>;
  /** A wish that is quick to make, beside the seed. */
  readonly wish: (model: SoundModel) => Omit<SoundRequest, 'seed' | 'signal' | 'onProgress'>;
  /** Opens one whose engine fails, for SM9. */
  readonly failing?: () => Promise<SoundModel>;
  /** Promises that it does not keep, each with its reason. */
  readonly skip?: Readonly<Record<string, string>>;
}

type Register = (
  id: string,
  says: string,
  run: (model: SoundModel) => Promise<void>,
  from?: () => Promise<SoundModel>,
) => void;

/** Registers the promises SM1 to SM10 as tests. */
export function soundModelContract(name: string, { open, wish, failing, skip = {} }: SoundContract): void {
  const promise: Register = (id, says, run, from = open) =>
    void test(`[${id}] ${name}: ${says}`, { skip: skip[id] ?? false }, async () => {
      await using model = await from();
      await run(model);
    });

  promise(
    'SM1',
    'says what it is: name, digest, engine, licence, whether it can repeat itself',
    async ({ identity }) => {
      assert.match(identity.digest, /^[0-9a-f]{64}$/);
      for (const fact of [identity.name, identity.engine, identity.licence]) assert.ok(fact !== '');
      assert.equal(typeof identity.reproducible, 'boolean');
    },
  );

  promise('SM2', 'its rate and the step of its lengths are whole numbers above 0', async ({ rate, step, loop }) => {
    for (const number of [rate, step]) assert.ok(Number.isInteger(number) && number > 0);
    assert.ok(Number.isInteger(loop) && loop >= 0);
  });

  promise('SM3', 'a sound is finite numbers, as many as were asked for', async (model) => {
    const asked = wish(model);
    const made = await model.make({ ...asked, seed: 1 });
    assert.ok(made.length > 0 && made.every(Number.isFinite));
    assert.equal(made.length, asked.length);
  });

  promiseOfSeeds(promise, wish);

  promise('SM5', 'how far it is lies between 0 and 1 and never goes back', async (model) => {
    const told: number[] = [];
    await model.make({ ...wish(model), seed: 1, onProgress: (done) => told.push(done) });
    assert.ok(told.length > 0 && told.every((share) => share >= 0 && share <= 1));
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
  });

  promise('SM6', 'it does not begin when it was stopped before', async (model) => {
    const signal = AbortSignal.abort();
    await assert.rejects(model.make({ ...wish(model), seed: 1, signal }), { code: 'core/cancelled' });
  });

  promise('SM7', 'it stops in the midst, and can be asked again', async (model) => {
    const stop = new AbortController();
    const stopped = model.make({ ...wish(model), seed: 1, signal: stop.signal, onProgress: () => stop.abort() });
    await assert.rejects(stopped, { code: 'core/cancelled' });
    assert.ok((await model.make({ ...wish(model), seed: 1 })).length > 0);
  });

  promise('SM8', 'lengths that are none, or between its steps, are refused', async (model) => {
    const between = model.step > 1 ? [model.step + 1] : [];
    for (const length of [0, -model.step, 0.5, Number.NaN, Number.POSITIVE_INFINITY, ...between]) {
      await assert.rejects(model.make({ ...wish(model), seed: 1, length }), { code: 'engine/cannot' }, String(length));
    }
  });

  const failed = async (model: SoundModel): Promise<void> => {
    await assert.rejects(model.make({ ...wish(model), seed: 1 }), { code: /^engine\// });
  };
  promise('SM9', 'what goes wrong with its engine is one of the faults of engines', failed, failing ?? open);
}

function promiseOfSeeds(promise: Register, wish: SoundContract['wish']): void {
  promise('SM4', 'the same wish and seed give the same numbers', async (model) => {
    const [first, second] = [
      await model.make({ ...wish(model), seed: 5 }),
      await model.make({ ...wish(model), seed: 5 }),
    ];
    assert.deepEqual(first, second);
  });

  promise('SM10', 'another seed gives another sound', async (model) => {
    const [first, second] = [
      await model.make({ ...wish(model), seed: 5 }),
      await model.make({ ...wish(model), seed: 6 }),
    ];
    assert.notDeepEqual(first, second);
  });
}
