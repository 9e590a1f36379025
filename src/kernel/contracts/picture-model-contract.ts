/** What every model that makes pictures promises, whatever runs it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PictureModel, PictureRequest, PixelPlanes } from '../ports/picture-model.ts';

export interface PictureContract {
  /** Opens the model; each test disposes of it. */
  readonly open: () => Promise<PictureModel>;
  /** A wish that is quick to make, beside the seed. */
  readonly wish: Omit<PictureRequest, 'seed' | 'signal' | 'onProgress'>;
  /** Promises that it does not keep, each with its reason. */
  readonly skip?: Readonly<Record<string, string>>;
}

/** Registers the promises PM1 to PM7 as tests. */
export function pictureModelContract(name: string, { open, wish, skip = {} }: PictureContract): void {
  const promise = (id: string, says: string, run: (model: PictureModel) => Promise<void>): void =>
    void test(`[${id}] ${name}: ${says}`, { skip: skip[id] ?? false }, async () => {
      await using model = await open();
      await run(model);
    });

  promise(
    'PM1',
    'says what it is: name, digest, engine, licence, whether it can repeat itself',
    async ({ identity }) => {
      assert.match(identity.digest, /^[0-9a-f]{64}$/);
      for (const fact of [identity.name, identity.engine, identity.licence]) assert.ok(fact !== '');
      assert.equal(typeof identity.reproducible, 'boolean');
    },
  );

  promise('PM2', 'a picture is planes of values from −1 to 1', async (model) => {
    const { width, height, channels, data } = await model.make({ ...wish, seed: 1 });
    assert.ok(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0);
    assert.ok(channels === 1 || channels === 3);
    assert.equal(data.length, channels * width * height);
    assert.ok(data.every((value) => value >= -1.0001 && value <= 1.0001));
  });

  promise('PM3', 'the same wish and seed give the same numbers', async (model) => {
    const [first, second] = [await model.make({ ...wish, seed: 5 }), await model.make({ ...wish, seed: 5 })];
    assert.deepEqual(first, second);
  });

  promise('PM4', 'how far it is lies between 0 and 1 and never goes back', async (model) => {
    const told: number[] = [];
    await model.make({ ...wish, seed: 1, onProgress: (done) => told.push(done) });
    assert.ok(told.every((share) => share >= 0 && share <= 1));
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
  });

  promise('PM5', 'it does not begin when it was stopped before', async (model) => {
    const signal = AbortSignal.abort();
    await assert.rejects(model.make({ ...wish, seed: 1, signal }), { code: 'core/cancelled' });
  });

  promise('PM6', 'what is kept of a picture stays as it was', async (model) => {
    const [width, height] = model.size ?? [16, 16];
    const from = plane(width, height, 3, () => -0.5);
    const keep = plane(width, height, 1, (at) => (at < (width * height) / 2 ? 1 : -1));
    const made = await model.make({ ...wish, seed: 1, from, keep, strength: 1 });
    assert.deepEqual([made.width, made.height], [width, height]);
    const kept = made.data.subarray(0, Math.floor((width * height) / 2));
    assert.ok(kept.every((value) => Math.abs(value + 0.5) < 0.02));
  });

  promise('PM7', 'a size that it can make is the size that it makes', async (model) => {
    assert.ok(model.sizeStep, 'skip PM7 for models of one size');
    const size = [model.sizeStep * 4, model.sizeStep * 3] as const;
    const made = await model.make({ ...wish, seed: 1, size });
    assert.deepEqual([made.width, made.height], [...size]);
  });
}

function plane(width: number, height: number, channels: number, value: (at: number) => number): PixelPlanes {
  return {
    width,
    height,
    channels,
    data: Float32Array.from({ length: channels * width * height }, (_, at) => value(at)),
  };
}
