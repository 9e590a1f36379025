/** For every rule a fault made for it and the same music mended: the rule speaks of the first at its place, and not of the second. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Score } from '../score/index.ts';
import { type ExampleOptions, exampleScore } from '../theory/example-score.ts';
import { type CritiqueOptions, criticise, RULES } from './index.ts';

interface MadeFault {
  readonly wrong: Score;
  readonly mended: Score;
  /** Where the rule speaks, `bar.beat`. */
  readonly place: string;
  readonly options?: CritiqueOptions;
}

const STRICT: CritiqueOptions = { style: 'strict' };

const inParts = (wrong: readonly string[], mended: readonly string[], place: string): MadeFault => ({
  wrong: exampleScore(wrong),
  mended: exampleScore(mended),
  place,
  options: STRICT,
});

const melodies = (wrong: string, mended: string, place: string, more: ExampleOptions = {}): MadeFault => ({
  wrong: exampleScore([wrong], more),
  mended: exampleScore([mended], more),
  place,
});

const FOUR = 'C4 D4 E4 F4 G4 A4 G4 E4 F4 E4 D4 C4 D4:3 -';
const GONG: ExampleOptions = { key: { tonic: 'C', mode: 'gong' } };

const FAULTS: Readonly<Record<string, MadeFault>> = {
  'parallel-fifths': inParts(['S=G4 A4', 'A=E4 E4', 'B=C4 D4'], ['S=G4 F4', 'A=E4 D4', 'B=C4 D4'], '1.2'),
  'parallel-octaves': inParts(['S=C5 D5', 'A=E4 F4', 'B=C3 D3'], ['S=C5 B4', 'A=E4 F4', 'B=C3 D3'], '1.2'),
  'hidden-fifths': inParts(['S=E4 A4', 'A=C4 F4', 'B=G2 D3'], ['S=G4 A4', 'A=C4 F4', 'B=G2 D3'], '1.2'),
  'hidden-octaves': inParts(['S=E4 A4', 'A=C4 C4', 'B=C3 A3'], ['S=E4 A4', 'A=C4 C4', 'B=C3 A2'], '1.2'),
  'voice-crossing': inParts(
    ['S=G4 G4 G4', 'A=E4 A4 E4', 'B=C3 C3 C3'],
    ['S=G4 G4 G4', 'A=E4 F4 E4', 'B=C3 C3 C3'],
    '1.2',
  ),
  'voice-overlap': inParts(['S=G4 C5', 'A=E4 A4', 'B=C3 F3'], ['S=G4 A4', 'A=E4 F4', 'B=C3 F3'], '1.2'),
  spacing: inParts(['S=E5 E5', 'A=C5 C4', 'T=G4 G3', 'B=C4 C3'], ['S=E5 E4', 'A=C5 C4', 'T=G4 G3', 'B=C4 C3'], '1.2'),
  'leading-note': inParts(
    ['S=B4 G4', 'A=G4 E4', 'T=D4 C4', 'B=G3 C3'],
    ['S=B4 C5', 'A=G4 E4', 'T=D4 C4', 'B=G3 C3'],
    '1.1',
  ),
  seventh: inParts(['S=F4 A4', 'A=D4 E4', 'T=B3 C4', 'B=G3 C3'], ['S=F4 E4', 'A=D4 C4', 'T=B3 C4', 'B=G3 C3'], '1.1'),
  'doubled-leading-note': inParts(
    ['S=B4 C5', 'A=G4 G4', 'T=D4 E4', 'B=B3 C4'],
    ['S=D5 C5', 'A=G4 G4', 'T=D4 E4', 'B=B3 C4'],
    '1.1',
  ),
  range: { wrong: played('flute', 'C5 D5 G3 C5'), mended: played('flute', 'C5 D5 G4 C5'), place: '1.3' },
  leaps: inParts(['Soprano=C4 E5 D5 C5'], ['Soprano=C5 E5 D5 C5'], '1.2'),
  cadences: melodies('D4 C4:2', '-:4', '1.2'),
  ending: melodies('C4 D4 E4 F4 G4 F4 E4 D4', 'C4 D4 E4 F4 G4 F4 D4 C4', '2.4'),
  'phrase-lengths': melodies(
    `${FOUR} ${FOUR} ${FOUR} ${FOUR} C4 D4 E4 F4 G4 A4 G4 E4 F4 A4 G4 E4 F4 E4 D4 C4 C4 G4 E4 C4 C4:3 - ${FOUR}`,
    `${FOUR} ${FOUR} ${FOUR} ${FOUR} ${FOUR} ${FOUR}`,
    '17.1',
  ),
  'pentatonic-purity': melodies('C4 D4 E4 G4 B4:2 C5:2', 'C4 D4 E4 G4 A4:2 C5:2', '2.1', GONG),
  'tone-conflicts': {
    wrong: exampleScore(['C5 E5']),
    mended: exampleScore(['E5 C5']),
    place: '1.2',
    options: { tones: { p1: [1, 3] } },
  },
  'incomplete-bars': {
    wrong: withBars([48, 36, 48]),
    mended: withBars([48, 48, 48]),
    place: '2.1',
  },
  'chord-clashes': melodies('F4:2 A4 G4', 'E4:2 A4 G4', '1.1', { chords: [[0, 'C']] }),
};

