/** Every rule bites on a small wrong example and is silent on a right one. The examples were written for these tests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OsError } from '../../../core/index.ts';
import type { Score } from '../score/index.ts';
import { type ExampleOptions, exampleScore } from '../theory/example-score.ts';
import { type CritiqueOptions, criticise, RULES } from './index.ts';

/** A sound close in four parts: I IV V7 I. */
const CHORALE = ['Soprano=E4 F4 D4 C4', 'Alto=C4 C4 B3 C4', 'Tenor=G3 A3 F3 E3', 'Bass=C3 F2 G2 C3'];

const choir = (lines: readonly string[], options: ExampleOptions = {}): Score => exampleScore(lines, options);

const bitten = new Set<string>();
const silent = new Set<string>();

/** What one rule says, as `severity@bar.beat`. */
function said(rule: string, score: Score, options: CritiqueOptions = {}): string[] {
  const findings = criticise(score, { style: 'strict', ...options, only: [rule] });
  (findings.length > 0 ? bitten : silent).add(rule);
  for (const { message, mend } of findings) assert.ok(message.en && message.zh && mend.en && mend.zh);
  return findings.map(({ severity, bar, beat }) => `${severity}@${bar}.${beat}`);
}

test('a sound close in four parts has no fault', () => {
  const findings = criticise(choir(CHORALE), { choir: true, style: 'strict' });
  assert.deepEqual(
    findings.filter(({ severity }) => severity === 'fault' || severity === 'warning'),
    [],
  );
});

test('parallel fifths and octaves are found between any two parts, and by contrary motion', () => {
  const fifths = choir(['S=G4 A4', 'A=E4 E4', 'B=C4 D4']);
  assert.deepEqual(said('parallel-fifths', fifths), ['fault@1.2']);
  assert.deepEqual(said('parallel-octaves', fifths), []);
  const octaves = choir(['S=C5 D5', 'A=E4 F4', 'T=G3 A3', 'B=C3 D3']);
  assert.deepEqual(said('parallel-octaves', octaves), ['fault@1.2']);
  assert.deepEqual(said('parallel-fifths', choir(['S=G4 D5', 'A=E4 F4', 'B=C4 G3'])), ['warning@1.2']);
  assert.deepEqual(
    said('parallel-octaves', choir(['S=C5 C5', 'A=E4 F4', 'B=C4 C4'])),
    [],
    'repeated notes are no motion',
  );
  assert.deepEqual(said('parallel-fifths', choir(['S=G4 -:2 A4', 'A=E4 E4:3', 'B=C4 -:2 D4'])), [], 'a rest breaks it');
  assert.deepEqual(said('parallel-fifths', choir(['S=F4 E4', 'A=D4 C4', 'B=B3 A3'])), [], 'a diminished fifth is none');
  assert.deepEqual(said('parallel-fifths', choir(CHORALE)), []);
  assert.deepEqual(said('parallel-octaves', choir(CHORALE)), []);
});

test('parallels by spelling: an augmented fourth or diminished sixth is no fifth', () => {
  assert.deepEqual(said('parallel-fifths', choir(['S=Ab4 A4', 'A=E4 F4', 'B=C#4 D4'])), []);
});

test('hidden fifths and octaves are found between the outer parts when the upper leaps', () => {
  assert.deepEqual(said('hidden-octaves', choir(['S=E4 A4', 'A=C4 C4', 'B=C3 A3'])), ['warning@1.2']);
  assert.deepEqual(said('hidden-fifths', choir(['S=E4 A4', 'A=C4 F4', 'B=G2 D3'])), ['warning@1.2']);
  assert.deepEqual(said('hidden-octaves', choir(['S=G4 A4', 'A=C4 C4', 'B=E3 A3'])), [], 'by step it is allowed');
  assert.deepEqual(said('hidden-fifths', choir(CHORALE)), []);
});

test('crossing, overlap and spacing', () => {
  assert.deepEqual(said('voice-crossing', choir(['S=G4 G4 G4', 'A=E4 A4 E4', 'B=C3 C3 C3'])), ['fault@1.2']);
  assert.deepEqual(said('voice-overlap', choir(['S=G4 C5', 'A=E4 A4', 'B=C3 F3'])), ['warning@1.2']);
  assert.deepEqual(said('spacing', choir(['S=E5 E5', 'A=C5 C4', 'T=G4 G3', 'B=C4 C3'])), ['fault@1.2']);
  assert.deepEqual(said('spacing', choir(['S=E5 E5', 'A=C5 C5', 'B=C4 B2'])), ['hint@1.2']);
  for (const rule of ['voice-crossing', 'voice-overlap', 'spacing'])
    assert.deepEqual(said(rule, choir(CHORALE)), [], rule);
});

