import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createRandom } from '../../core/index.ts';
import { convert, minSnrWeight, noised, PREDICTIONS, partsOf, targetOf } from './prediction.ts';
import { createProcess } from './process.ts';
import { fillNormal } from './sample.ts';
import { cosineSchedule, forwardStep, forwardTo, linearSchedule, posterior } from './schedule.ts';

const RECORDED = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8'));
const wave = (k: number): Float32Array => Float32Array.from({ length: 6 }, (_, i) => Math.sin(1.7 * i + 0.9 * k + 0.3));
const near = (found: ArrayLike<number>, wanted: ArrayLike<number>, within = 1e-6): void => {
  assert.equal(found.length, wanted.length);
  for (let i = 0; i < wanted.length; i++) {
    const scale = Math.max(1, Math.abs(wanted[i]!));
    assert.ok(Math.abs(found[i]! - wanted[i]!) < within * scale, `${i}: ${found[i]} for ${wanted[i]}`);
  }
};

test('linear and cosine schedules have the recorded numbers', () => {
  for (const [made, wanted] of [
    [linearSchedule(), RECORDED.linear],
    [cosineSchedule(), RECORDED.cosine],
  ]) {
    near(
      RECORDED.picked.map((t: number) => made.betas[t]),
      wanted.betas,
      1e-12,
    );
    const bars = RECORDED.picked.map((t: number) => made.alphaBars[t]);
    bars.forEach((bar: number, i: number) => {
      assert.ok(Math.abs(bar / wanted.alphaBars[i] - 1) < 1e-9);
    });
  }
});

test('forward process and posterior have the recorded numbers', () => {
  const schedule = linearSchedule();
  near(forwardStep(schedule, 250, wave(1), wave(2)), RECORDED.forwardStep);
  near(forwardTo(schedule, 250, wave(1), wave(2)), RECORDED.forwardTo);
  const { mean, variance } = posterior(schedule, 250, wave(1), wave(2));
  near(mean, RECORDED.posterior.mean);
  assert.ok(Math.abs(variance / RECORDED.posterior.variance - 1) < 1e-9);
  assert.equal(posterior(schedule, 0, wave(1), wave(2)).variance, 0);
});

test('many single steps have the mean and variance of the one jump', () => {
  const schedule = linearSchedule(1000);
  const random = createRandom(3);
  const count = 8000;
  let x: Float32Array = new Float32Array(count).fill(0.8);
  for (let t = 0; t <= 200; t++) x = forwardStep(schedule, t, x, fillNormal(random, new Float32Array(count)));
  const mean = x.reduce((a, b) => a + b, 0) / count;
  const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / count;
  const left = schedule.alphaBars[200]!;
  assert.ok(Math.abs(mean - 0.8 * Math.sqrt(left)) < 0.02, `${mean}`);
  assert.ok(Math.abs(variance - (1 - left)) < 0.02, `${variance}`);
});

test('v is the recorded one, and all predictions tell the same x₀ and ε', () => {
  const left = cosineSchedule().alphaBars[500]!;
  const parts = { x0: wave(1), epsilon: wave(2) };
  const mixtures = [
    { alpha: Math.sqrt(left), sigma: Math.sqrt(1 - left) },
    { alpha: 0.3, sigma: 0.7 },
  ];
  near(targetOf('v', mixtures[0]!, parts), RECORDED.v);
  for (const mixture of mixtures) {
    const x = noised(mixture, parts);
    for (const from of PREDICTIONS) {
      const said = targetOf(from, mixture, parts);
      near(partsOf(from, mixture, x, said).x0, parts.x0, 1e-5);
      near(partsOf(from, mixture, x, said).epsilon, parts.epsilon, 1e-5);
      for (const to of PREDICTIONS) near(convert(from, to, mixture, x, said), targetOf(to, mixture, parts), 1e-5);
    }
  }
});

test('min-SNR weighs the error of x₀ alike under every prediction', () => {
  for (const mixture of [
    { alpha: 0.6, sigma: 0.8 },
    { alpha: 0.995, sigma: 0.1 },
  ]) {
    const x0 = wave(1);
    const x = noised(mixture, { x0, epsilon: wave(2) });
    const off = x0.map((value) => value + 0.01);
    const weighted = PREDICTIONS.map((prediction) => {
      const wrong = convert('x0', prediction, mixture, x, off)[0]! - convert('x0', prediction, mixture, x, x0)[0]!;
      return minSnrWeight(prediction, mixture, 5) * wrong * wrong;
    });
    for (const value of weighted) near([value / weighted[1]!], [1], 2e-3);
  }
});

test('levels go from the noisiest to the clean picture', () => {
  for (const options of [{ kind: 'linear', steps: 1000 }, { kind: 'cosine', steps: 1000 }, { kind: 'flow' }] as const) {
    const levels = createProcess(options).levels(7);
    assert.equal(levels.length, 8);
    assert.ok(levels[0]!.alpha < 0.01);
    assert.deepEqual([levels.at(-1)!.alpha, levels.at(-1)!.sigma], [1, 0]);
    for (let i = 1; i < levels.length; i++) assert.ok(levels[i]!.alpha > levels[i - 1]!.alpha);
  }
  assert.equal(createProcess({ kind: 'linear', steps: 5 }).levels(9).length, 6);
});

test('rectified flow trains on times whose logit is normal', () => {
  const random = createRandom(1);
  const process = createProcess({ kind: 'flow', mean: 0.5, deviation: 0.8 });
  const logits = Array.from({ length: 4000 }, () => {
    const { alpha, sigma, time } = process.draw(random);
    assert.ok(Math.abs(time - 1000 * sigma) < 1e-9);
    return Math.log(sigma / alpha);
  });
  const mean = logits.reduce((a, b) => a + b) / logits.length;
  const deviation = Math.sqrt(logits.reduce((a, b) => a + (b - mean) ** 2, 0) / logits.length);
  assert.ok(Math.abs(mean - 0.5) < 0.05 && Math.abs(deviation - 0.8) < 0.05, `${mean} ${deviation}`);
});
