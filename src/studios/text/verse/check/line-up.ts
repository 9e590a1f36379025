/** Bringing lines and a form together: which forms could be meant, and where a form's line breaks fall in what was typed. */
import { findForms, getForm, listForms, type VerseForm } from '../forms/index.ts';

/** The forms to try: those asked for, those a title names (水调歌头·明月几时有), or all that have the number of syllables. Throws `verse/unknown-form`. */
export function candidateForms(
  lines: readonly string[],
  { form, title }: { form?: string | undefined; title?: string | undefined },
): VerseForm[] {
  if (form !== undefined) return findForms(form).length > 0 ? findForms(form) : [getForm(form)];
  const named = findForms(title?.split(/[・·\s（(]/u)[0] ?? '').filter(({ family }) => family === 'tune');
  if (named.length > 0) return named;
  return listForms().filter((candidate) => lineUp(lines, candidate) !== undefined);
}

/**
 * The lines as the form breaks them; undefined when the syllables do not fit. Regulated and old-style verse may have been
 * typed two lines to a row; in tunes, where editions differ, only the number of syllables counts.
 */
export function lineUp(lines: readonly string[], form: VerseForm): readonly string[] | undefined {
  const lengths = form.lines.map(({ tones }) => tones.length);
  const typed = lines.map((line) => [...line].length);
  if (typed.length === lengths.length && typed.every((length, index) => length === lengths[index])) return lines;
  const characters = [...lines.join('')];
  if (characters.length !== sum(lengths)) return undefined;
  if (form.family !== 'tune' && !ends(typed).every((end) => ends(lengths).includes(end))) return undefined;
  let start = 0;
  return lengths.map((length) => {
    const line = characters.slice(start, start + length).join('');
    start += length;
    return line;
  });
}

/** How far lines are from a form's shape; 0 when they fit. */
export function shapeDistance(lines: readonly string[], form: VerseForm): number {
  const longer = Math.max(lines.length, form.lines.length);
  return Array.from({ length: longer }, (_, index) =>
    Math.min(5, Math.abs([...(lines[index] ?? '')].length - (form.lines[index]?.tones.length ?? 0))),
  ).reduce((a, b) => a + b, 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function ends(lengths: readonly number[]): number[] {
  let end = 0;
  return lengths.map((length) => (end += length));
}