test('the leading note rises; in an inner part it may fall to the fifth', () => {
  assert.deepEqual(said('leading-note', choir(['S=B4 G4', 'A=G4 E4', 'T=D4 C4', 'B=G3 C3'])), ['fault@1.1']);
  assert.deepEqual(said('leading-note', choir(['S=D5 C5', 'A=B4 G4', 'T=G4 E4', 'B=G3 C3'])), ['hint@1.1']);
  assert.deepEqual(said('leading-note', choir(['S=B4 C5', 'A=G4 E4', 'T=D4 G4', 'B=G3 C3'])), []);
  assert.deepEqual(
    said('leading-note', choir(['S=B4 D5', 'A=G4 G4', 'T=D4 B3', 'B=G3 G3'])),
    [],
    'the dominant goes on',
  );
  const minor: ExampleOptions = { key: { tonic: 'A', mode: 'minor' } };
  assert.deepEqual(said('leading-note', choir(['S=G#4 E4', 'A=E4 C4', 'T=B3 A3', 'B=E3 A2'], minor)), ['fault@1.1']);
});

test('sevenths step down or are held', () => {
  assert.deepEqual(said('seventh', choir(['S=F4 A4', 'A=D4 E4', 'T=B3 C4', 'B=G3 A3'])), ['fault@1.1']);
  assert.deepEqual(said('seventh', choir(['S=F4 E4', 'A=D4 C4', 'T=B3 C4', 'B=G3 C3'])), []);
  assert.deepEqual(said('seventh', choir(['S=C5 C5', 'A=A4 F4', 'T=F4 A3', 'B=D4 F3'])), [], 'held');
  assert.deepEqual(said('seventh', choir(['S=D5 C5', 'A=B4 C5', 'T=G4 E4', 'B=F3 F2'])), [], 'held an octave lower');
  assert.deepEqual(said('seventh', choir(['S=C5 G5', 'A=A4 B4', 'T=F4 D4', 'B=D4 G3'])), ['warning@1.1']);
  assert.deepEqual(
    said('seventh', choir(['S=F4 G4', 'A=D4 C4', 'T=B3 C4', 'B=G3 E3'])),
    ['hint@1.1'],
    'rising by step',
  );
});

test('the leading note is not doubled', () => {
  assert.deepEqual(said('doubled-leading-note', choir(['S=B4 C5', 'A=G4 G4', 'T=D4 E4', 'B=B3 C4'])), ['fault@1.1']);
  assert.deepEqual(said('doubled-leading-note', choir(CHORALE)), []);
  const third = choir(['S=B4 C5', 'A=G4 A4', 'T=E4 E4', 'B=B3 A3']);
  assert.deepEqual(said('doubled-leading-note', third), [], 'in the chord of the third degree it is no leading note');
});

test('ranges of instruments, of voices by name, and of a choir', () => {
  const flute = (line: string): Score => {
    const score = exampleScore([line]);
    return { ...score, parts: [{ ...score.parts[0]!, instrument: 'flute', name: 'Flute' }] };
  };
  assert.deepEqual(said('range', flute('C5 D5 G3 C5')), ['fault@1.3']);
  assert.deepEqual(said('range', flute('C5 D5 G5 C5')), []);
  assert.deepEqual(said('range', choir(CHORALE), { choir: true }), []);
  assert.deepEqual(said('range', choir(['S=C6 F4', 'A=C5 C4', 'T=G3 A3', 'B=C3 D2']), { choir: true }), [
    'fault@1.1',
    'fault@1.2',
  ]);
});

