import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../core/index.ts';
import { limit, truePeak } from './limit.ts';
import { kWeighting, loudnessOf } from './loudness.ts';
import { roomOf } from './room.ts';
import { seatsOf } from './seats.ts';
import { finish } from './stage.ts';

const sine = (hertz: number, decibels: number, seconds: number, rate: number, phase = 0): Float32Array =>
  Float32Array.from(
    { length: Math.round(seconds * rate) },
    (_, i) => 10 ** (decibels / 20) * Math.sin((2 * Math.PI * hertz * i) / rate + phase),
  );

const joined = (...pieces: Float32Array[]): Float32Array => {
  const out = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
};

test('K-weighting at 48 kHz has the coefficients that ITU-R BS.1770-4 prints', () => {
  const [shelf, high] = kWeighting(48_000);
  const printed = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585];
  for (const [i, value] of [...shelf.b, ...shelf.a].entries())
    assert.ok(Math.abs(value - printed[i]!) < 1e-8, `${value}`);
  for (const [i, value] of [-1.99004745483398, 0.99007225036621].entries())
    assert.ok(Math.abs(value - high.a[i]!) < 1e-8);
});

test('loudness agrees with the recommendation and with EBU Tech 3341: −3.01 for a full 997 Hz in one channel, gates and all', () => {
  for (const rate of [44_100, 48_000]) {
    const silent = new Float32Array(5 * rate);
    assert.ok(Math.abs(loudnessOf([sine(997, 0, 5, rate), silent], rate) + 3.01) < 0.02);
    const both = (...levels: [number, number][]): number => {
      const data = joined(...levels.map(([level, seconds]) => sine(1000, level, seconds, rate)));
      return loudnessOf([data, data], rate);
    };
    // Cases 1 to 5 of table 1, steps shortened in proportion where the standard allows.
    assert.ok(Math.abs(both([-23, 20]) + 23) < 0.1);
    assert.ok(Math.abs(both([-33, 20]) + 33) < 0.1);
    assert.ok(Math.abs(both([-36, 10], [-23, 60], [-36, 10]) + 23) < 0.1);
    assert.ok(Math.abs(both([-72, 10], [-36, 10], [-23, 60], [-36, 10], [-72, 10]) + 23) < 0.1);
    assert.ok(Math.abs(both([-26, 20], [-20, 20.1], [-26, 20]) + 23) < 0.1);
  }
  assert.equal(loudnessOf([new Float32Array(48_000)], 48_000), -Infinity);
});

test('true peaks between samples are seen: a quarter-rate sine at 45° peaks 3 dB above its samples', () => {
  const data = sine(11_025, 0, 0.1, 44_100, Math.PI / 4).subarray(100, 4000);
  assert.ok(Math.abs(Math.max(...data) - Math.SQRT1_2) < 1e-3);
  assert.ok(Math.abs(truePeak([data]) - 1) < 0.03, `${truePeak([data])}`);
});

test('the limiter keeps any peak under −1 dBTP and leaves quiet music alone', () => {
  const random = createRandom('limit');
  const loud = Float32Array.from({ length: 30_000 }, (_, i) => (i % 7000 < 900 ? 3 : 0.2) * (2 * random.next() - 1));
  limit([loud], { sampleRate: 44_100 });
  assert.ok(truePeak([loud]) <= 10 ** (-1 / 20), `${truePeak([loud])}`);
  const quiet = sine(440, -12, 0.3, 44_100);
  const before = quiet.slice();
  limit([quiet], { sampleRate: 44_100 });
  assert.deepEqual(quiet, before);
});

test('a finished mix stands at −16 LUFS under −1 dBTP, also when its peaks are sharp; silence stays silent', () => {
  const random = createRandom('mix');
  const left = Float32Array.from(
    { length: 4 * 44_100 },
    (_, i) => 0.01 * (2 * random.next() - 1) + (i % 11_025 === 0 ? 0.9 : 0),
  );
  const right = left.map((value) => value * 0.5);
  finish({ left, right }, 44_100);
  assert.ok(Math.abs(loudnessOf([left, right], 44_100) + 16) < 0.5, `${loudnessOf([left, right], 44_100)}`);
  assert.ok(truePeak([left, right]) <= 10 ** (-1 / 20));
  const silent = { left: new Float32Array(44_100), right: new Float32Array(44_100) };
  assert.equal(finish(silent, 44_100), 1);
  assert.ok(silent.left.every((value) => value === 0));
});

test('the room dies away by 60 dB in the time asked, differently in both ears', () => {
  const click = new Float32Array(3 * 44_100);
  click[0] = 1;
  const { left, right } = roomOf(click, { sampleRate: 44_100, decay: 1.5 });
  const power = (data: Float32Array, from: number): number =>
    data.subarray(from * 44_100, (from + 0.2) * 44_100).reduce((sum, value) => sum + value * value, 0);
  const fall = 10 * Math.log10(power(left, 0.3) / power(left, 1.3));
  assert.ok(fall > 34 && fall < 75, `${fall}`);
  const alike =
    left.reduce((sum, value, i) => sum + value * right[i]!, 0) / Math.sqrt(power(left, 0) * power(right, 0));
  assert.ok(Math.abs(alike) < 0.6, `${alike}`);
});

test('quartets sit as on stage, two of a kind side by side, a soloist in the middle; the score may say otherwise', () => {
  const quartet = seatsOf(['violin', 'violin', 'viola', 'cello'].map((instrument) => ({ instrument }))).map(
    ({ pan }) => pan,
  );
  assert.deepEqual(
    quartet,
    [...quartet].sort((a, b) => a - b),
  );
  const [one, two] = seatsOf([{ instrument: 'pipa' }, { instrument: 'pipa' }]);
  assert.ok(one!.pan < two!.pan);
  assert.equal(seatsOf([{ instrument: 'erhu' }])[0]!.pan, 0);
  assert.equal(seatsOf([{ instrument: 'erhu', pan: 0.7 }, { instrument: 'nothing known' }])[0]!.pan, 0.7);
});
