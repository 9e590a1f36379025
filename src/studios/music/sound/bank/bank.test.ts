import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SoundBankLoader } from 'spessasynth_core';
import { createRandom } from '../../../../core/index.ts';
import { INSTRUMENTS } from '../../instruments/index.ts';
import { bodyGain } from './body.ts';
import { buildBank, presetOf, renderVoice } from './build-bank.ts';
import { noiseLoop } from './noise.ts';
import { RECIPES } from './recipes.ts';
import { renderRinging } from './ringing.ts';
import { BANK_RATE, fitLoop, hertzOf } from './sample.ts';
import { renderSustained } from './sustained.ts';

/** Strength of a frequency in a stretch of whole periods. */
function strength(data: Float32Array, hertz: number): number {
  let [re, im] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    re += data[i]! * Math.cos((2 * Math.PI * hertz * i) / BANK_RATE);
    im += data[i]! * Math.sin((2 * Math.PI * hertz * i) / BANK_RATE);
  }
  return (2 * Math.hypot(re, im)) / data.length;
}

test('every instrument has a recipe, and every recipe an instrument', () => {
  assert.deepEqual(Object.keys(RECIPES).sort(), INSTRUMENTS.map(({ id }) => id).sort());
});

test('loops hold whole periods, within half a cent', () => {
  for (let key = 21; key <= 108; key++) {
    const { length, periods, frequency, cents } = fitLoop(hertzOf(key), 0.6);
    assert.ok(Math.abs((periods * BANK_RATE) / length - frequency) < 1e-9);
    assert.ok(Math.abs(cents) < 0.5, `${key}: ${cents}`);
    assert.ok(Math.abs(1200 * Math.log2(hertzOf(key) / frequency) - cents) < 1e-6);
  }
});

test('a held tone with vibrato, jitter and noise repeats without a seam', () => {
  const tone = {
    key: 72,
    source: (n: number) => 1 / n,
    body: () => 1,
    attack: () => 0.05,
    random: createRandom('seam'),
  };
  const { data, loop } = renderSustained({
    ...tone,
    vibrato: { hertz: 5.5, cents: 40, after: 0.1, tremolo: 1 },
    noise: { level: -40, bands: [{ hertz: 2000 }] },
  });
  const [from, to] = loop!;
  assert.equal(to, data.length);
  const bends: number[] = [];
  for (let i = from + 1; i < to - 1; i++) bends.push(Math.abs(data[i - 1]! - 2 * data[i]! + data[i + 1]!));
  const seam = Math.abs(data[to - 2]! - 2 * data[to - 1]! + data[from]!);
  assert.ok(seam <= Math.max(...bends), `${seam} ${Math.max(...bends)}`);
});

test('a ringing tone stands still in its loop and had decayed as its modes say', () => {
  const modes = [{ hertz: hertzOf(69), level: 1, decay: 3 }];
  const { data, loop, decay } = renderRinging({ key: 69, modes, lead: 1, loop: 0.5, random: createRandom('ring') });
  const [from, to] = loop!;
  const early = strength(data.subarray(Math.round(0.1 * BANK_RATE), Math.round(0.15 * BANK_RATE)), 440);
  const late = strength(data.subarray(from, to), 440);
  // 0.875 s at 20 dB a second.
  assert.ok(Math.abs(20 * Math.log10(early / late) - 17.5) < 0.5, `${20 * Math.log10(early / late)}`);
  assert.ok(Math.abs(decay! - 3) < 0.01);
  assert.ok(Math.abs(data[to - 1]! - (2 * data[from]! - data[from + 1]!)) < 0.01 * late + 1e-3);
});

test('bodies resonate where they say; noise loops have strength one', () => {
  const gain = bodyGain({ resonances: [{ hertz: 500, gain: 12, width: 0.1 }], high: 2000, slope: 12 });
  assert.ok(Math.abs(20 * Math.log10(gain(500)) - 12) < 0.3);
  assert.ok(Math.abs(20 * Math.log10(gain(8000) / gain(2000)) + 24) < 0.3);
  const noise = noiseLoop(4000, [{ hertz: 1000 }], createRandom('n'));
  assert.ok(Math.abs(noise.reduce((sum, value) => sum + value * value, 0) / 4000 - 1) < 1e-9);
});

test('clarinets lack even partials low down; loud trumpets are brighter than soft ones', () => {
  const low = RECIPES.clarinet!.render(50, 0.85, createRandom('c'));
  const loop = low.data.subarray(...low.loop!);
  const base = hertzOf(50) / 2 ** (low.cents / 1200);
  assert.ok(strength(loop, 2 * base) < 0.1 * strength(loop, base));
  assert.ok(strength(loop, 3 * base) > 0.2 * strength(loop, base));
  const share = (force: number): number => {
    const { data, loop: [from, to] = [0, 0], cents } = RECIPES.trumpet!.render(64, force, createRandom('t'));
    const f = hertzOf(64) / 2 ** (cents / 1200);
    return strength(data.subarray(from, to), 8 * f) / strength(data.subarray(from, to), f);
  };
  assert.ok(share(0.9) > 3 * share(0.3));
});

test('the SoundFont is the same every time, loads, and files instruments by programme and by name', () => {
  assert.deepEqual(buildBank({ only: ['xylophone'] }), buildBank({ only: ['xylophone'] }));
  const bytes = buildBank({ only: ['xylophone', 'glockenspiel', 'chinese-percussion'] });
  const bank = SoundBankLoader.fromArrayBuffer(bytes.slice().buffer);
  assert.equal(bank.instruments.length, 3);
  const names = bank.presets.map(
    ({ name, bankMSB, program, isGMGSDrum }) => `${name} ${isGMGSDrum ? 128 : bankMSB}:${program}`,
  );
  const { bank: own, programme } = presetOf('xylophone');
  assert.ok(names.includes(`xylophone ${own}:${programme}`));
  assert.ok(names.includes('xylophone 0:13'));
  assert.ok(names.includes('glockenspiel 0:9'));
  assert.ok(names.includes('chinese-percussion 128:48'), names.join());
});

test('samples are level: no overload, no DC, equal strength for all keys', () => {
  for (const id of ['xylophone', 'hulusi']) {
    for (const { data } of renderVoice(id).layers.flat()) {
      const peak = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      assert.ok(peak > 0.05 && peak <= 0.98, `${id} ${peak}`);
      assert.ok(Math.abs(data.reduce((sum, value) => sum + value, 0) / data.length) < 0.002);
    }
  }
});