test('sung leaps: over an octave, augmented, unbalanced', () => {
  assert.deepEqual(said('leaps', choir(['Soprano=C4 E5 D5 C5'])), ['warning@1.2']);
  assert.deepEqual(said('leaps', choir(['Soprano=F4 G#4 A4'])), ['hint@1.2']);
  assert.deepEqual(said('leaps', choir(['Soprano=C4 B4 E5 D5'])), ['hint@1.2']);
  assert.deepEqual(said('leaps', choir(['Soprano=C4 A4 G4 F4 G#3 A3'])), [], 'a diminished seventh down is allowed');
  assert.deepEqual(said('leaps', choir(['Soprano=C4 C5 E5'])), [], 'an octave needs no turn');
  assert.deepEqual(said('leaps', choir(['S=C5 C5 D5', 'A=G4 G4 G4', 'Bass=C2 Bb2 D3'])), [], 'nor does the bass');
  assert.deepEqual(said('leaps', choir(['violin=C4 E5']), { style: 'free' }), [], 'players leap');
});

const closes = (chords: [number, string][], melody = 'E4 F4 D4:2 E4 D4 C4:2'): string[] =>
  criticise(exampleScore([melody], { chords }), { only: ['cadences'] }).map(({ message }) => message.en);

test('cadences are named by their chords', () => {
  assert.match(
    closes([
      [0, 'C'],
      [5, 'G7'],
      [6, 'C'],
    ]).at(-1)!,
    /perfect authentic/,
  );
  assert.match(
    closes([
      [0, 'C'],
      [5, 'G7/B'],
      [6, 'C'],
    ]).at(-1)!,
    /imperfect/,
  );
  assert.match(
    closes([
      [0, 'C'],
      [5, 'F'],
      [6, 'C'],
    ]).at(-1)!,
    /plagal/,
  );
  assert.match(
    closes([
      [0, 'C'],
      [5, 'G7'],
      [6, 'Am'],
    ]).at(-1)!,
    /deceptive/,
  );
  assert.match(
    closes(
      [
        [0, 'C'],
        [6, 'G'],
      ],
      'E4 F4 D4:2 E4 C4 D4:2',
    ).at(-1)!,
    /half/,
  );
  const heard = criticise(choir(CHORALE.map((line) => `${line}:2`)), { only: ['cadences'] });
  assert.match(heard.at(-1)!.message.en, /perfect authentic/);
});

test('in Chinese modes phrases close on 宫 商 角 徵 羽', () => {
  const zhi: ExampleOptions = { key: { tonic: 'G', mode: 'zhi' } };
  const score = exampleScore(['C5 D5 E5 D5 C5 A4 D5:2 E5 D5 C5 A4 C5 A4 G4:2'], zhi);
  const close = criticise(score, { only: ['cadences'] }).at(-1)!;
  assert.match(close.message.zh, /落于徵（主音）/);
  assert.deepEqual(said('ending', score), []);
  assert.deepEqual(said('ending', exampleScore(['C5 D5 E5 D5 C5 A4 D5:2'], zhi)), ['warning@2.3']);
  assert.deepEqual(said('ending', exampleScore(['C4 D4 E4 F4 G4 F4 E4 C4'])), []);
});

test('phrases of odd length and without breath', () => {
  const four = 'C4 D4 E4 F4 G4 A4 G4 E4 F4 E4 D4 C4 D4:3 -';
  const odd = 'C4 D4 E4 F4 G4 A4 G4 E4 F4 A4 G4 E4 F4 E4 D4 C4 C4:3 -';
  assert.deepEqual(said('phrase-lengths', exampleScore([`${four} ${four} ${four}`])), []);
  assert.ok(said('phrase-lengths', exampleScore([`${four} ${four} ${odd} ${four}`])).length > 0);
});

test('pentatonic purity tells passing 偏音 from weighty ones', () => {
  const gong: ExampleOptions = { key: { tonic: 'C', mode: 'gong' } };
  assert.deepEqual(said('pentatonic-purity', exampleScore(['C4 D4 E4 G4 A4 G4 E4 C4'], gong)), []);
  assert.deepEqual(said('pentatonic-purity', exampleScore(['C4 D4 E4:.5 F4:.5 G4 B4:2 C5:2'], gong)), [
    'hint@1.3.5',
    'warning@2.1',
  ]);
  assert.deepEqual(said('pentatonic-purity', exampleScore(['C4 F4 B4 C5'])), [], 'only in Chinese modes');
});

