/**
 * Marks a poem while it is being written: □ stands where nothing is yet. Of the variants of a form the one that what is there
 * fits best is taken, and of each line the sound it comes nearest to; once nothing is open, the whole proof says the last word.
 */
import { OsError } from '../../../../core/index.ts';
import { findForms, listForms, listTonePatterns, type TonePattern, type VerseForm } from '../forms/index.ts';
import type { Proof, SyllableProof, Violation } from '../poem.ts';
import { loadRhymeBook, type RhymeBook, type RhymeBookName, simplify, type ToneClass } from '../prosody/index.ts';
import { describeReadings, type Place, placeOf, readAs, soundOf } from '../readings/index.ts';
import { checkVerse } from './check-verse.ts';
import { rhymeViolation, toneViolation, unknownViolation } from './violations.ts';

/** The sign of an open place. */
export const OPEN = '□';

/** A proof, or as much of one as an unfinished poem allows. `valid`: nothing that is there breaks the form. */
export interface MarkedDraft extends Proof {
  readonly finished: boolean;
}

interface DraftOptions {
  /** Lines with `□` at open places. */
  readonly lines: readonly string[];
  readonly form?: string | undefined;
  readonly rhymeBook?: RhymeBookName | undefined;
}

/** Throws `verse/unknown-form`, and `verse/wrong-line-length` where no variant has such lines. */
export function markDraft({ lines, form, rhymeBook }: DraftOptions): MarkedDraft {
  const typed = lines.map((line) => simplify(line));
  if (typed.every((line) => !line.includes(OPEN))) {
    return { ...checkVerse({ lines: typed, form, rhymeBook }).proof, finished: true };
  }
  const forms = (form === undefined ? listForms() : findForms(form)).filter((each) => hasShape(each, typed));
  if (forms.length === 0) throw noSuchShape(form);
  const marked = forms.map((each) => markIn(typed, each, loadRhymeBook(rhymeBook ?? each.defaultBook)));
  return marked.reduce((best, one) => (one.violations.length < best.violations.length ? one : best));
}

function hasShape(form: VerseForm, lines: readonly string[]): boolean {
  return (
    form.lines.length === lines.length && form.lines.every(({ tones }, i) => tones.length === [...lines[i]!].length)
  );
}

function markIn(lines: readonly string[], form: VerseForm, book: RhymeBook): MarkedDraft {
  const places = lines.map((line) => [...line].map((character) => placeOf(character, book)));
  const rhymes = rhymesOf(places, form);
  const marked = places.map((line, index) => markLine(line, index, { form, book, rhymes }));
  const violations = marked.flatMap(({ faults }) => faults);
  const syllables = marked.flatMap(({ syllables: own }) => own);
  return {
    form: form.id,
    rhymeBook: book.name,
    valid: violations.length === 0,
    finished: false,
    rhymes,
    syllables,
    violations,
    parallelism: [],
  };
}

interface Setting {
  readonly form: VerseForm;
  readonly book: RhymeBook;
  readonly rhymes: Readonly<Record<string, string>>;
}

function markLine(
  places: readonly Place[],
  line: number,
  { form, book, rhymes }: Setting,
): { faults: Violation[]; syllables: SyllableProof[] } {
  const { tones: marks, rhyme, tolerant = [] } = form.lines[line]!;
  const wrongIn = (pattern: TonePattern): number[] =>
    places.flatMap((place, i) => (isOpen(place) || canBe(place, pattern[i]!) || tolerant.includes(i) ? [] : [i]));
  const wrong = listTonePatterns(form, line)
    .map(wrongIn)
    .reduce((best, each) => (each.length < best.length ? each : best));
  const chain = rhyme && rhymes[rhyme.chain];
  const last = places.length - 1;
  const end = places[last]!;
  const unrhymed =
    rhyme !== undefined &&
    chain !== undefined &&
    !isOpen(end) &&
    !wrong.includes(last) &&
    !keysOf(end, rhyme.toneClass).includes(chain);
  const faults = wrong.map((place): Violation => {
    const where = { line, place };
    if (places[place]!.readings.length === 0) return unknownViolation(where, places[place]!, book.name);
    return toneViolation(where, places[place]!, places[place]!.level ? '仄' : '平');
  });
  if (unrhymed) {
    faults.push(
      rhymeViolation({ line, place: last }, end, { key: chain, toneClass: rhyme.toneClass, book: book.name }),
    );
  }
  const syllables = places.flatMap((place, i): SyllableProof[] => {
    if (isOpen(place)) return [];
    const reading = readAs(place, wrong.includes(i) ? '中' : marks[i]!, i === last && chain ? [chain] : []);
    const polyphone = describeReadings(place);
    return [
      {
        character: place.character,
        line,
        place: i,
        required: marks[i]!,
        found: reading?.toneClass ?? '?',
        pinyin: soundOf(place, reading),
        ...(i === last && rhyme && reading ? { rhyme: reading.rhyme } : {}),
        ...(polyphone && { polyphone }),
      },
    ];
  });
  return { faults, syllables };
}

/** The rhyme most line ends of a chain have in common; the earlier one where two are equally common. */
function rhymesOf(places: readonly (readonly Place[])[], form: VerseForm): Record<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const [line, { rhyme }] of form.lines.entries()) {
    const end = places[line]!.at(-1)!;
    if (rhyme === undefined || isOpen(end)) continue;
    const own = counts.get(rhyme.chain) ?? new Map<string, number>();
    for (const key of keysOf(end, rhyme.toneClass)) own.set(key, (own.get(key) ?? 0) + 1);
    counts.set(rhyme.chain, own);
  }
  const top = (own: Map<string, number>): string | undefined => [...own].sort((a, b) => b[1] - a[1])[0]?.[0];
  return Object.fromEntries(
    [...counts].flatMap(([chain, own]): [string, string][] => {
      const key = top(own);
      return key === undefined ? [] : [[chain, key]];
    }),
  );
}

function keysOf(place: Place, toneClass: ToneClass): string[] {
  return [...new Set(place.readings.filter((reading) => reading.toneClass === toneClass).map(({ rhyme }) => rhyme))];
}

function canBe({ level, oblique }: Place, tone: ToneClass): boolean {
  return tone === '平' ? level : oblique;
}

function isOpen({ character }: Place): boolean {
  return character === OPEN;
}

function noSuchShape(form: string | undefined): OsError {
  const name = form ?? '—';
  return new OsError({
    kind: 'input',
    code: 'verse/wrong-line-length',
    message: `The lines have not the lengths of ${name}.`,
    hint: 'Write □ for every place that is still open.',
    zh: { message: `各句字数与${name}不符。`, hint: '尚未写的字位请写作 □。' },
  });
}
