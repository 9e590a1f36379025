import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OsError } from '../../../core/index.ts';
import { exampleScore } from '../theory/example-score.ts';
import { chordsFromProgression, harmonise } from './index.ts';

const STAR = exampleScore([
  'C4 C4 G4 G4 A4 A4 G4:2 F4 F4 E4 E4 D4 D4 C4:2 G4 G4 F4 F4 E4 E4 D4:2 C4 C4 G4 G4 A4 A4 G4:2 F4 F4 E4 E4 D4 D4 C4:2',
]);
const MINOR = exampleScore(['A4 B4 C5 A4 E5:2 E5:2 D5 C5 B4 G#4 A4:4'], { key: { tonic: 'A', mode: 'minor' } });

test('a plain song gets tonic, subdominant and dominant, and closes V–I', () => {
  const [{ score, numbers }] = harmonise(STAR) as [ReturnType<typeof harmonise>[number]];
  const symbols = score.chords.map(({ symbol }) => symbol);
  assert.deepEqual([...new Set(symbols)].sort(), ['C', 'F', 'G', 'G7']);
  assert.match(symbols.slice(-2).join(' '), /^G7? C$/);
  assert.ok(numbers.chordTones! > 0.95);
  assert.deepEqual(score.parts, STAR.parts);
});

test('minor has its leading-note dominant', () => {
  const symbols = harmonise(MINOR)[0]!.score.chords.map(({ symbol }) => symbol);
  assert.equal(symbols[0], 'Am');
  assert.match(symbols.slice(-2).join(' '), /^E7? Am$/);
});

test('candidates: the same seed gives the same, the first is the likeliest, others differ', () => {
  const once = harmonise(STAR, { count: 4, seed: 3 });
  assert.deepEqual(harmonise(STAR, { count: 4, seed: 3 }), once);
  for (const { numbers } of once) assert.ok(numbers.likelihoodPerBeat! <= once[0]!.numbers.likelihoodPerBeat!);
  assert.ok(new Set(once.map(({ score }) => JSON.stringify(score.chords))).size > 1);
});

test('chords that are given stay, and the rest is filled in', () => {
  const given = { ...STAR, chords: [{ at: 48, symbol: 'Dm7b5/Ab' }] };
  const kept = harmonise(given)[0]!.score.chords;
  assert.ok(kept.some(({ at, symbol }) => at === 48 && symbol === 'Dm7b5/Ab'));
  assert.ok(kept.some(({ at }) => at === 96) && kept.length > 5);
  const anew = harmonise(given, { chords: 'forget' })[0]!.score.chords;
  assert.deepEqual(anew, harmonise(STAR)[0]!.score.chords);
});

test('density and colour do what they say', () => {
  const count = (density: 'sparse' | 'normal' | 'dense'): number =>
    harmonise(MINOR, { density })[0]!.score.chords.length + harmonise(STAR, { density })[0]!.score.chords.length;
  assert.ok(count('sparse') < count('normal') && count('normal') < count('dense'));
  const sevenths = (colour: 'plain' | 'rich'): number =>
    harmonise(STAR, { colour })[0]!.score.chords.filter(({ symbol }) => symbol.includes('7') && symbol !== 'G7').length;
  assert.equal(sevenths('plain'), 0);
  assert.ok(sevenths('rich') > 3);
});

test('a score without a melody is refused in two languages', () => {
  const empty = exampleScore(['-:4']);
  assert.throws(
    () => harmonise(empty),
    (error: unknown) => error instanceof OsError && error.code === 'music/no-melody',
  );
  assert.throws(() => harmonise(STAR, { part: 'p9' }), { code: 'music/no-melody' });
});

test('progressions are read in symbols, numerals and digits, with and without bar lines', () => {
  const read = (text: string, options = {}): string =>
    chordsFromProgression(text, MINOR, options)
      .map(({ at, symbol }) => `${at / 12}:${symbol}`)
      .join(' ');
  assert.equal(read('Am F C G'), '0:Am 4:F 8:C 12:G');
  assert.equal(read('i VI | iv . V7 . | %'), '0:Am 2:F 4:Dm 6:E7 8:Dm 10:E7');
  assert.equal(read('1 4', { bars: 4 }), '0:C 4:F 8:C 12:F'.replaceAll('C', 'A').replaceAll('F', 'D'));
  assert.equal(read('Am F C G', { perBar: 2 }), '0:Am 2:F 4:C 6:G');
  assert.equal(read('Am', { from: 2 }), '8:Am');
  assert.throws(() => read('Am Foo'), { code: 'music/bad-chord' });
  assert.throws(() => read('IVIV'), { code: 'music/bad-roman' });
  assert.throws(() => read(' | '), { code: 'music/empty-progression' });
});