/** A melody for an instrument of the house. */
function played(instrument: string, line: string): Score {
  const score = exampleScore([line]);
  return { ...score, parts: [{ ...score.parts[0]!, instrument, name: '' }] };
}

/** Bars of these lengths, in twelfths of a quarter, under 4/4. */
function withBars(lengths: readonly number[], extra: readonly Partial<Score['bars'][number]>[] = []): Score {
  const score = exampleScore(['C4']);
  let at = 0;
  const bars = lengths.map((length, i) => {
    const bar = { ...score.bars[0]!, at, length, ...extra[i] };
    at += length;
    return bar;
  });
  return { ...score, bars };
}

const places = (rule: string, score: Score, options: CritiqueOptions = {}): string[] =>
  criticise(score, { ...options, only: [rule] }).map(({ bar, beat }) => `${bar}.${beat}`);
const severities = (rule: string, score: Score): string[] =>
  criticise(score, { only: [rule] }).map(({ severity }) => severity);

test('every rule has a fault made for it', () => {
  assert.deepEqual(Object.keys(FAULTS).sort(), RULES.map(({ name }) => name).sort());
  assert.equal(RULES.length, 19);
});

for (const [rule, { wrong, mended, place, options }] of Object.entries(FAULTS)) {
  test(`${rule} speaks of its fault and is silent on the mended music`, () => {
    assert.ok(places(rule, wrong, options).includes(place), `${places(rule, wrong, options)}`);
    assert.deepEqual(places(rule, mended, options), []);
  });
}

test('lines that double each other are a colour unless strict writing is asked for', () => {
  const band = exampleScore(['S=C5 D5 E5 G5 A5 G5 E5 C5', 'A=C4 D4 E4 G4 A4 G4 E4 C4', 'B=C3 G2 C3 E3 F3 E3 G2 C3']);
  assert.deepEqual(places('parallel-octaves', band), []);
  assert.equal(places('parallel-octaves', band, STRICT).length, 7);
});

test('a lively melody over a slow bass and a figure is no chorale', () => {
  const quick = 'C5:.5 D5:.5 E5:.5 F5:.5 '.repeat(4);
  const piece = exampleScore([`S=${quick}`, 'A=E4 F4 E4 F4 E4 F4 E4 F4', 'B=C3:4 F3:4']);
  assert.deepEqual(
    criticise(piece).filter(({ severity }) => severity === 'fault'),
    [],
  );
});

test('a climax outside the comfortable range is passed over, a passage that stays there is not', () => {
  assert.deepEqual(severities('range', played('flute', `${'C5 D5 '.repeat(8)} C4`)), []);
  assert.deepEqual(severities('range', played('flute', 'C4 D5 C4 D5')), ['hint']);
});

test('short bars: two that make one, one that gives a pickup back, one where a section ends, one that lacks something', () => {
  assert.deepEqual(severities('incomplete-bars', withBars([48, 36, 12, 48])), []);
  assert.deepEqual(severities('incomplete-bars', withBars([12, 48, 36, 48, 36], [{}, {}, { repeatEnd: 2 }])), []);
  assert.deepEqual(severities('incomplete-bars', withBars([48, 24, 48], [{}, { line: 'double' }])), ['hint']);
  assert.deepEqual(severities('incomplete-bars', withBars([48, 24, 48])), ['fault']);
  assert.deepEqual(severities('incomplete-bars', withBars([48, 60, 48])), ['fault']);
});

test('a singer needs a breath in fourteen seconds: a rest, a breath mark or a comma', () => {
  const long = exampleScore([`S=${'C4:2 D4:2 E4:2 D4:2 '.repeat(4)}`]);
  const sung = (mark: object): Score => ({
    ...long,
    tempos: [{ at: 0, quarterBpm: 40 }],
    parts: long.parts.map((part) => ({
      ...part,
      notes: part.notes.map((note, i) => ({ ...note, lyrics: [{ text: 'la' }], ...(i % 3 === 2 && mark) })),
    })),
  });
  const breathless = (score: Score): number =>
    criticise(score, { only: ['phrase-lengths'] }).filter(({ message }) => message.en.includes('breathe')).length;
  assert.ok(breathless(sung({})) > 0);
  assert.equal(breathless(sung({ articulations: ['breath'] })), 0);
  assert.equal(breathless(sung({ lyrics: [{ text: 'la,' }] })), 0);
});
