/**
 * The fewest changes that make a poem keep its form. Tones and rhyme are counted exactly: for every variant and every rhyme,
 * each line takes the tone pattern it is nearest to; the cheapest combination wins. Its misfits become free places, all other
 * characters stay, and composing fills the gaps.
 */
import { type LinePattern, listTonePatterns, type VerseForm } from '../forms/index.ts';
import type { ToneClass } from '../prosody/types.ts';
import type { Fixture } from './automaton.ts';
import { bitOf, type Lettering } from './lettering.ts';
import { mainChain } from './rhyme-choice.ts';

/** A place to change, both from 0. */
export interface Change {
  readonly line: number;
  readonly place: number;
}

export interface RepairPlan {
  readonly form: VerseForm;
  readonly rhymes: Readonly<Record<string, string>>;
  /** Everything that stays. */
  readonly fixture: Fixture;
  readonly changes: readonly Change[];
}

/** A locked place costs as much as so many others: it is changed only where nothing else helps. */
const LOCKED = 1000;

/**
 * Plans a repair in the cheapest of several variants of the poem's shape; undefined when no variant has its line lengths. Ties
 * go to the earlier variant. Places of `locked` (`line:place`) are among the changes only if the form cannot be kept without.
 */
export function planRepair(
  lines: readonly string[],
  forms: readonly VerseForm[],
  letters: Lettering,
  locked: ReadonlySet<string> = new Set(),
): RepairPlan | undefined {
  const fitting = forms.filter(
    (form) =>
      form.lines.length === lines.length && form.lines.every(({ tones }, i) => tones.length === [...lines[i]!].length),
  );
  const plans = fitting.flatMap((form) =>
    rhymeOptions(form, lines, letters).map((rhymes) => planFor(lines, form, rhymes, letters, locked)),
  );
  return plans.reduce<RepairPlan | undefined>(
    (best, plan) => (best === undefined || costOf(plan.changes, locked) < costOf(best.changes, locked) ? plan : best),
    undefined,
  );
}

/** One assignment of rhyme parts per part found among the poem's own rhyme words, for the main chain; other chains follow their first word. */
function rhymeOptions(
  form: VerseForm,
  lines: readonly string[],
  letters: Lettering,
): Readonly<Record<string, string>>[] {
  const others: Record<string, string> = {};
  const parts = new Set<string>();
  const main = mainChain(form)?.chain;
  for (const [i, { rhyme }] of form.lines.entries()) {
    if (rhyme === undefined) continue;
    const own = letters.rhymesOf([...lines[i]!].at(-1)!, rhyme.toneClass);
    if (rhyme.chain === main) for (const part of own) parts.add(part);
    else if (own[0] !== undefined) others[rhyme.chain] ??= own[0];
  }
  if (main === undefined || parts.size === 0) return [others];
  return [...parts].map((part) => ({ ...others, [main]: part }));
}

function planFor(
  lines: readonly string[],
  form: VerseForm,
  rhymes: Readonly<Record<string, string>>,
  letters: Lettering,
  locked: ReadonlySet<string>,
): RepairPlan {
  const changes = lines.flatMap((text, line): Change[] => {
    const wrong = misfits([...text], listTonePatterns(form, line), form.lines[line]!, rhymes, letters);
    const ways = wrong.map((places) => places.map((place) => ({ line, place })));
    return ways.reduce((best, way) => (costOf(way, locked) < costOf(best, locked) ? way : best));
  });
  changes.push(...repeated(lines, form, changes));
  const free = new Set(changes.map(({ line, place }) => `${line}:${place}`));
  const kept = lines.flatMap((text, line) =>
    [...text].map((character, place): [string, string] => [`${line}:${place}`, character]),
  );
  const characters = new Map(kept.filter(([key]) => !free.has(key)));
  return { form, rhymes, fixture: { characters, banned: new Set() }, changes };
}

function costOf(changes: readonly Change[], locked: ReadonlySet<string>): number {
  return changes.reduce((sum, { line, place }) => sum + (locked.has(`${line}:${place}`) ? LOCKED : 1), 0);
}

/** Places that do not fit each of the patterns, the rhyme included. */
function misfits(
  characters: readonly string[],
  patterns: readonly (readonly ToneClass[])[],
  { rhyme }: LinePattern,
  rhymes: Readonly<Record<string, string>>,
  letters: Lettering,
): number[][] {
  const rhymed =
    rhyme === undefined ||
    (rhymes[rhyme.chain] === undefined
      ? letters.rhymesOf(characters.at(-1)!, rhyme.toneClass).length > 0
      : letters.rhymesOf(characters.at(-1)!, rhyme.toneClass).includes(rhymes[rhyme.chain]!));
  const last = characters.length - 1;
  const wrongIn = (pattern: readonly ToneClass[]): number[] =>
    characters.flatMap((character, place) => {
      const toned = (letters.bitsOf(character) & bitOf(pattern[place]!)) !== 0;
      return toned && (place !== last || rhymed) ? [] : [place];
    });
  return patterns.map(wrongIn);
}

/** Later places of rhyme words that stand twice and of characters that stand too often. */
function repeated(lines: readonly string[], form: VerseForm, changes: readonly Change[]): Change[] {
  const taken = new Set(changes.map(({ line, place }) => `${line}:${place}`));
  const counts = new Map<string, number>();
  const rhymeWords = new Set<string>();
  const found: Change[] = [];
  for (const [line, text] of lines.entries()) {
    if (form.refrains?.some((each) => each.line === line)) continue;
    for (const [place, character] of [...text].entries()) {
      if (taken.has(`${line}:${place}`)) continue;
      const atRhyme = form.lines[line]!.rhyme !== undefined && place === [...text].length - 1;
      const count = (counts.get(character) ?? 0) + 1;
      counts.set(character, count);
      const twice = atRhyme && form.rules.distinctRhymeWords && rhymeWords.has(character);
      if (atRhyme) rhymeWords.add(character);
      if (twice || count > form.rules.maxRepeats) found.push({ line, place });
    }
  }
  return found;
}
