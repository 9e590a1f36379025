import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasLonelyLevel, hasThreeTail, listTonePatterns } from './tone-patterns.ts';
import type { VerseForm } from './types.ts';

const line = (tones: string, rhyme: boolean): VerseForm['lines'][number] => ({
  tones: [...tones] as never,
  mark: '。',
  ...(rhyme ? { rhyme: { chain: 'a', toneClass: '平' as const } } : {}),
});
const form = (lines: VerseForm['lines'], strict: boolean): VerseForm => ({
  id: 'x/1',
  name: 'x',
  variant: '1',
  family: 'regulated',
  english: 'x',
  lines,
  stanzas: [0],
  defaultBook: '平水韵',
  rules: {
    lonelyLevel: strict,
    threeTail: strict,
    rescue: false,
    distinctRhymeWords: true,
    maxRepeats: 1,
    couplets: [],
  },
});

test('[VE24] a line is spelled out into all its tone patterns, faults of the whole line left out', () => {
  const free = listTonePatterns(form([line('中平中仄平', true)], false), 0).map((p) => p.join(''));
  assert.deepEqual(free.sort(), ['仄平仄仄平', '仄平平仄平', '平平仄仄平', '平平平仄平'].sort());
  const strict = listTonePatterns(form([line('中平中仄平', true)], true), 0).map((p) => p.join(''));
  assert.ok(!strict.includes('仄平仄仄平'), '孤平');
  assert.equal(strict.length, 3);
});

test('[VE25] three level or three oblique syllables at the end are seen', () => {
  assert.ok(hasThreeTail([...'仄仄平平平'] as never) && hasThreeTail([...'平平仄仄仄'] as never));
  assert.ok(!hasThreeTail([...'平平平仄仄'] as never));
  assert.ok(hasLonelyLevel([...'平平仄平仄仄平'] as never) && !hasLonelyLevel([...'平平平平仄仄平'] as never));
});
