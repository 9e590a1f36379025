/**
 * Chinese names for icons that have only English ones: by the nouns of the scene table of the director, which stands in
 * both languages.
 */
import { readFileSync } from 'node:fs';

interface Entry {
  readonly zh: readonly string[];
  readonly en: readonly string[];
  readonly forms?: readonly Entry[];
}

const TABLE = new URL('../../src/studios/plan/scene/elements.table.json', import.meta.url);
const known = new Map<string, string>();
for (const entry of JSON.parse(readFileSync(TABLE, 'utf8')) as Entry[]) {
  for (const { en, zh } of [entry, ...(entry.forms ?? [])]) {
    for (const word of en) if (zh[0] && !known.has(word)) known.set(word, zh[0]);
  }
}

/** The Chinese for a whole English name, or for its last word, which says what it is; nothing where unknown. */
export function chineseOf(name: string): string[] {
  const last = name.split(' ').at(-1)!;
  const found = known.get(name) ?? known.get(last) ?? known.get(last.replace(/s$/, ''));
  return found ? [found] : [];
}
