import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Score } from '../score/index.ts';
import { formatJianpu } from './index.ts';

const score = (notes: Score['parts'][number]['notes'], more: Partial<Score['bars'][number]> = {}): Score => ({
  version: 1,
  title: '',
  ticksPerQuarter: 4,
  bars: [0, 8].map((at) => ({
    at,
    length: 8,
    metre: [2, 4] as [number, 4],
    key: { tonic: 'F', mode: 'major' as const },
    ...more,
  })),
  tempos: [{ at: 0, quarterBpm: 72 }],
  chords: [],
  parts: [{ id: 'p', name: '', instrument: 'xiao', notes }],
});

test('numbers, lines, dots, dashes, rests and words', () => {
  const text = formatJianpu(
    score([
      { at: 0, length: 4, pitch: 'C5', lyrics: [{ text: '床' }] },
      { at: 4, length: 2, pitch: 'F5', lyrics: [{ text: '前' }] },
      { at: 6, length: 1, pitch: 'E4' },
      { at: 7, length: 1, pitch: 'F#4' },
      { at: 8, length: 6, pitch: 'F4', lyrics: [{ text: '月' }] },
    ]),
  );
  assert.equal(text, '1=F  2/4  ♩=72\n\n│ 5  1\u0307\u0332  7\u0323\u0333 ♯1\u0333 │ 1· 0\u0332 │\n  床 前        月');
});

test('a minor key counts from its relative major; a note over the bar line is held', () => {
  const text = formatJianpu(score([{ at: 0, length: 12, pitch: 'D4' }], { key: { tonic: 'D', mode: 'minor' } }));
  assert.equal(text, '1=F  2/4  ♩=72\n\n│ 6\u0323 – │ – 0 │');
});

test('chords stand above the notes with which they begin', () => {
  const notes = [
    { at: 0, length: 8, pitch: 'F4', lyrics: [{ text: '月' }] },
    { at: 8, length: 4, pitch: 'C5' },
    { at: 12, length: 4, pitch: 'D5' },
  ];
  const chords = [
    { at: 0, symbol: 'F' },
    { at: 4, symbol: 'Dm7' },
    { at: 8, symbol: 'C' },
  ];
  assert.equal(formatJianpu({ ...score(notes), chords }), '1=F  2/4  ♩=72\n\n  F  Dm7   C\n│ 1  –   │ 5 6 │\n  月');
});
