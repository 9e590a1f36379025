/** Samplers against recorded values, and against Gaussians and their mixtures, whose best denoiser is known exactly. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Prediction, partsOf, targetOf } from './prediction.ts';
import { createProcess, type Level, type Process } from './process.ts';
import { createNoise, type Denoise, type SampleOptions, sample } from './sample.ts';
import { SAMPLERS } from './sampler.ts';
import { mix } from './schedule.ts';

const RECORDED = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8'));
const SIZE = 6;
const wave = (k: number): Float32Array =>
  Float32Array.from({ length: SIZE }, (_, i) => Math.sin(1.7 * i + 0.9 * k + 0.3));
const waves = (): (() => Float32Array) => {
  let k = 0;
  return () => wave(k++);
};
const standIn: Denoise<undefined> = async (x, time) =>
  mix(
    1,
    x.map(Math.tanh).map((value) => 0.6 * value * Math.cos(0.002 * time)),
    0.1,
    wave(7),
  );

const close = (found: Float32Array, wanted: readonly number[], within: number): void =>
  wanted.forEach((value, i) => {
    assert.ok(Math.abs(found[i]! - value) < within, `${i}: ${found[i]} for ${value}`);
  });

const LINEAR = createProcess({ kind: 'linear', steps: 1000 });
const run = (options: Partial<SampleOptions<undefined>> & Pick<SampleOptions<undefined>, 'prediction'>) =>
  sample(standIn, waves(), { process: LINEAR, condition: undefined, steps: 10, ...options });

test('samplers follow the recorded paths', async () => {
  const { samplers } = RECORDED;
  for (const prediction of ['epsilon', 'v'] as const) {
    close(await run({ prediction, sampler: 'ddpm', steps: 1000 }), samplers.ddpm[prediction], 2e-3);
    close(await run({ prediction, sampler: 'ddim' }), samplers.ddim[prediction], 1e-4);
    close(await run({ prediction, sampler: 'ddim', eta: 0.5 }), samplers.ddimHalf[prediction], 1e-4);
    close(await run({ prediction, sampler: 'dpm++2m' }), samplers['dpm++2m'][prediction], 1e-4);
  }
  const process = createProcess({ kind: 'cosine', steps: 1000 });
  close(await run({ prediction: 'v', sampler: 'ddim', eta: 1, steps: 7, process }), samplers.ddimWhole.v, 1e-4);
  const flow = createProcess({ kind: 'flow' });
  close(await run({ prediction: 'flow', process: flow, sampler: 'euler' }), samplers.euler.flow, 1e-5);
  close(await run({ prediction: 'flow', process: flow, sampler: 'heun' }), samplers.heun.flow, 1e-5);
});

test('ddpm is ddim with all its noise; euler is ddim without', async () => {
  const whole = await run({ prediction: 'v', sampler: 'ddim', eta: 1 });
  close(await run({ prediction: 'v', sampler: 'ddpm' }), [...whole], 1e-5);
  assert.deepEqual(await run({ prediction: 'v', sampler: 'euler' }), await run({ prediction: 'v', sampler: 'ddim' }));
});

/** Peaks of a one-dimensional density: share, mean, deviation. */
type Peaks = readonly (readonly [share: number, mean: number, deviation: number])[];

/** The best possible guess at x₀ from x. */
function bestGuess(peaks: Peaks, { alpha, sigma }: Level, x: number): number {
  let [sum, whole] = [0, 0];
  for (const [share, mean, deviation] of peaks) {
    const variance = alpha ** 2 * deviation ** 2 + sigma ** 2;
    const density = (share / Math.sqrt(variance)) * Math.exp(-((x - alpha * mean) ** 2) / (2 * variance));
    sum += density * (mean + ((alpha * deviation ** 2) / variance) * (x - alpha * mean));
    whole += density;
  }
  return sum / whole;
}

/** A perfect network for a density. */
function perfect(peaks: Peaks, process: Process, prediction: Prediction, steps: number): Denoise<undefined> {
  const levels = process.levels(steps);
  return async (x, time) => {
    const level = levels.find((one) => one.time === time && one.sigma > 0)!;
    const x0 = x.map((value) => bestGuess(peaks, level, value));
    return targetOf(prediction, level, { x0, epsilon: partsOf('x0', level, x, x0).epsilon });
  };
}

const COUNT = 1500;
async function drawn(peaks: Peaks, process: Process, prediction: Prediction, sampler: (typeof SAMPLERS)[number]) {
  const steps = sampler === 'ddpm' ? 600 : 100;
  const noise = createNoise(5, [0], COUNT);
  const options = { process, prediction, sampler, steps, condition: undefined };
  return sample(perfect(peaks, process, prediction, steps), noise, options);
}

