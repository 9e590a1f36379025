import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MODES, midiOf, scaleDegrees } from '../score/index.ts';
import { CHINESE_MODES, CHURCH_MODES, type FindKeyOptions, findKey, profileOf } from './find-key.ts';

const found = (melody: string, options: FindKeyOptions = {}): string => {
  const notes = melody.split(' ').map((word) => {
    const [pitch, length = '1'] = word.split(':');
    return { midi: midiOf(pitch!), length: Number(length) };
  });
  const [best] = findKey(notes, options);
  return `${best!.key.tonic} ${best!.key.mode}`;
};

test('major and minor are found from the weights of the notes, with every profile', () => {
  for (const profiles of ['krumhansl-kessler', 'temperley', 'albrecht-shanahan'] as const) {
    assert.equal(found('G4:2 A4 B4 C5 D5:2 B4 G4 F#4 A4 G4:3', { profiles }), 'G major');
    assert.equal(found('A4:2 B4 C5 D5 E5:2 C5 A4 G#4 B4 A4:3', { profiles }), 'A minor');
    assert.equal(found('Eb4:2 F4 G4:2 Ab4 Bb4:2 G4 Eb4 D4 Eb4:3', { profiles }), 'Eb major');
  }
});

test('folk modes are told from major and minor by their own degree and the final', () => {
  const options = { modes: CHURCH_MODES };
  assert.equal(found('D4:2 A4 B4 C5 A4:2 F4 E4 C4 D4 E4 F4 A4 D4:3', options), 'D dorian');
  assert.equal(found('A4:2 C#5 E5 G5 E5:2 D5 B4 G4 A4 B4 C#5 A4:3', options), 'A mixolydian');
});

test('the five Chinese modes on the same five tones are told apart by tonic weight and final', () => {
  const options = { modes: CHINESE_MODES };
  assert.equal(found('C5:2 D5 E5 G5:2 E5 D5 C5 A4 G4 C5:3', options), 'C gong');
  assert.equal(found('D5:2 E5 G5 A5:2 G5 E5 D5 C5 A4 D5:3', options), 'D shang');
  assert.equal(found('E5:2 G5 A5:2 E5 D5 C5 D5 E5 A4 E5:3', options), 'E jue');
  assert.equal(found('G4:2 A4 C5 D5:2 C5 E5 D5 C5 A4 G4:3', options), 'G zhi');
  assert.equal(found('A4:2 C5 D5 E5:2 D5 C5 A4 G4 E4 A4:3', options), 'A yu');
});

test('the profile of every mode favours its own scale', () => {
  for (const mode of MODES) {
    const profile = profileOf(mode, 'albrecht-shanahan');
    const scale = scaleDegrees(mode);
    const inside = Math.min(...scale.map((degree) => profile[degree]!));
    const outside = profile.filter((_, i) => !scale.includes(i));
    const leading = 11;
    const strays = outside.filter((weight) => weight >= inside && weight !== profile[leading]);
    assert.deepEqual(strays, [], mode);
  }
});

test('silence and noise have no key: all keys score alike', () => {
  assert.ok(findKey([]).every(({ score }) => score === 0));
  const noise = Array.from({ length: 12 }, (_, midi) => ({ midi, length: 1 }));
  assert.ok(findKey(noise, { finalWeight: 0 }).every(({ score }) => Math.abs(score) < 1e-9));
});