test('melody against tones: steps sung the other way and melismas turned round', () => {
  const sing = (line: string, tones: (1 | 2 | 3 | 4 | 5 | null)[]): string[] =>
    said('tone-conflicts', exampleScore([line]), { tones: { p1: tones } });
  assert.deepEqual(sing('C5 E5', [1, 3]), ['warning@1.2']);
  assert.deepEqual(sing('E5 C5', [1, 3]), []);
  assert.deepEqual(sing('E5 C5', [3, 4]), ['warning@1.2']);
  assert.deepEqual(sing('C5 E5', [4, null]), ['warning@1.1']);
  assert.deepEqual(sing('E5 C5', [4, null]), []);
  assert.deepEqual(sing('C5 E5', [1, 5]), [], 'neutral tones are free');
  assert.deepEqual(sing('C5 -:2 E5', [1, 3]), [], 'a rest begins anew');
});

test('incomplete bars, but not pickups and bars split by a repeat', () => {
  const score = exampleScore(['C4:4 D4:4 E4:4']);
  assert.deepEqual(said('incomplete-bars', score), []);
  const short = {
    ...score,
    bars: [score.bars[0]!, { ...score.bars[1]!, length: 36 }, { ...score.bars[2]!, at: 84 }],
    parts: [],
  };
  assert.deepEqual(said('incomplete-bars', short as unknown as Score), ['fault@2.1']);
  const pickup = exampleScore(['G4 C5:4 B4:4 C5:3'], { pickup: 1 });
  const closed = {
    ...pickup,
    bars: pickup.bars.map((bar, i) => (i === pickup.bars.length - 1 ? { ...bar, length: 36 } : bar)),
  };
  assert.deepEqual(said('incomplete-bars', closed), []);
  const [first, second] = [
    { ...score.bars[1]!, length: 36, repeatEnd: 2 },
    { ...score.bars[2]!, at: 84, length: 12 },
  ];
  assert.deepEqual(
    said('incomplete-bars', { ...score, bars: [score.bars[0]!, first, second], parts: [] } as unknown as Score),
    [],
  );
});

test('melody against chord symbols: a semitone above a chord tone rubs unless it resolves', () => {
  const over = (melody: string, symbol: string): string[] =>
    said('chord-clashes', exampleScore([melody], { chords: [[0, symbol]] }));
  assert.deepEqual(over('F4:2 A4 G4', 'C'), ['warning@1.1']);
  assert.deepEqual(over('F4:2 E4 G4', 'C'), [], 'a suspension');
  assert.deepEqual(over('E4:2 G4 C5', 'C'), []);
  assert.deepEqual(over('D4:2 G4 C5', 'C'), [], 'a ninth does not rub');
  assert.deepEqual(over('E4:4', 'Cfoo'), ['warning@1.1']);
});

test('accompaniment and doublings are not judged as part-writing', () => {
  const song = exampleScore(['voice=E5:2 D5:2 C5:4', 'piano=C3+E3+G3:2 B2+D3+F3+G3:2 C3+E3:4']);
  assert.deepEqual(
    criticise(song).filter(({ rule }) => /parallel|hidden|crossing|spacing/.test(rule)),
    [],
  );
  const unison = exampleScore(['erhu=C5 D5 E5 G5 A5 G5 E5:2', 'dizi=C6 D6 E6 G6 A6 G6 E6:2']);
  assert.deepEqual(criticise(unison, { only: ['parallel-octaves'] }), []);
});

test('a hymn written as chords of four in one part has its four lines', () => {
  const hymn = exampleScore(['C3+G3+E4+C5 D3+A3+F4+D5']);
  assert.equal(criticise(hymn, { only: ['parallel-octaves'], style: 'strict' }).length, 1);
});

test('names of rules are checked, and all have both languages', () => {
  assert.throws(
    () => criticise(choir(CHORALE), { only: ['nonsense'] }),
    (error) => error instanceof OsError && error.code === 'music/no-such-rule',
  );
  assert.equal(new Set(RULES.map(({ name }) => name)).size, RULES.length);
  assert.ok(RULES.every(({ summary }) => summary.en && summary.zh));
});

test('every rule has bitten and has been silent in this file', () => {
  assert.deepEqual(said('cadences', exampleScore(['-:4'])), []);
  assert.equal(said('cadences', exampleScore(['D4 C4:2'])).length, 1);
  const names = RULES.map(({ name }) => name).sort();
  assert.deepEqual([...bitten].sort(), names);
  assert.deepEqual([...silent].sort(), names);
});
