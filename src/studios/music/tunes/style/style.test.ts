import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../core/index.ts';
import type { Score } from '../../score/index.ts';
import { composeByRules } from '../rules/index.ts';
import { COUNTED_STYLES, countStyle, modeClarity, type StyledMelody, styledMelodyOf, styleEvidence } from './index.ts';

/** A melody of semitones above the tonic with lengths in 24ths. */
function melody(text: string, mode: string, metre = '4/4', bar = 96): StyledMelody {
  let at = 0;
  const notes = text.split(' ').map((each) => {
    const [degree, length] = each.split(':').map(Number) as [number, number];
    at += length;
    return { at: at - length, length, midi: 60 + degree };
  });
  return { notes, barStarts: Array.from({ length: at / bar + 1 }, (_, i) => bar * i), metre, mode, tonic: 0 };
}

const written = (style: 'guqin' | 'northern' | 'jiangnan' | 'mountain-song', seed: number): StyledMelody =>
  styledMelodyOf(composeByRules({ style }, createRandom(`style/${seed}`)))!;

test('a tune has more of the manner it was written in than of others; all evidence lies in 0–1', () => {
  for (const style of ['guqin', 'northern', 'jiangnan', 'mountain-song'] as const) {
    const tunes = Array.from({ length: 5 }, (_, i) => written(style, i));
    const mean = (name: string): number => tunes.reduce((sum, tune) => sum + styleEvidence(tune, name), 0) / 5;
    const own = mean(style);
    for (const other of COUNTED_STYLES) {
      const value = mean(other);
      assert.ok(value >= 0 && value <= 1);
      if (other !== style) assert.ok(own > value, `${style} ${own} against ${other} ${value}`);
    }
  }
});

test('reels run in eighths, whatever the key they stand in', () => {
  const reel = melody(Array.from({ length: 64 }, (_, i) => `${[0, 4, 7, 4, 9, 7, 4, 2][i % 8]}:12`).join(' '), 'major');
  const slow = melody(Array.from({ length: 16 }, (_, i) => `${[0, 7, 4, 2][i % 4]}:48`).join(' '), 'major');
  assert.ok(styleEvidence(reel, 'reel') > 0.5);
  assert.ok(styleEvidence(reel, 'reel') > styleEvidence(slow, 'reel') + 0.3);
  const higher = { ...reel, tonic: 5, notes: reel.notes.map((note) => ({ ...note, midi: note.midi + 5 })) };
  assert.equal(styleEvidence(higher, 'reel'), styleEvidence(reel, 'reel'));
});

test('a manner that was never counted, and a melody without notes, speak for nobody', () => {
  assert.equal(styleEvidence(written('guqin', 1), 'popular'), 0.5);
  assert.equal(styleEvidence({ ...written('guqin', 1), notes: [], barStarts: [0] }, 'guqin'), 0.5);
});

test('counts keep what was met often enough and join the rest', () => {
  const counts = countStyle([melody('0:24 2:24 4:24 2:24 0:48 2:48', 'major')], 2);
  assert.deepEqual(counts['beat 24'], { '0': 6, '': 2 });
  assert.deepEqual(counts['bar 96/24'], { '*': 2 });
});

test('a mode is plain by the tones that no other mode on its tonic has, and by ends at home', () => {
  const major = modeClarity(
    melody('0:24 4:24 5:24 11:24 0:24 2:24 11:24 4:24 7:24 5:24 4:24 11:24 2:48 0:48', 'major'),
  );
  const vague = modeClarity(melody('0:24 4:24 5:24 2:24 0:24 2:24 5:24 4:24 7:24 5:24 4:24 2:24 2:48 0:48', 'major'));
  const other = modeClarity(
    melody('0:24 4:24 5:24 10:24 0:24 2:24 10:24 4:24 7:24 5:24 4:24 10:24 2:48 0:48', 'major'),
  );
  assert.ok(major > vague + 0.2 && vague > other + 0.2, `${major} ${vague} ${other}`);
  assert.ok(major <= 1 && other >= 0);
  const lost = modeClarity(melody('0:24 4:24 5:24 11:24 0:24 2:24 11:24 4:24 7:24 5:24 4:24 11:24 0:48 2:48', 'major'));
  assert.ok(lost < major - 0.2);
});

test('the melody of a score is counted in 24ths of a quarter, whatever its ticks', () => {
  const score = composeByRules({ style: 'northern' }, createRandom(3));
  const finer: Score = {
    ...score,
    ticksPerQuarter: 20 * score.ticksPerQuarter,
    bars: score.bars.map((bar) => ({ ...bar, at: 20 * bar.at, length: 20 * bar.length })),
    parts: score.parts.map((part) => ({
      ...part,
      notes: part.notes.map((note) => ({ ...note, at: 20 * note.at, length: 20 * note.length })),
    })),
  };
  assert.deepEqual(styledMelodyOf(finer), styledMelodyOf(score));
});

test('a left hand and second voices are no melody', () => {
  const score = composeByRules({ style: 'northern' }, createRandom(3));
  const [melody] = score.parts;
  const others = melody!.notes.flatMap((note) => [
    { ...note, pitch: 'C6', staff: 2 },
    { ...note, at: note.at + 1, pitch: 'C6', voice: 2 },
  ]);
  const played: Score = { ...score, parts: [{ ...melody!, notes: [...melody!.notes, ...others] }] };
  assert.deepEqual(styledMelodyOf(played), styledMelodyOf(score));
});