test('every sampler of every process finds the mean and deviation of a Gaussian', async () => {
  const peaks: Peaks = [[1, 0.3, 0.25]];
  const ways = [
    [{ kind: 'linear', steps: 1000 }, 'epsilon'],
    [{ kind: 'cosine', steps: 1000 }, 'v'],
    [{ kind: 'cosine', steps: 1000 }, 'x0'],
    [{ kind: 'flow' }, 'flow'],
  ] as const;
  for (const [options, prediction] of ways) {
    for (const sampler of SAMPLERS) {
      const found = await drawn(peaks, createProcess(options), prediction, sampler);
      const mean = found.reduce((a, b) => a + b, 0) / COUNT;
      const deviation = Math.sqrt(found.reduce((a, b) => a + (b - mean) ** 2, 0) / COUNT);
      const where = `${options.kind} ${prediction} ${sampler}: ${mean} ± ${deviation}`;
      assert.ok(Math.abs(mean - 0.3) < 0.02, where);
      assert.ok(Math.abs(deviation - 0.25) < 0.02, where);
    }
  }
});

test('every sampler finds both peaks of a mixture, in their shares', async () => {
  const peaks: Peaks = [
    [0.3, -0.6, 0.1],
    [0.7, 0.5, 0.1],
  ];
  for (const sampler of SAMPLERS) {
    const found = await drawn(peaks, createProcess({ kind: 'cosine', steps: 1000 }), 'v', sampler);
    const [left, between] = [found.filter((x) => x < -0.05), found.filter((x) => x > -0.25 && x < 0.15)];
    assert.ok(Math.abs(left.length / COUNT - 0.3) < 0.03, `${sampler}: ${left.length / COUNT}`);
    assert.ok(between.length / COUNT < 0.01, `${sampler}: ${between.length / COUNT}`);
  }
});

test('guidance 1 asks once, guidance 0 is the free answer, more goes beyond the condition', async () => {
  let asked = 0;
  const network: Denoise<number> = async (x, _, condition) => {
    asked += 1;
    return x.map(() => condition);
  };
  const process = createProcess({ kind: 'flow' });
  const at = (scale: number) =>
    sample(network, waves(), {
      process,
      prediction: 'x0',
      sampler: 'euler',
      steps: 2,
      condition: 1,
      guidance: { scale, free: 0.5 },
    });
  close(await at(1), [1, 1, 1, 1, 1, 1], 1e-6);
  assert.equal(asked, 2);
  close(await at(0), [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 1e-6);
  close(await at(3), [2, 2, 2, 2, 2, 2], 1e-6);
});

test('steps are told with a preview, and the signal stops between two of them', async () => {
  const seen: number[] = [];
  const controller = new AbortController();
  const onStep = ({ step, steps, preview }: { step: number; steps: number; preview: Float32Array }): void => {
    assert.equal(steps, 10);
    assert.equal(preview.length, SIZE);
    seen.push(step);
    if (step === 4) controller.abort();
  };
  await assert.rejects(run({ prediction: 'v', onStep, signal: controller.signal }), { code: 'core/cancelled' });
  assert.deepEqual(seen, [1, 2, 3, 4]);
});

test('clipping holds what the network takes for the picture within bounds', async () => {
  const loud: Denoise<undefined> = async (x) => x.map(() => 5);
  const options = { process: LINEAR, prediction: 'x0', condition: undefined, steps: 3 } as const;
  close(await sample(loud, waves(), { ...options, clip: 1 }), [1, 1, 1, 1, 1, 1], 1e-6);
  close(await sample(loud, waves(), options), [5, 5, 5, 5, 5, 5], 1e-5);
});

test('a picture’s noise does not depend on its neighbours', () => {
  const [both, one] = [createNoise('s', [0, 1], 5), createNoise('s', [1], 5)];
  for (let i = 0; i < 2; i++) assert.deepEqual(both().subarray(5), one());
});

test('a start keeps what little noise leaves of it, and goes only its share of the steps', async () => {
  const flow = createProcess({ kind: 'flow' });
  const x0 = wave(3);
  const known: Denoise<undefined> = async (x, time) => mix(1000 / time, x, -1000 / time, x0);
  let steps = 0;
  const begun = { start: { x0, strength: 0.3 }, onStep: () => void steps++ };
  close(
    await sample(known, waves(), { process: flow, prediction: 'flow', condition: undefined, steps: 10, ...begun }),
    [...x0],
    1e-5,
  );
  assert.equal(steps, 3);
});
