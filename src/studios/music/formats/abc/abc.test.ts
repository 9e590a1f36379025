import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { scoreArb } from '../../../../../test/arbitrary-scores.ts';
import { OsError } from '../../../../core/index.ts';
import { type Lyric, type Note, type Score, tidyScore } from '../../score/index.ts';
import { readAbc, readAbcBook, writeAbc } from './index.ts';

const abcjs = createRequire(import.meta.url)('abcjs') as {
  parseOnly(text: string): { warnings?: string[] }[];
};

/** What ABC holds: no clefs that were never asked for, and syllables in the order of their words. */
function asAbc(score: Score): Score {
  const tidy = tidyScore(score);
  const parts = tidy.parts.map(({ marks, notes, ...rest }) => {
    const part = { ...rest, notes: inWords(notes) };
    const kept = marks?.filter(({ kind }) => kind !== 'clef') ?? [];
    return { ...part, ...(kept.length > 0 && { marks: kept }) };
  });
  return { ...tidy, parts };
}

/** A syllable after one that goes on is the middle or the end of a word; ABC knows no other. */
function inWords(notes: readonly Note[]): Note[] {
  const goesOn = new Map<string, boolean>();
  return notes.map((note) => {
    const lyrics = note.lyrics?.map(({ syllabic, ...lyric }): Lyric => {
      const place = `${note.voice} ${lyric.verse}`;
      const began = goesOn.get(place);
      const goes = syllabic === 'begin' || syllabic === 'middle';
      goesOn.set(place, goes);
      const word = began ? (goes ? 'middle' : 'end') : goes ? 'begin' : undefined;
      return { ...lyric, ...(word && { syllabic: word }) };
    });
    return { ...note, ...(lyrics && { lyrics }) };
  });
}

const tune = (body: string, head = 'M:4/4\nL:1/8\nK:C'): Score => readAbc(`X:1\nT:t\n${head}\n${body}\n`).score;
/** Onset and length in eighths, pitch. */
const heard = ({ parts, ticksPerQuarter: q }: Score): string[] =>
  parts[0]!.notes.map(({ at, length, pitch }) => `${(at / q) * 2}+${(length / q) * 2} ${pitch}`);

test('what we write we read again: notes, spellings, voices, bars, repeats, keys, tempos, chords, lyrics, signs', () => {
  fc.assert(
    fc.property(scoreArb, (score) => {
      const { score: again, warnings } = readAbc(writeAbc(score));
      assert.deepEqual(warnings, []);
      assert.deepEqual(asAbc(again), asAbc(score));
    }),
    { numRuns: 100 },
  );
});

test('abcjs reads what we write without a warning', () => {
  fc.assert(
    fc.property(scoreArb, (score) => {
      const { warnings = [] } = abcjs.parseOnly(writeAbc(score))[0]!;
      // Quintuplets broken off by a bar line can leave lengths finer than abcjs draws; real music has none (see bench).
      const faults = warnings.filter((warning) => !warning.includes('Duration not representable'));
      assert.deepEqual(faults, []);
    }),
    { numRuns: 60 },
  );
});

test('lengths, octaves, chords, broken rhythm and tuplets', () => {
  assert.deepEqual(heard(tune("C,, c' C/ C// C3/2 |")).slice(0, 5), [
    '0+1 C2',
    '1+1 C6',
    '2+0.5 C4',
    '2.5+0.25 C4',
    '2.75+1.5 C4',
  ]);
  assert.deepEqual(heard(tune('[CEG]2 C>D E<<F|')), [
    '0+2 C4',
    '0+2 E4',
    '0+2 G4',
    '2+1.5 C4',
    '3.5+0.5 D4',
    '4+0.25 E4',
    '4.25+1.75 F4',
  ]);
  assert.deepEqual(
    heard(tune('(3CDE (5:4:2C2D3|')).map((note) => note.split('+')[0]),
    ['0', '0.6666666666666666', '1.3333333333333333', '2', '3.6'],
  );
});

test('accidentals hold through the bar, over ties, and are forgotten at the bar line', () => {
  const notes = heard(tune('^F F =f F | F ^c- | c c |')).map((note) => note.split(' ')[1]);
  assert.deepEqual(notes, ['F#4', 'F#4', 'F5', 'F4', 'F4', 'C#5', 'C5']);
});

test('ties join notes over bar lines; slurs and hairpins are spans', () => {
  const score = tune('C4- C4-|C2 (D2 E4)|!<(!C2 !<)!D2 E4|');
  assert.deepEqual(heard(score).slice(0, 2), ['0+10 C4', '10+2 D4']);
  const q = score.ticksPerQuarter;
  assert.deepEqual(score.parts[0]!.spans, [
    { kind: 'slur', from: 5 * q, to: 6 * q },
    { kind: 'crescendo', from: 8 * q, to: 10 * q },
  ]);
});

test('repeats, endings, double bars', () => {
  const signs = tune('|: C8 |1 D8 :|2 E8 || F8 |: G8 :: A8 ::| c8 |]').bars.map(
    ({ at, length, metre, key, ...rest }) => rest,
  );
  assert.deepEqual(signs, [
    { repeatStart: true },
    { ending: [1], repeatEnd: 2 },
    { ending: [2], line: 'double' },
    {},
    { repeatStart: true, repeatEnd: 2 },
    { repeatStart: true, repeatEnd: 3 },
    { line: 'final' },
  ]);
});

