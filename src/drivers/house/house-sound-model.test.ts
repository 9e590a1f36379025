/** What every sound model owes the kernel, held against a tiny one of ours that has learned nothing. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createParameters, diffusion, sound } from '../../training/index.ts';
import { createHouseSoundModel, identifySoundModel, isSoundFolder } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'house-sound-'));
after(() => rmSync(folder, { recursive: true }));

const SOURCE = { from: 'sound', rate: 8000, size: 256, hop: 64, bands: 16, frames: 32, loop: true };
const CARD = { name: 'tiny', licence: 'CC0-1.0', summary: { en: 'Tiny.', zh: '极小。' }, trainedOn: [] };

before(async () => {
  const config = diffusion.diffusionConfig({
    picture: { channels: 1, height: 16, width: 32 },
    network: {
      kind: 'unet',
      width: 8,
      multipliers: [1, 2],
      blocks: 1,
      attention: [1],
      heads: 2,
      groups: 4,
      patch: 2,
      wrap: 'width',
    },
    process: { kind: 'flow' },
    prediction: 'flow',
    labels: ['bells', 'far', 'rain'],
  });
  const parameters = createParameters(diffusion.diffusionParameters(config), 1);
  // A network that begins answers nothing at all: give every layer something to say.
  for (const values of parameters.values())
    for (const i of values.keys()) values[i]! += 0.1 * Math.sin(1.7 * i + 0.01 * i * i);
  await diffusion.saveDiffusionFolder(folder, { config, parameters, card: CARD });
  writeFileSync(join(folder, 'sound.json'), JSON.stringify(SOURCE));
  const vocoder = {
    model_type: 'mel-inverse',
    bands: 16,
    bins: 129,
    reach: 1,
    width: 8,
    spacing: 31.25,
    ceiling: 30,
    range: 80,
  } as const;
  const inverse = createParameters(sound.melInverseParameters(vocoder), 2);
  await sound.saveMelInverse(join(folder, 'vocoder'), { config: vocoder, parameters: inverse, card: CARD });
});

test('a sound model says what it is, and makes as much as was asked for, the same each time', async () => {
  assert.equal(isSoundFolder(folder), true);
  await using model = await createHouseSoundModel(folder, { threads: 1 });
  assert.deepEqual(await identifySoundModel(folder), model.identity);
  assert.deepEqual([model.rate, model.step, model.loop, model.labels.length], [8000, 4 * 64, 32 * 64, 3]);
  const request = { labels: ['rain'], seed: 3, length: 3 * model.step, steps: 3 };
  const made = await model.make(request);
  assert.equal(made.length, 3 * model.step);
  assert.ok(made.some((value) => value !== 0) && made.every(Number.isFinite));
  assert.deepEqual(await model.make(request), made);
  assert.notDeepEqual(await model.make({ ...request, seed: 4 }), made);
  assert.notDeepEqual(await model.make({ ...request, labels: ['bells', 'far'] }), made);
});

test('a sound model goes from a sound as far as was asked for, and stops on request', async () => {
  await using model = await createHouseSoundModel(folder, { threads: 1 });
  const length = 8 * model.step;
  const samples = Float32Array.from({ length }, (_, i) => 0.4 * Math.sin((2 * Math.PI * 40 * i) / length));
  const bandsOf = (made: Float32Array): Float32Array =>
    sound.melPicture(sound.melSpectrogram(made, { ...SOURCE, loop: true }));
  const off = async (strength: number): Promise<number> => {
    const made = await model.make({ labels: [], seed: 1, length, steps: 20, from: { samples, strength } });
    const wanted = bandsOf(samples);
    return bandsOf(made).reduce((sum, value, i) => sum + Math.abs(value - wanted[i]!), 0) / wanted.length;
  };
  const [near, far] = [await off(0.05), await off(1)];
  assert.ok(near < far / 2, `${near} ${far}`);
  const done: number[] = [];
  await model.make({ labels: [], seed: 1, length, steps: 3, onProgress: (share) => done.push(share) });
  assert.equal(done.at(-1), 1);
  const signal = AbortSignal.abort();
  await assert.rejects(model.make({ labels: [], seed: 1, length, signal }), { code: 'core/cancelled' });
  await assert.rejects(model.make({ labels: ['rocket'], seed: 1, length }), { code: 'training/unknown-label' });
});
