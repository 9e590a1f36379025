/**
 * Turns what the artist fixed — acrostic, opening lines, rhyme word, required words — into characters at places, and says in
 * words which wish cannot be met, and why, when a form leaves no room for it.
 */
import { OsError, type Random } from '../../../../core/index.ts';
import { type LinePattern, listTonePatterns, type VerseForm } from '../forms/index.ts';
import type { Fixture } from './automaton.ts';
import { bitOf, type Lettering } from './lettering.ts';
import type { ComposeOptions } from './options.ts';

type Wishes = Pick<
  ComposeOptions,
  'acrostic' | 'firstLine' | 'continueFrom' | 'given' | 'rhymeWord' | 'require' | 'ban'
>;
type Rhymes = Readonly<Record<string, string>>;

/** How the given characters stand in one variant: where they clash first, or which rhyme parts each chain may still have. */
type Standing = { readonly clash: Clash } | { readonly parts: ReadonlyMap<string, readonly string[]> };

interface Clash {
  readonly line: number;
  readonly place: number;
  readonly character: string;
  readonly wanted: readonly string[];
}

function stand(form: VerseForm, fixture: Fixture, rhymes: Rhymes, letters: Lettering): Standing {
  const parts = new Map(Object.entries(rhymes).map(([chain, part]): [string, string[]] => [chain, [part]]));
  for (const [line, { tones, rhyme }] of form.lines.entries()) {
    let patterns = listTonePatterns(form, line);
    for (let place = 0; place < tones.length; place++) {
      const character = fixture.characters.get(`${line}:${place}`);
      if (character === undefined) continue;
      const wanted = [...new Set(patterns.map((pattern) => pattern[place]!))];
      patterns = patterns.filter((pattern) => (letters.bitsOf(character) & bitOf(pattern[place]!)) !== 0);
      const rhymed = place < tones.length - 1 || rhyme === undefined || narrowChain(parts, rhyme, character, letters);
      if (patterns.length === 0 || !rhymed) return { clash: { line, place, character, wanted } };
    }
  }
  return { parts };
}

/** Keeps the rhyme parts of a chain that this character has; false when none is left. */
function narrowChain(
  parts: Map<string, readonly string[]>,
  rhyme: NonNullable<LinePattern['rhyme']>,
  character: string,
  letters: Lettering,
): boolean {
  const own = letters.rhymesOf(character, rhyme.toneClass);
  const left = parts.get(rhyme.chain)?.filter((part) => own.includes(part)) ?? own;
  parts.set(rhyme.chain, left);
  return left.length > 0;
}

/** The rhymes that given rhyme words decide, beside those already decided. */
export function rhymesOfFixture(form: VerseForm, fixture: Fixture, rhymes: Rhymes, letters: Lettering): Rhymes {
  const standing = stand(form, fixture, rhymes, letters);
  return 'clash' in standing
    ? rhymes
    : Object.fromEntries([...standing.parts].map(([chain, parts]) => [chain, parts[0]!]));
}

/** The variants in which everything given can stand. Throws `verse/impossible-wish` naming the first clash when there is none. */
export function fittingVariants(
  variants: readonly VerseForm[],
  fixture: Fixture,
  rhymes: Rhymes,
  letters: Lettering,
): VerseForm[] {
  const clashes: Clash[] = [];
  const fitting = variants.filter((form) => {
    const standing = stand(form, fixture, rhymes, letters);
    if ('clash' in standing) clashes.push(standing.clash);
    return !('clash' in standing);
  });
  if (fitting.length > 0) return fitting;
  throw impossible(variants[0]!.name, clashes[0]!);
}

/** Characters at places for the wishes that are the same in every candidate. Throws `verse/impossible-wish`. */
export function fixWishes(form: VerseForm, wishes: Wishes): Fixture {
  const characters = new Map<string, string>();
  const given = wishes.continueFrom ?? (wishes.firstLine === undefined ? [] : [wishes.firstLine]);
  for (const [line, text] of given.entries()) {
    const expected = form.lines[line]?.tones.length;
    if ([...text].length !== expected) throw wrongLength(form.name, line, text, expected);
    for (const [place, character] of [...text].entries()) characters.set(`${line}:${place}`, character);
  }
  for (const [line, text] of (wishes.given ?? []).entries()) {
    const expected = form.lines[line]?.tones.length;
    if (text !== '' && [...text].length !== expected) throw wrongLength(form.name, line, text, expected);
    for (const [place, character] of [...text].entries())
      if (character !== '□') characters.set(`${line}:${place}`, character);
  }
  for (const [line, character] of [...(wishes.acrostic ?? '')].entries()) {
    if (line >= form.lines.length) throw acrosticTooLong(form, wishes.acrostic!);
    if (!characters.has(`${line}:0`)) characters.set(`${line}:0`, character);
  }
  if (wishes.rhymeWord !== undefined) {
    const line = form.lines.findLastIndex((each, i) => each.rhyme !== undefined && !characters.has(lastPlace(form, i)));
    if (line >= 0) characters.set(lastPlace(form, line), wishes.rhymeWord);
  }
  return { characters, banned: new Set(wishes.ban.flatMap((text) => [...text])) };
}

