import assert from 'node:assert/strict';
import { test } from 'node:test';
import { criticise } from '../critic/index.ts';
import { type Mode, scaleDegrees, tonicClass } from '../score/index.ts';
import { exampleScore } from '../theory/example-score.ts';
import { chordClasses, classOf, parseChord } from '../theory/index.ts';
import { harmonise } from './index.ts';

/** A tune on the degrees of each Chinese mode, closing on its tonic. */
const TUNES: Readonly<Partial<Record<Mode, readonly [tonic: string, notes: string]>>> = {
  gong: ['C', 'E4 G4 A4 C5 A4 G4 E4 D4 E4 G4 E4 D4 C4:4'],
  shang: ['D', 'D4 E4 G4 A4 C5 A4 G4 E4 A4 G4 E4 C4 D4:4'],
  jue: ['E', 'E4 G4 A4 C5 A4 G4 E4 D4 C4 D4 E4 G4 E4:4'],
  zhi: ['G', 'G4 A4 C5 D5 E5 D5 C5 A4 C5 A4 G4 E4 G4:4'],
  yu: ['A', 'A4 C5 D5 E5 G5 E5 D5 C5 D5 C5 A4 G4 A4:4'],
};

test('Chinese modes: every chord is made of the five tones, and the last stands on the tonic', () => {
  for (const [mode, [tonic, notes]] of Object.entries(TUNES) as [Mode, [string, string]][]) {
    const key = { tonic, mode };
    const scale = scaleDegrees(mode).map((degree) => (degree + tonicClass(key)) % 12);
    for (const { score } of harmonise(exampleScore([notes], { key }), { count: 3 })) {
      for (const { symbol } of score.chords) {
        assert.ok(
          chordClasses(parseChord(symbol)).every((tone) => scale.includes(tone)),
          `${mode}: ${symbol}`,
        );
      }
      assert.equal(classOf(parseChord(score.chords.at(-1)!.symbol).root), tonicClass(key), mode);
      assert.ok(score.chords.length >= 3, mode);
    }
  }
});

test('Chinese modes in four parts keep to the five tones and break no rule', () => {
  for (const [mode, [tonic, notes]] of Object.entries(TUNES) as [Mode, [string, string]][]) {
    const { score } = harmonise(exampleScore([notes], { key: { tonic, mode } }), { style: 'four-part' })[0]!;
    const findings = criticise(score, { style: 'strict', choir: true });
    assert.deepEqual(
      findings.filter(({ severity, rule }) => severity === 'fault' || rule === 'pentatonic-purity'),
      [],
    );
  }
});

test('a minor melody is heard as 羽 where pentatonic harmony is asked for', () => {
  const score = exampleScore([TUNES.yu![1]], { key: { tonic: 'A', mode: 'minor' } });
  const symbols = harmonise(score, { style: 'pentatonic' })[0]!.score.chords.map(({ symbol }) => symbol);
  assert.ok(
    symbols.every((symbol) => !/G#|E7$|E$/.test(symbol)),
    symbols.join(' '),
  );
});
