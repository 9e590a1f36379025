/** Traditional and variant characters, each with the simplified character that stands in our tables. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Groups } from './poem-evidence.ts';

const DICTIONARIES = join(import.meta.dirname, '../../node_modules/opencc-js/dist/esm-lib/dict');

/** Simplification would merge these with another word that verse keeps apart (乾坤, 著作, 慰藉). */
const KEPT = new Set('乾著藉徵於锺');

/** A dictionary of OpenCC as its package ships it: one string, `from to to2|from to`. */
function readDictionary(name: string): Map<string, string> {
  const dictionary = readFileSync(join(DICTIONARIES, `${name}.js`), 'utf8').replace(/^[^"]*"|"[^"]*$/gu, '');
  return new Map(
    dictionary.split('|').flatMap((row) => {
      const [from, to] = row.split(' ');
      return from !== undefined && to !== undefined && [...from].length === 1 && [...to].length === 1
        ? [[from, to] as const]
        : [];
    }),
  );
}

/** Own pairs first (`疎疏…`), then OpenCC's tables; a character of the rhyme books is never mapped away, unless it is traditional. */
export function characterVariants(ownPairs: string, groups: Groups): Map<string, string> {
  const toSimplified = readDictionary('TSCharacters');
  const simplify = (character: string): string => toSimplified.get(character) ?? character;
  const variants = new Map<string, string>();
  const add = (from: string, to: string): void => {
    if (from !== to && !KEPT.has(from) && groups.has(to) && !variants.has(from)) variants.set(from, to);
  };
  for (const [from, to] of toSimplified) add(from, to);
  const own = [...ownPairs];
  const regional = ['HKVariantsRev', 'TWVariantsRev', 'JPShinjitaiCharactersRev'].flatMap((name) => [
    ...readDictionary(name),
  ]);
  const pairs = [...own.flatMap((from, i) => (i % 2 === 0 ? [[from, own[i + 1]!] as const] : [])), ...regional];
  for (const [from, to] of pairs) if (!groups.has(from)) add(from, simplify(to));
  return variants;
}
