/** Traditional and variant characters brought to the simplified ones that our tables are written in. */
import { readTable } from './read-table.ts';

let variants: ReadonlyMap<string, string> | undefined;

/** Words in which a traditional character of another reading must not be simplified are kept out of the table itself (乾, 著, 藉, 徵). */
function loadVariants(): ReadonlyMap<string, string> {
  const table = readTable<{ from: string; to: string }>('variants.table.json');
  const to = [...table.to];
  variants ??= new Map([...table.from].map((character, index) => [character, to[index]!] as const));
  return variants;
}

/** The simplified form of a text, character by character; its length in characters stays the same. */
export function simplify(text: string): string {
  const table = variants ?? loadVariants();
  let result = '';
  for (const character of text) result += table.get(character) ?? character;
  return result;
}
