import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Note, Score } from './score/index.ts';
import { sungText } from './sung-text.ts';

type Syllable = readonly [at: number, text: string, syllabic?: 'begin' | 'middle' | 'end'];
const part = (syllables: readonly Syllable[]): Score['parts'][number] => ({
  id: 'p',
  name: '',
  instrument: 'voice',
  notes: syllables.map(
    ([at, text, syllabic]): Note => ({
      at,
      length: 2,
      pitch: 'C4',
      lyrics: text ? [{ text, ...(syllabic && { syllabic }) }] : [],
    }),
  ),
});

test('syllables become words, rests end lines, Han characters stand without spaces', () => {
  const english = part([
    [0, 'A'],
    [2, 'trav', 'begin'],
    [4, 'el', 'middle'],
    [6, 'ler', 'end'],
    [8, ''],
    [12, 'came'],
  ]);
  const chinese = part([
    [0, '床'],
    [2, '前'],
    [6, '明'],
    [8, '月'],
  ]);
  assert.equal(sungText({ parts: [english, chinese], ticksPerQuarter: 2 }), 'A traveller\ncame\n\n床前\n明月');
  assert.equal(sungText({ parts: [part([[0, '']])], ticksPerQuarter: 2 }), '');
});
