/** Sound as mel spectrograms, against librosa (recipes/pytorch/reference/record-mel.py), and back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inverseShortTimeFourier, shortTimeFourier } from './fourier.ts';
import { melFilters, melPicture, melSpectrogram, pictureMel, soundOf } from './mel.ts';
import reference from './mel-reference.json' with { type: 'json' };
import { tagsOf } from './spectrogram-set.ts';
import { formatWav, parseWav } from './wav.ts';

const { rate, size, hop, bands, length } = reference;

/** The formula of the recording script. */
const signal = Float32Array.from({ length }, (_, i) => {
  const t = i / rate;
  return 0.5 * Math.sin(2 * Math.PI * 440 * t) + 0.3 * Math.sin(2 * Math.PI * 1710 * t + 1) * Math.exp(-9 * t);
});

function assertClose(what: string, actual: ArrayLike<number>, expected: readonly number[]): void {
  assert.equal(actual.length, expected.length, what);
  const most = expected.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  expected.forEach((value, i) => {
    assert.ok(Math.abs(actual[i]! - value) < 1e-5 * most, `${what}[${i}]: ${actual[i]} instead of ${value}`);
  });
}

test('[TR7] the short-time Fourier transform is that of librosa', () => {
  const { real, imaginary, frames, bins } = shortTimeFourier(signal, { size, hop });
  assert.equal(frames, 1 + Math.floor(length / hop));
  const magnitudes = Array.from(real, (value, i) => Math.hypot(value, imaginary[i]!));
  const every = magnitudes.filter((_, i) => Math.floor(i / bins) % 3 === 0);
  assertClose('magnitude', every, reference.magnitudes);
});

for (const scale of ['slaney', 'htk'] as const) {
  test(`[TR7] bands on the ${scale} scale are those of librosa`, () => {
    const filters = melFilters({ rate, size, hop, bands, scale, lowest: 100, highest: 3000 });
    const bins = size / 2 + 1;
    const sums = Array.from({ length: bands }, (_, band) =>
      filters.subarray(band * bins, (band + 1) * bins).reduce((a, b) => a + b, 0),
    );
    assertClose('filter', sums, reference[scale].filterSums);
    const { power } = melSpectrogram(signal, { rate, size, hop, bands, scale });
    assertClose('power', power, reference[scale].power);
    const levels = power.subarray(0, 2 * bands).map((value) => 10 * Math.log10(Math.max(value, 1e-10)));
    assertClose('decibels', levels, reference[scale].decibels);
  });
}

test('[TR7] a signal comes back from its short-time transform', () => {
  const back = inverseShortTimeFourier(shortTimeFourier(signal, { size, hop }), { size, hop }, length);
  signal.forEach((value, i) => {
    assert.ok(Math.abs(back[i]! - value) < 1e-5);
  });
});

test('[TR7] a loop has a transform that goes round, and comes back from it', () => {
  const loop = { size, hop, loop: true };
  const whole = signal.subarray(0, hop * Math.floor(length / hop));
  const by = 3 * hop;
  const turned = Float32Array.from(whole, (_, i) => whole[(i + by) % whole.length]!);
  const [spectrum, later] = [shortTimeFourier(whole, loop), shortTimeFourier(turned, loop)];
  assert.equal(spectrum.frames, whole.length / hop);
  assert.deepEqual(later.real.subarray(0, spectrum.bins), spectrum.real.subarray(3 * spectrum.bins, 4 * spectrum.bins));
  const back = inverseShortTimeFourier(spectrum, loop, whole.length);
  whole.forEach((value, i) => {
    assert.ok(Math.abs(back[i]! - value) < 1e-5, `${i}`);
  });
});

test('[TR7] a spectrogram comes back from its picture, highest band on top', () => {
  const mel = melSpectrogram(signal, { rate, size, hop, bands });
  const levels = { ceiling: 30, range: 120 };
  const picture = melPicture(mel, levels);
  assert.ok(picture.every((value) => value >= -1 && value <= 1));
  const back = pictureMel(picture, bands, levels);
  mel.power.forEach((value, i) => {
    if (value > 1e-8) assert.ok(Math.abs(back.power[i]! / value - 1) < 1e-3, `${i}`);
  });
  const tone = melPicture(
    melSpectrogram(
      signal.map((_, i) => Math.sin(i * 2.8)),
      { rate, size, hop, bands },
    ),
  );
  assert.ok(tone[4]! > tone[tone.length - 4]!, 'a high tone lies in the first row');
});

test('[TR7] sound made from a mel spectrogram has nearly that spectrogram', () => {
  const options = { rate, size, hop, bands: 40 };
  const long = Float32Array.from({ length: 4096 }, (_, i) => signal[i % 480]! * Math.exp(-i / 3000));
  const mel = melSpectrogram(long, options);
  const again = melSpectrogram(soundOf(mel, options, { rounds: 16 }), options);
  let [off, all] = [0, 0];
  mel.power.forEach((value, i) => {
    off += (Math.sqrt(value) - Math.sqrt(again.power[i]!)) ** 2;
    all += value;
  });
  assert.ok(off / all < 0.05, `${off / all}`);
});

test('[TR7] WAV files keep 16 bits, and what is none is refused', () => {
  const { samples, rate: kept } = parseWav(formatWav({ samples: signal, rate }), 'a.wav');
  assert.equal(kept, rate);
  signal.forEach((value, i) => {
    assert.ok(Math.abs(samples[i]! - value) < 1e-4);
  });
  assert.throws(() => parseWav(new Uint8Array(50), 'b.wav'), { code: 'training/bad-sound' });
  assert.throws(() => parseWav(formatWav({ samples: signal, rate }).subarray(0, 20), 'c.wav'), {
    code: 'training/bad-sound',
  });
});

test('[TR7] a file’s name says its tags where it begins with one', () => {
  assert.deepEqual(tagsOf('+big-drum+dense-00012'), ['big-drum', 'dense']);
  assert.deepEqual(tagsOf('+rain-00012'), ['rain']);
  assert.deepEqual(tagsOf('bell-57-00000'), []);
});
