/** The proof of one poem in one form: every syllable with what it should be and what it is, and every rule that was broken. */
import type { ToneMark, VerseForm } from '../forms/index.ts';
import type { Proof, SyllableProof, Violation } from '../poem.ts';
import type { RhymeBook, ToneClass } from '../prosody/index.ts';
import { describeReadings, type Place, placeOf, readAs, soundOf } from '../readings/index.ts';
import { type Heard, hear } from './hearing.ts';
import { lineUp } from './line-up.ts';
import { scoreParallelism } from './parallelism.ts';
import { findRhymes, type RhymeAnswer } from './rhymes.ts';
import * as say from './violations.ts';
import { findBrokenRefrains, findRepeats, findRhymeWordsTwice } from './words.ts';

/** What a proof is made with. */
export interface ProveOptions {
  readonly book: RhymeBook;
  /** Accept 拗救 where the form does. */
  readonly rescue: boolean;
}

/** Proves lines in a form. Lines of another shape get the violations of shape alone: nothing else can be compared. */
export function prove(
  typed: readonly string[],
  form: VerseForm,
  { book, rescue }: ProveOptions,
): { lines: readonly string[]; proof: Proof } {
  const lines = lineUp(typed, form);
  const base = { form: form.id, rhymeBook: book.name };
  if (lines === undefined) {
    const violations = shapeViolations(typed, form);
    return { lines: typed, proof: { ...base, valid: false, rhymes: {}, syllables: [], violations, parallelism: [] } };
  }
  const places = lines.map((line) => [...line].map((character) => placeOf(character, book)));
  const heard = hear(places, form, { rescue: rescue && form.rules.rescue });
  const rhymes = findRhymes(places, form, book);
  const violations = [
    ...heard.flatMap((line, index) => lineFaults(places[index]!, line, { line: index, form, book })),
    ...rhymeFaults(places, rhymes, book),
    ...findRhymeWordsTwice(lines, form).map(say.rhymeRepeatedViolation),
    ...findRepeats(lines, form).map((item) => say.repeatsViolation({ ...item, most: form.rules.maxRepeats })),
    ...findBrokenRefrains(lines, form).map(say.refrainViolation),
  ].sort((a, b) => a.line - b.line);
  const syllables = heard.flatMap((line, index) => describeLine(places[index]!, line, { line: index, rhymes }));
  const parallelism = form.rules.couplets.map((pair) => ({
    lines: pair,
    score: scoreParallelism(places[pair[0]]!, places[pair[1]]!),
  }));
  return {
    lines,
    proof: { ...base, valid: violations.length === 0, rhymes: rhymes.rhymes, syllables, violations, parallelism },
  };
}

function shapeViolations(lines: readonly string[], form: VerseForm): Violation[] {
  if (lines.length !== form.lines.length) return [say.lineCountViolation(lines.length, form.lines.length)];
  return form.lines.flatMap(({ tones }, line) => {
    const length = [...lines[line]!].length;
    return length === tones.length ? [] : [say.lengthViolation({ line }, length, tones.length)];
  });
}

interface LineContext {
  readonly line: number;
  readonly form: VerseForm;
  readonly book: RhymeBook;
}

/** Faults of tone in one line, each under the name of the rule it breaks. */
function lineFaults(places: readonly Place[], heard: Heard, { line, form, book }: LineContext): Violation[] {
  const text = places.map(({ character }) => character).join('');
  const link = heard.broken === undefined ? [] : [say.linkViolation({ line }, heard.broken)];
  const tones = heard.misses.map((place) => {
    const found = places[place]!;
    const where = { line, place };
    const required = heard.tones[place] as ToneClass;
    if (found.readings.length === 0) return say.unknownViolation(where, found, book.name);
    if (heard.misses.length === 1 && form.rules.lonelyLevel && isLonely(heard, place)) {
      return say.lonelyLevelViolation(where, text);
    }
    if (heard.misses.length === 1 && form.rules.threeTail && isTail(heard, place)) {
      return say.threeTailViolation(where, text, required === '平' ? '仄' : '平');
    }
    return say.toneViolation(where, found, required);
  });
  return [...link, ...tones];
}

/** The fixed first 平 of the core 平平仄仄平 turned oblique. */
function isLonely({ tones }: Heard, place: number): boolean {
  const core = tones.slice(-5).join('');
  return place === tones.length - 5 && core === '平平仄仄平';
}

/** The third syllable from the end gone over to the side of the last two. */
function isTail({ tones }: Heard, place: number): boolean {
  return place === tones.length - 3 && tones.at(-2) === tones.at(-1) && tones[place] !== tones.at(-1);
}

function rhymeFaults(
  places: readonly (readonly Place[])[],
  { rhymes, found }: RhymeAnswer,
  book: RhymeBook,
): Violation[] {
  return found.flatMap(({ line, chain, toneClass, state }) => {
    const end = places[line]!.at(-1)!;
    const inTone = toneClass === '平' ? end.level : end.oblique;
    if (state !== 'misses' || !inTone) return [];
    const where = { line, place: places[line]!.length - 1 };
    return [say.rhymeViolation(where, end, { key: rhymes[chain], toneClass, book: book.name })];
  });
}

function describeLine(
  places: readonly Place[],
  heard: Heard,
  { line, rhymes }: { line: number; rhymes: RhymeAnswer },
): SyllableProof[] {
  const rhyme = rhymes.found.find((item) => item.line === line);
  return places.map((place, index) => {
    const isEnd = index === places.length - 1;
    const missed = heard.misses.includes(index);
    const wanted: ToneMark = missed ? '中' : heard.tones[index]!;
    const reading = readAs(place, wanted, isEnd ? (rhyme?.keys ?? []) : []);
    const polyphone = describeReadings(place);
    return {
      character: place.character,
      line,
      place: index,
      required: heard.marks[index]!,
      found: reading?.toneClass ?? '?',
      pinyin: soundOf(place, reading),
      ...(isEnd && rhyme !== undefined && reading !== undefined ? { rhyme: reading.rhyme } : {}),
      ...(polyphone === undefined ? {} : { polyphone }),
      ...(heard.rescue?.place === index ? { rescuedBy: heard.rescue.name } : {}),
      ...(heard.tolerated?.includes(index) ? { rescuedBy: '通融' } : {}),
    };
  });
}
