/**
 * A verse form as an automaton over characters. A `Draft` is a poem half written; `demandOf` says what may come next, and
 * `write` adds one character. Only characters that keep at least one variant and one tone pattern of the line alive are
 * admitted, so no finished draft can break the form.
 *
 *   variants × patterns alive ──(character's tones, rhyme)──▶ those still alive ──▶ next place
 */
import { listTonePatterns, type TonePattern, type VerseForm } from '../forms/index.ts';
import type { ToneClass } from '../prosody/types.ts';
import { bitOf, type Lettering } from './lettering.ts';

/** What the artist fixed beforehand: characters by place, words never to be used. */
export interface Fixture {
  /** Character at `line:place`, both from 0. */
  readonly characters: ReadonlyMap<string, string>;
  readonly banned: ReadonlySet<string>;
}

interface Hypothesis {
  readonly form: VerseForm;
  readonly tones: TonePattern;
}

/** A poem half written. Immutable: beams and candidates share their past. */
export interface Draft {
  readonly line: number;
  readonly place: number;
  readonly alive: readonly Hypothesis[];
  /** Rhyme part of each chain, once it is known. */
  readonly rhymes: Readonly<Record<string, string>>;
  readonly lines: readonly string[];
  readonly rhymeWords: string;
  readonly fixture: Fixture;
}

/** What may be written next. */
export type Demand =
  | { readonly kind: 'mark'; readonly text: string }
  | { readonly kind: 'given'; readonly text: string }
  | { readonly kind: 'choice'; readonly admits: (character: string, bits: number) => boolean }
  | { readonly kind: 'end' };

const patternCache = new WeakMap<VerseForm, readonly TonePattern[][]>();

function patternsOf(form: VerseForm, line: number): readonly TonePattern[] {
  let all = patternCache.get(form);
  if (all === undefined) {
    all = form.lines.map((_, index) => listTonePatterns(form, index));
    patternCache.set(form, all);
  }
  return all[line]!;
}

/** Begins a poem in any of several variants of one shape (equal line lengths), with the rhymes that are already decided. */
export function beginDraft(
  variants: readonly VerseForm[],
  fixture: Fixture,
  rhymes: Readonly<Record<string, string>> = {},
): Draft {
  return { line: 0, place: 0, alive: hypotheses(variants, 0), rhymes, lines: [''], rhymeWords: '', fixture };
}

function hypotheses(variants: readonly VerseForm[], line: number): Hypothesis[] {
  return variants.flatMap((form) => patternsOf(form, line).map((tones) => ({ form, tones })));
}

/** Whether every line is written. */
export function isFinished({ alive, line }: Draft): boolean {
  return line >= (alive[0]?.form.lines.length ?? 0);
}

/** What the next token must be. */
export function demandOf(draft: Draft, letters: Lettering): Demand {
  if (isFinished(draft)) return { kind: 'end' };
  const form = draft.alive[0]!.form;
  const pattern = form.lines[draft.line]!;
  if (draft.place === pattern.tones.length) return { kind: 'mark', text: pattern.mark };
  const given = givenCharacter(draft, form);
  if (given !== undefined) return { kind: 'given', text: given };
  return { kind: 'choice', admits: admission(draft, letters) };
}

function givenCharacter(draft: Draft, form: VerseForm): string | undefined {
  const fixed = draft.fixture.characters.get(`${draft.line}:${draft.place}`);
  if (fixed !== undefined) return fixed;
  const refrain = form.refrains?.find((each) => each.line === draft.line);
  if (refrain === undefined) return undefined;
  const source = [...draft.lines[refrain.repeats]!];
  const length = form.lines[draft.line]!.tones.length;
  const tail = refrain.tail === 'all' ? length : refrain.tail;
  const fromEnd = length - draft.place;
  if (fromEnd > tail) return undefined;
  return source.at(refrain.reversed ? fromEnd - 1 - tail : -fromEnd);
}

