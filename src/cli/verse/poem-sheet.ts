import type { Poem } from '../../studios/text/index.ts';
import type { Door } from '../door.ts';
import { wrap } from '../terminal/width.ts';
import { headingOf } from './facts.ts';
import { formOf } from './form-of.ts';
import { layoutPoem } from './layout.ts';

const INDENT = '  ';

/** A poem as it is shown: title, form, then the text with its tones; `label` stands before the title. */
export async function poemSheet(poem: Poem, door: Door, label = ''): Promise<string[]> {
  const { ink, columns } = door;
  const form = await formOf(poem);
  const lines = layoutPoem(poem, {
    ink,
    columns: columns - INDENT.length,
    ...(form === undefined ? {} : { marks: form.lines.map((line) => line.mark), stanzas: form.stanzas }),
  });
  return indent([
    ...(`${label}${poem.title}` === '' ? [] : [`${ink.quiet(label)}${ink.title(poem.title)}`]),
    ...wrap(headingOf(poem, form, door), columns - INDENT.length).map(ink.quiet),
    '',
    ...lines,
  ]);
}

/** Moves lines that are not empty to the right by the margin of a sheet. */
export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : INDENT + line));
}
