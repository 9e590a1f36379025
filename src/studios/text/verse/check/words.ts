/** Rules about words: how often a character stands, refrains, and rhyme words that come twice. */
import type { VerseForm } from '../forms/index.ts';

/** Characters that stand more often than the form allows, with the line where they go too far. Doubled ones (萧萧) and refrains count once. */
export function findRepeats(
  lines: readonly string[],
  form: VerseForm,
): { character: string; line: number; count: number }[] {
  const counts = new Map<string, { count: number; line: number }>();
  for (const [line, text] of lines.entries()) {
    const characters = [...text].slice(0, [...text].length - refrainLength(form, line, text));
    for (const [index, character] of characters.entries()) {
      if (character === characters[index - 1]) continue;
      const count = (counts.get(character)?.count ?? 0) + 1;
      counts.set(character, { count, line: count <= form.rules.maxRepeats + 1 ? line : counts.get(character)!.line });
    }
  }
  return [...counts]
    .filter(([, { count }]) => count > form.rules.maxRepeats)
    .map(([character, { count, line }]) => ({ character, line, count }));
}

function refrainLength(form: VerseForm, line: number, text: string): number {
  const refrain = form.refrains?.find((other) => other.line === line);
  if (refrain === undefined) return 0;
  return refrain.tail === 'all' ? [...text].length : refrain.tail;
}

/** Refrains that do not come back as they should, with what was expected. */
export function findBrokenRefrains(lines: readonly string[], form: VerseForm): { line: number; expected: string }[] {
  return (form.refrains ?? []).flatMap(({ line, repeats, tail, reversed }) => {
    const characters = [...(lines[line] ?? '')];
    const length = tail === 'all' ? characters.length : tail;
    const source = [...(lines[repeats] ?? '')].slice(-length);
    const expected = (reversed ? source.reverse() : source).join('');
    return characters.slice(-length).join('') === expected ? [] : [{ line, expected }];
  });
}

/** Rhyme words used before in the same chain; lines of a refrain are no fault. */
export function findRhymeWordsTwice(
  lines: readonly string[],
  form: VerseForm,
): { line: number; before: number; character: string }[] {
  if (!form.rules.distinctRhymeWords) return [];
  const seen = new Map<string, number>();
  return form.lines.flatMap(({ rhyme }, line) => {
    const character = [...(lines[line] ?? '')].at(-1);
    if (rhyme === undefined || character === undefined) return [];
    if (form.refrains?.some((refrain) => refrain.line === line)) return [];
    const before = seen.get(character);
    if (before !== undefined) return [{ line, before, character }];
    seen.set(character, line);
    return [];
  });
}
