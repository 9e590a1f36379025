import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Note, Score } from '../score/index.ts';
import { buildBank } from './bank/index.ts';
import { truePeak } from './mix/limit.ts';
import { loudnessOf } from './mix/loudness.ts';
import { renderSound } from './render-sound.ts';

function scoreOf(notes: readonly Note[], more: Partial<Score> = {}, instruments = ['xylophone']): Score {
  return {
    version: 1,
    title: '',
    ticksPerQuarter: 4,
    bars: [{ at: 0, length: 16, metre: [4, 4], key: { tonic: 'C', mode: 'major' } }],
    tempos: [{ at: 0, quarterBpm: 240 }],
    chords: [],
    parts: instruments.map((instrument, i) => ({ id: `p${i}`, name: instrument, instrument, notes: [...notes] })),
    ...more,
  };
}

const tune: Note[] = ['C5', 'E5', 'G5', 'C6'].map((pitch, i) => ({ at: 4 * i, length: 4, pitch }));

/** Frequency of the strongest sine near a guess, hertz. */
function pitchNear(data: Float32Array, guess: number, rate: number): number {
  const size = (hertz: number): number => {
    let [re, im] = [0, 0];
    for (let i = 0; i < data.length; i++) {
      const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / data.length);
      re += window * data[i]! * Math.cos((2 * Math.PI * hertz * i) / rate);
      im += window * data[i]! * Math.sin((2 * Math.PI * hertz * i) / rate);
    }
    return Math.hypot(re, im);
  };
  const strongest = (middle: number, reach: number, step: number): number => {
    const around = Array.from({ length: 2 * Math.round(reach / step) + 1 }, (_, i) => middle - reach + i * step);
    const sizes = around.map((cents) => size(guess * 2 ** (cents / 1200)));
    return around[sizes.indexOf(Math.max(...sizes))]!;
  };
  return guess * 2 ** (strongest(strongest(0, 80, 8), 8, 1) / 1200);
}

test('a score sounds: −16 LUFS, no clipping, the same every time, one stem a part', () => {
  const sound = renderSound(scoreOf(tune, {}, ['xylophone', 'glockenspiel']), { stems: true });
  assert.ok(Math.abs(loudnessOf([sound.left, sound.right], 44_100) + 16) < 0.5);
  assert.ok(truePeak([sound.left, sound.right]) <= 10 ** (-1 / 20));
  assert.deepEqual(
    sound.stems.map(({ part }) => part),
    ['p0', 'p1'],
  );
  const power = (data: Float32Array): number => data.reduce((sum, value) => sum + value * value, 0);
  // The xylophone sits left of the middle and farther left than the glockenspiel does not.
  assert.ok(power(sound.stems[0]!.left) > power(sound.stems[0]!.right));
  assert.ok(power(sound.stems[1]!.left) > 0);
  assert.deepEqual(renderSound(scoreOf(tune, {}, ['xylophone', 'glockenspiel'])).left, sound.left);
});

test('stems with their shares of the room add up to the mix', () => {
  const { left, right, stems } = renderSound(scoreOf(tune, {}, ['celesta', 'marimba']), { stems: true });
  for (const [side, mix] of Object.entries({ left, right })) {
    const sum = mix.map((_, i) => stems.reduce((all, stem) => all + stem[side as 'left' | 'right'][i]!, 0));
    // Where the limiter rests it multiplies by 1.
    const apart = sum.map((value, i) => Math.abs(value - mix[i]!));
    assert.ok(Math.max(...sum.map(Math.abs).slice(0, 1000)) > 0);
    assert.ok(apart.filter((value) => value < 1e-6).length > 0.5 * apart.length, side);
    assert.ok(apart.every((value, i) => value < 1e-6 || Math.abs(sum[i]!) > Math.abs(mix[i]!)));
  }
});

test('notes sound at the tuning of the score, and bend where they slide', () => {
  const note: Note = { at: 0, length: 16, pitch: 'A5' };
  const heard = (score: Score): number => {
    const { left } = renderSound(score, { room: 0, freedom: 0 });
    return 1200 * Math.log2(pitchNear(left.subarray(4000, 24_000), 880, 44_100) / 880);
  };
  assert.ok(Math.abs(heard(scoreOf([note], {}, ['glockenspiel']))) <= 3);
  assert.ok(Math.abs(heard(scoreOf([note], { tuning: { a4: 432 } }, ['glockenspiel'])) + 32) <= 3);
  const cents = [0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0];
  assert.ok(Math.abs(heard(scoreOf([note], { tuning: { cents } }, ['glockenspiel'])) - 25) <= 3);
});

test('a SoundFont of the artist plays instead; a broken one is refused, and so is endless music', () => {
  const bank = buildBank({ only: ['xylophone'] });
  const sound = renderSound(scoreOf(tune), { bank });
  assert.ok(Math.abs(loudnessOf([sound.left, sound.right], 44_100) + 16) < 0.5);
  assert.throws(() => renderSound(scoreOf(tune), { bank: new Uint8Array(100) }), { code: 'music/bad-bank' });
  const endless = scoreOf([{ at: 0, length: 2000, pitch: 'C5' }], {
    bars: [{ at: 0, length: 2000, metre: [4, 4], key: { tonic: 'C', mode: 'major' } }],
    tempos: [{ at: 0, quarterBpm: 5 }],
  });
  assert.throws(() => renderSound(endless), { code: 'music/too-long-to-play' });
});

test('rendering stops when it is cancelled; an empty score is silence', () => {
  assert.throws(() => renderSound(scoreOf(tune), { signal: AbortSignal.abort(new Error('enough')) }), /enough/);
  const silence = renderSound(scoreOf([]));
  assert.ok(silence.left.length > 0 && silence.left.every((value) => value === 0));
});