test('keys: modes, explicit accidentals, the pipes', () => {
  const keyOf = (field: string) => tune('C8|', `M:4/4\nL:1/8\nK:${field}`).bars[0]!.key;
  assert.deepEqual(keyOf('D dor'), { tonic: 'D', mode: 'dorian' });
  assert.deepEqual(keyOf('F#m'), { tonic: 'F#', mode: 'minor' });
  assert.deepEqual(keyOf('D Phr ^f'), { tonic: 'D', mode: 'phrygian', alter: { F: 1 } });
  assert.deepEqual(keyOf('HP'), { tonic: 'A', mode: 'mixolydian' });
  assert.deepEqual(keyOf('D exp _b'), { tonic: 'D', mode: 'major', alter: { C: 0, F: 0, B: -1 } });
});

test('voices, inline fields, continued lines, comments, words', () => {
  const { score, warnings } = readAbc(
    'X:1\nT:Two\nM:4/4\nL:1/4\n%%score (1 2)\nV:1 name="Upper"\nV:2 clef=bass\nK:G\n[V:1] G A \\ % a comment\nB c | [K:C] f4 |\nw: one-_two ~ *\nw: eins\n[V:2] G,4 | [M:3/4] F,3 |\n',
  );
  assert.deepEqual(warnings, []);
  assert.equal(score.parts.length, 1);
  assert.equal(score.parts[0]!.name, 'Upper');
  const upper = score.parts[0]!.notes.filter(({ voice = 1 }) => voice === 1);
  assert.deepEqual(
    upper.map(({ lyrics }) => lyrics?.map(({ text }) => text).join()),
    ['one,eins', undefined, 'two', ' ', undefined],
  );
  assert.equal(upper.at(-1)!.pitch, 'F5');
});

test('signs: letters, names, graces, chord symbols, user symbols', () => {
  const score = tune('"Am"{c^d}~C .D !trill!E TF "^text"G "^吟"A !p!B zC|', 'U:z=!fermata!\nM:4/4\nL:1/8\nK:C');
  const [part] = score.parts;
  assert.deepEqual(part!.notes[0], {
    at: 0,
    length: part!.notes[0]!.length,
    pitch: 'C4',
    graces: ['C5', 'D#5'],
    ornaments: ['roll'],
  });
  assert.deepEqual(part!.notes.map(({ ornaments }) => ornaments?.[0]).slice(2, 6), [
    'trill',
    'trill',
    undefined,
    'yin',
  ]);
  assert.deepEqual(score.chords, [{ at: 0, symbol: 'Am' }]);
});

test('a file of several tunes; a broken one leaves the others', () => {
  const book = readAbcBook('X:1\nT:a\nK:C\nC|\n\nX:2\nT:b\nK:C\nC0|\n\nX:3\nT:c\nK:C\nD|\n');
  assert.deepEqual(
    book.map(({ number, score, error }) => [number, score?.title ?? error?.code]),
    [
      [1, 'a'],
      [2, 'music/bad-abc'],
      [3, 'c'],
    ],
  );
  assert.deepEqual(book[1]!.error!.details, { line: 9, column: 1 });
});

const codeOf = (text: string): string => {
  try {
    readAbc(text);
    return 'read';
  } catch (error) {
    if (error instanceof OsError) return error.code;
    throw error;
  }
};

test('nonsense is refused with its place, or read with warnings, and never crashes', () => {
  assert.equal(codeOf('hello world'), 'music/bad-abc');
  assert.equal(codeOf('X:1\nK:C\n'), 'music/bad-abc');
  assert.equal(codeOf("X:1\nK:C\nC''''''''''''|\n"), 'music/bad-abc');
  assert.equal(codeOf(`X:1\nK:C\nZ999999|\n`), 'music/too-many-bars');
  assert.equal(codeOf(`X:1\nK:C\n${'C'.repeat(10_000_000)}\n`), 'music/too-many-notes');
  const pieces = [
    'C',
    '[',
    ']',
    '|',
    ':',
    '"',
    '{',
    '}',
    '(3',
    '!',
    '<',
    '>',
    '/',
    '9',
    '^',
    '&',
    '-',
    ')',
    '[K:',
    'V:',
    '\nw:',
    '\n',
    '%',
    '\\',
    'Z9',
    '~',
    'é',
    '[1',
    '[V:2]',
    'Q:',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (words) => {
      assert.match(codeOf(`X:1\nK:C\nC|${words.join('')}`), /^(read|music\/[\w-]+)$/);
    }),
    { numRuns: 300 },
  );
});

test('cut and flipped tunes give a score or a refusal', () => {
  fc.assert(
    fc.property(
      scoreArb,
      fc.nat(),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
      (score, cut, flips) => {
        const whole = new TextEncoder().encode(writeAbc(score));
        const broken = whole.slice(0, cut % 3 === 0 ? cut % whole.length : whole.length);
        for (const [at, value] of flips) broken[at % Math.max(1, broken.length)] = value;
        assert.match(codeOf(new TextDecoder().decode(broken)), /^(read|music\/[\w-]+)$/);
      },
    ),
    { numRuns: 120 },
  );
});
