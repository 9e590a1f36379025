import { findForms } from './forms/index.ts';
import { isFreeVerse } from './free-verse.ts';
import type { Poem } from './poem.ts';

/**
 * A poem as readers know it: punctuated, two lines of regulated verse to a row, an empty row between the stanzas of a tune. Free
 * verse stays as it was written.
 */
export function formatPoem(poem: Pick<Poem, 'lines' | 'form'> & Partial<Pick<Poem, 'proof'>>): string {
  if (isFreeVerse(poem)) return poem.lines.join('\n');
  const form = findForms(poem.form)[0];
  const marks = poem.lines.map((_, i) => form?.lines[i]?.mark ?? (i % 2 === 0 ? '，' : '。'));
  const breaks = new Set(form?.stanzas.slice(1));
  return poem.lines
    .map((line, i) => `${breaks.has(i) ? '\n' : ''}${line}${marks[i]}${marks[i] === '。' ? '\n' : ''}`)
    .join('')
    .trimEnd();
}