const lastPlace = (form: VerseForm, line: number): string => `${line}:${form.lines[line]!.tones.length - 1}`;

/** Finds room for every required word that is not there yet, at random among the places where its tones fit. Throws `verse/impossible-wish`. */
export function placeWords(
  variants: readonly VerseForm[],
  fixture: Fixture,
  words: readonly string[],
  rhymes: Rhymes,
  letters: Lettering,
  random: Random,
): Fixture {
  let placed = fixture;
  for (const word of words) {
    const options = random.shuffle(startsFor(variants[0]!, word, placed));
    const found = options
      .map((start) => withWord(placed, word, start))
      .find((candidate) => variants.some((form) => 'parts' in stand(form, candidate, rhymes, letters)));
    if (found === undefined) throw noRoom(variants[0]!.name, word);
    placed = found;
  }
  return placed;
}

/** Places where reading would put the word together: even places from the left, or the end of the line. */
function startsFor(form: VerseForm, word: string, fixture: Fixture): [number, number][] {
  const size = [...word].length;
  return form.lines.flatMap(({ tones }, line) => {
    const starts = new Set<number>();
    for (let place = 0; place + size <= tones.length; place += 2) starts.add(place);
    if (size <= tones.length) starts.add(tones.length - size);
    return [...starts]
      .filter((start) =>
        Array.from({ length: size }, (_, i) => i).every((i) => !fixture.characters.has(`${line}:${start + i}`)),
      )
      .map((start): [number, number] => [line, start]);
  });
}

function withWord(fixture: Fixture, word: string, [line, start]: readonly [number, number]): Fixture {
  const characters = new Map(fixture.characters);
  for (const [i, character] of [...word].entries()) characters.set(`${line}:${start + i}`, character);
  return { ...fixture, characters };
}

function impossible(name: string, { line, place, character, wanted }: Clash): OsError {
  const tones = wanted.join('/');
  return new OsError({
    kind: 'input',
    code: 'verse/impossible-wish',
    message: `In ${name}, '${character}' cannot stand in line ${line + 1}, place ${place + 1}: a ${tones} syllable (in the rhyme, at a rhyme) is wanted there.`,
    hint: 'Choose another character, another form (古风 is free in its tones), another rhyme or another rhyme book.',
    zh: {
      message: `${name}第 ${line + 1} 句第 ${place + 1} 字须用${tones}声（韵脚处并须同韵），“${character}”不合。`,
      hint: '请换一个字、换一种体裁（古风不拘平仄）、换韵部或韵书。',
    },
    details: { line, place, character },
  });
}

function noRoom(name: string, word: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'verse/impossible-wish',
    message: `${name} has no place left where the tones of '${word}' fit.`,
    hint: 'Require fewer words, or choose another form.',
    zh: { message: `${name}中没有平仄相合的位置可放“${word}”。`, hint: '请减少必用的词，或换一种体裁。' },
    details: { word },
  });
}

function wrongLength(name: string, line: number, text: string, expected: number | undefined): OsError {
  const count = [...text].length;
  return new OsError({
    kind: 'input',
    code: 'verse/wrong-line-length',
    message: `Line ${line + 1} of ${name} has ${expected ?? 'no'} syllables; '${text}' has ${count}.`,
    hint: 'Give a line of that length, or choose the form that fits it.',
    zh: {
      message:
        expected === undefined
          ? `${name}没有第 ${line + 1} 句。`
          : `${name}第 ${line + 1} 句应为 ${expected} 字，“${text}”有 ${count} 字。`,
      hint: '请给出相应字数的句子，或选用合适的体裁。',
    },
    details: { line, expected, count },
  });
}

function acrosticTooLong(form: VerseForm, acrostic: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'verse/acrostic-too-long',
    message: `${form.name} has ${form.lines.length} lines, the acrostic '${acrostic}' ${[...acrostic].length} characters.`,
    hint: 'Use at most one character a line, or a longer form such as 七律 (eight lines).',
    zh: {
      message: `${form.name}只有 ${form.lines.length} 句，藏头“${acrostic}”有 ${[...acrostic].length} 字。`,
      hint: '藏头字数不能多于句数；可选更长的体裁，如七律（八句）。',
    },
  });
}
