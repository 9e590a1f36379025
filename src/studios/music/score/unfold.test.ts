import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bar, Score } from './score.ts';
import { playingOrder, unfoldScore } from './unfold.ts';

/** Bars of four quarters written as signs: `|:` `:|` `:|3`, `1.` an ending, or a jump. */
function barsOf(...signs: string[]): Bar[] {
  return signs.map((sign, i) => {
    const words = sign.split(' ');
    const ends = words.find((word) => word.startsWith(':|'));
    const ending = words.find((word) => /^[\d,]+\.$/.test(word));
    const jump = words.find((word) => /^[a-z-]{4,}$/.test(word));
    return {
      at: 4 * i,
      length: 4,
      metre: [4, 4],
      key: { tonic: 'C', mode: 'major' },
      ...(words.includes('|:') ? { repeatStart: true } : {}),
      ...(ends ? { repeatEnd: Number(ends.slice(2) || 2) } : {}),
      ...(ending ? { ending: ending.slice(0, -1).split(',').map(Number) } : {}),
      ...(jump ? { jump: jump as NonNullable<Bar['jump']> } : {}),
    } satisfies Bar;
  });
}

const order = (...signs: string[]): string => playingOrder(barsOf(...signs)).join(' ');

test('repeats, endings and jumps are played in the order players take them', () => {
  assert.equal(order('', '', ''), '0 1 2');
  assert.equal(order('', ':|', ''), '0 1 0 1 2');
  assert.equal(order('', '|:', ':|3', ''), '0 1 2 1 2 1 2 3');
  assert.equal(order('|:', '1. :|', '2.', ''), '0 1 0 2 3');
  assert.equal(order('|:', '1. :|', '2. :|', ''), '0 1 0 2 3');
  assert.equal(order('|:', '1,2. :|3', '3.', ''), '0 1 0 1 0 2 3');
  assert.equal(order('|:', ':|', '|:', ':|'), '0 1 0 1 2 3 2 3');
  assert.equal(order('', 'fine', 'da-capo-al-fine'), '0 1 2 0 1');
  assert.equal(order('', 'segno', 'to-coda', 'dal-segno-al-coda', 'coda', ''), '0 1 2 3 1 2 4 5');
  assert.equal(order('|:', ':|', 'fine', 'da-capo-al-fine'), '0 1 0 1 2 3 0 1 2');
  assert.equal(order('|:', '1. :|', '2. fine', 'da-capo-al-fine'), '0 1 0 2 3 0 2');
  assert.equal(order('', 'da-capo'), '0 1 0 1');
});

test('a score unfolds with its notes, tempo and dynamics, and keeps its length in time', () => {
  const score: Score = {
    version: 1,
    title: '',
    ticksPerQuarter: 1,
    bars: barsOf('', ':|', ''),
    tempos: [
      { at: 0, quarterBpm: 100 },
      { at: 6, quarterBpm: 50 },
    ],
    chords: [],
    parts: [
      {
        id: 'a',
        name: 'a',
        instrument: 'flute',
        notes: [
          { at: 0, length: 4, pitch: 'C4' },
          { at: 7, length: 3, pitch: 'D4' },
          { at: 8, length: 4, pitch: 'E4' },
        ],
        marks: [
          { kind: 'dynamic', at: 0, value: 'p' },
          { kind: 'dynamic', at: 4, value: 'f' },
        ],
      },
    ],
  };
  const flat = unfoldScore(score);
  assert.deepEqual(
    flat.parts[0]!.notes.map(({ at, length, pitch }) => `${pitch}@${at}+${length}`),
    ['C4@0+4', 'D4@7+1', 'C4@8+4', 'D4@15+3', 'E4@16+4'],
  );
  assert.deepEqual(
    flat.tempos.map(({ at, quarterBpm }) => [at, quarterBpm]),
    [
      [0, 100],
      [6, 50],
      [8, 100],
      [14, 50],
    ],
  );
  assert.deepEqual(
    flat.parts[0]!.marks!.map((mark) => [mark.at, mark.kind === 'dynamic' && mark.value]),
    [
      [0, 'p'],
      [4, 'f'],
      [8, 'p'],
      [12, 'f'],
    ],
  );
  assert.deepEqual(
    flat.bars.map(({ at }) => at),
    [0, 4, 8, 12, 16],
  );
  assert.ok(flat.bars.every(({ repeatEnd }) => repeatEnd === undefined));
  assert.equal(unfoldScore({ ...score, bars: barsOf('', '', '') }).parts[0], score.parts[0]);
});
