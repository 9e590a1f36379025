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
      assert.deepEqual(
        abcjs.parseOnly(writeAbc({ ...score, chords: score.chords.slice(0, 1) }))[0]!.warnings ?? [],
        [],
      );
    }),
    { numRuns: 60 },
  );
});