/** The test a freely chosen character must pass at this place. */
function admission(draft: Draft, letters: Lettering): (character: string, bits: number) => boolean {
  const form = draft.alive[0]!.form;
  const last = draft.place === form.lines[draft.line]!.tones.length - 1;
  const counts = countCharacters(draft.lines);
  const { distinctRhymeWords } = form.rules;
  const limit = repeatLimit(form);
  const before = draft.lines.at(-1)!.at(-1);
  // Lines are read in pairs from the left, the end together: a doubled character must fall into one pair.
  const paired = draft.place % 2 === 1 || last;
  let wanted = 0;
  for (const { tones } of draft.alive) wanted |= bitOf(tones[draft.place]!);
  return (character, bits) => {
    if ((bits & wanted) === 0 || draft.fixture.banned.has(character)) return false;
    const count = counts.get(character) ?? 0;
    if (count >= limit && !(paired && character === before && count === 1)) return false;
    if (count > 0 && before !== undefined && draft.lines.some((line) => line.includes(before + character)))
      return false;
    if (!last) return true;
    if (distinctRhymeWords && draft.rhymeWords.includes(character)) return false;
    return draft.alive.some((hypothesis) => endsWell(draft, hypothesis, { character, bits }, letters, 'usual'));
  };
}

/** Regulated verse and short tunes repeat no character but in reduplication (萋萋), other poems none more than twice: stricter than the checker, as good poets are. */
function repeatLimit(form: VerseForm): number {
  const syllables = form.lines.reduce((sum, { tones }) => sum + tones.length, 0);
  return form.family === 'regulated' || syllables <= 40 ? 1 : Math.min(2, form.rules.maxRepeats);
}

/** Whether a character may end the line under one hypothesis: right tone, and the chain's rhyme where it rhymes. */
function endsWell(
  draft: Draft,
  { form, tones }: Hypothesis,
  { character, bits }: { character: string; bits: number },
  letters: Lettering,
  readings: 'all' | 'usual',
): boolean {
  const toneClass = tones[draft.place]!;
  if ((bits & bitOf(toneClass)) === 0) return false;
  const rhyme = form.lines[draft.line]!.rhyme;
  if (rhyme === undefined) return true;
  const parts = letters.rhymesOf(character, toneClass, readings);
  const decided = draft.rhymes[rhyme.chain];
  return decided === undefined ? parts.length > 0 : parts.includes(decided);
}

/** Adds a character or a mark. Returns undefined when the character cannot stand here (only a given one can be wrong). */
export function write(draft: Draft, text: string, letters: Lettering): Draft | undefined {
  const form = draft.alive[0]!.form;
  const length = form.lines[draft.line]!.tones.length;
  if (draft.place === length) return nextLine(draft);
  const bits = letters.bitsOf(text);
  const last = draft.place === length - 1;
  const alive = draft.alive.filter((hypothesis) =>
    last
      ? endsWell(draft, hypothesis, { character: text, bits }, letters, 'all')
      : (bits & bitOf(hypothesis.tones[draft.place]!)) !== 0,
  );
  if (alive.length === 0) return undefined;
  const lines = [...draft.lines.slice(0, -1), draft.lines.at(-1)! + text];
  const written = { ...draft, place: draft.place + 1, alive, lines };
  return last ? rememberRhyme({ ...written, alive: decideRhyming(written) }, text, letters) : written;
}

/** A polyphone may end a line that rhymes in one variant and not in another: the rhyming reading wins, so that the chain is known. */
function decideRhyming({ alive, line }: Draft): readonly Hypothesis[] {
  const rhyming = alive.filter(({ form }) => form.lines[line]!.rhyme !== undefined);
  return rhyming.length > 0 ? rhyming : alive;
}

function nextLine(draft: Draft): Draft {
  const line = draft.line + 1;
  const variants = [...new Set(draft.alive.map(({ form }) => form))];
  const alive = line < variants[0]!.lines.length ? hypotheses(variants, line) : draft.alive;
  return {
    ...draft,
    line,
    place: 0,
    alive,
    lines: line < variants[0]!.lines.length ? [...draft.lines, ''] : draft.lines,
  };
}

/** Once a rhyming line has ended, its chain is decided, and its rhyme word is spent. */
function rememberRhyme(draft: Draft, character: string, letters: Lettering): Draft {
  const { form, tones } = draft.alive[0]!;
  const rhyme = form.lines[draft.line]!.rhyme;
  if (rhyme === undefined) return draft;
  const part = draft.rhymes[rhyme.chain] ?? letters.rhymesOf(character, tones.at(-1) as ToneClass)[0]!;
  const refrain = form.refrains?.some((each) => each.line === draft.line) === true;
  return {
    ...draft,
    rhymes: { ...draft.rhymes, [rhyme.chain]: part },
    rhymeWords: refrain ? draft.rhymeWords : draft.rhymeWords + character,
  };
}

function countCharacters(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) for (const character of line) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}

/** The variant a finished draft has settled on. */
export function settledForm(draft: Draft): VerseForm {
  return draft.alive[0]!.form;
}
