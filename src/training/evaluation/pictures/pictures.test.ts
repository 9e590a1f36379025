import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import type { Pictures } from '../../pictures/index.ts';
import {
  diversity,
  logSpectralDistance,
  meanSquaredError,
  measureCopying,
  nearest,
  psnr,
  slicedWasserstein,
  ssim,
} from './index.ts';
import { pictureAt } from './planes.ts';
import { laplacianPyramid } from './pyramid.ts';

interface Case {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly blend: number;
  readonly ssim: number;
  readonly mse: number;
  readonly psnr: number | null;
}

const CASES: Case[] = JSON.parse(readFileSync(new URL('reference.json', import.meta.url), 'utf8'));

const wave = (length: number, phase: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => 0.7 * Math.sin(0.37 * i + phase) + 0.3 * Math.cos(0.011 * i * (1 + phase)));

/** Four soft blobs each, at random places. */
function blobs(count: number, seed: string, size = 24): Pictures {
  const random = createRandom(seed);
  const pictures = Array.from({ length: count }, () => {
    const spots = Array.from({ length: 4 }, () => [size * random.next(), size * random.next(), 2 + 3 * random.next()]);
    return Array.from({ length: size * size }, (_, i) => {
      const light = spots.map(([x, y, r]) => Math.exp(-(((i % size) - x!) ** 2 + (i / size - y!) ** 2) / (r! * r!)));
      return Math.min(1, 1.6 * light.reduce((sum, value) => sum + value) - 0.8);
    });
  });
  return { data: Float32Array.from(pictures.flat()), width: size, height: size, channels: 1 };
}

const noise = (count: number, seed: string, size = 24): Pictures => {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: count * size * size }, () => 2 * random.next() - 1);
  return { data, width: size, height: size, channels: 1 };
};

test('[TR200] squared error, PSNR and SSIM are those of scikit-image', () => {
  for (const { channels, height, width, blend, ...expected } of CASES) {
    const area = channels * height * width;
    const [a, other] = [wave(area, 0.2), wave(area, 1.3)];
    const b = a.map((value, i) => (1 - blend) * value + blend * other[i]!);
    const [x, y] = [a, b].map((data) => ({ data, width, height, channels }));
    assert.ok(Math.abs(ssim(x!, y!) - expected.ssim) < 1e-6, `${ssim(x!, y!)} ${expected.ssim}`);
    assert.ok(Math.abs(meanSquaredError(x!, y!) - expected.mse) < 1e-7);
    assert.ok(expected.psnr === null ? psnr(x!, y!) === Infinity : Math.abs(psnr(x!, y!) - expected.psnr) < 1e-4);
  }
  assert.throws(() => ssim(blobs(2, 'a'), blobs(1, 'a')), { code: 'training/pictures-differ' });
});

test('[TR201] the levels of a pyramid add up to the picture', () => {
  for (const [width, height] of [
    [16, 16],
    [13, 9],
  ] as const) {
    const flat = laplacianPyramid({ data: new Float32Array(width * height).fill(0.5), width, height, channels: 1 }, 3);
    assert.ok(flat[0]!.data.every((value) => Math.abs(value) < 1e-6) && Math.abs(flat[2]!.data[0]! - 0.5) < 1e-6);
    const data = wave(2 * width * height, 0.4);
    const levels = laplacianPyramid({ data, width, height, channels: 2 }, 3);
    assert.deepEqual(
      levels.map((level) => [level.width, level.height]),
      [width, Math.ceil(width / 2), Math.ceil(width / 4)].map((w, i) => [w, Math.ceil(height / 2 ** i)]),
    );
  }
});

test('[TR202] sliced Wasserstein: a fresh sample of one source is near, blurred and noisy ones are far', () => {
  const options = { patches: 16, projections: 32, seed: 1 };
  const [a, b] = [blobs(40, 'one'), blobs(40, 'two')];
  const same = slicedWasserstein(a, b, options);
  const far = slicedWasserstein(a, noise(40, 'n'), options);
  assert.deepEqual(slicedWasserstein(a, b, options), same);
  assert.equal(same.levels.length, 1);
  assert.ok(far.mean > 3 * same.mean, `${far.mean} ${same.mean}`);
  const speckled = { ...b, data: b.data.map((value, i) => value + 0.3 * noise(40, 's').data[i % 999]!) };
  const { levels } = slicedWasserstein(a, speckled, { ...options, levels: 2 });
  assert.ok(levels[0]! > 2 * levels[1]!, `speckle shows in the fine level: ${levels}`);
});

test('[TR203] a copied picture is found, also when it was moved by a pixel, and copying shows beside unseen pictures', () => {
  const [training, unseen] = [blobs(30, 'training'), blobs(20, 'unseen')];
  const copy = { ...training, data: pictureAt(training, 17).slice() };
  assert.deepEqual(nearest(training, copy), [{ index: 17, distance: 0 }]);
  const moved = { ...copy, data: copy.data.map((_, i) => copy.data[Math.max(0, i - 1)]!) };
  assert.equal(nearest(training, moved, 'patch')[0]!.index, 17);
  const copies = { ...training, data: training.data.map((value) => value * 0.99) };
  assert.ok(measureCopying(training, copies, unseen).suspicious > 0.9);
  assert.ok(measureCopying(training, blobs(20, 'fresh'), unseen).suspicious < 0.3);
});

test('[TR204] equal pictures have no diversity, and noise has more than blobs', () => {
  const one = pictureAt(blobs(1, 'x'), 0);
  const equal = { ...blobs(1, 'x'), data: Float32Array.from([...one, ...one, ...one]) };
  assert.deepEqual(diversity(equal), { pixel: 0, patch: 0 });
  assert.ok(diversity(noise(10, 'n')).pixel > diversity(blobs(10, 'b')).pixel);
  const far = { width: 1, height: 1, channels: 1, data: Float32Array.of(-1, 1) };
  assert.equal(diversity(far).pixel, 2);
});

test('[TR205] log-spectral distance: half as loud is 6 decibels off, a recording is 0 from itself', () => {
  const random = createRandom('hiss');
  const hiss = Float32Array.from({ length: 8000 }, () => 0.3 * random.normal());
  const half = hiss.map((value) => value / 2);
  assert.equal(logSpectralDistance(hiss, hiss), 0);
  assert.ok(Math.abs(logSpectralDistance(hiss, half) - 6.0206) < 0.01);
  assert.equal(logSpectralDistance(new Float32Array(2048), new Float32Array(2048)), 0);
  const tone = Float32Array.from({ length: 8000 }, (_, i) => Math.sin(0.3 * i));
  const faint = tone.map((value, i) => value + hiss[i]! / 1000);
  assert.ok(logSpectralDistance(tone, hiss) > 2 * logSpectralDistance(tone, faint));
  assert.throws(() => logSpectralDistance(hiss, half.subarray(1)), { code: 'training/recordings-differ' });
});
