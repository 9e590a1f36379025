import type { Poem } from '../../studios/text/index.ts';
import type { Door } from '../door.ts';
import { displayWidth } from '../terminal/width.ts';
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
    ...joinParts(headingOf(poem, form, door), columns - INDENT.length).map(ink.quiet),
    '',
    ...lines,
  ]);
}

/** Joins parts with dots into lines of at most `width` columns, breaking between parts only. */
function joinParts(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = lines.length === 0 ? part : `${lines.at(-1)} · ${part}`;
    if (lines.length > 0 && displayWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}

/** Moves lines that are not empty to the right by the margin of a sheet. */
export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : INDENT + line));
}
