/**
 * The shape of our rhyme tables. A group is a string of its characters, commonest first; what cannot be seen from that —
 * the order, share and modern sound of a polyphone's readings — is a short note:
 *
 *   "groups": { "东": "风中…" }   "notes": { "中": "东zhōng83 送zhòng17" }
 */
import { type PinyinMatcher, pinyinsOf } from './pinyin-of-readings.ts';

/** One reading of one character. `share`: 0–1 of its uses; `tone` only where the key does not tell (词林正韵 仄). */
export interface BookEntry {
  readonly key: string;
  readonly share: number;
  readonly tone?: string | undefined;
  readonly pinyin?: string | undefined;
}

export interface BookFormat {
  readonly keys: readonly string[];
  readonly frequency: (character: string) => number;
  readonly matcher: PinyinMatcher;
}

/** The table of one book. */
export function formatBook(
  entries: ReadonlyMap<string, readonly BookEntry[]>,
  { keys, frequency, matcher }: BookFormat,
): { groups: Record<string, string>; notes: Record<string, string> } {
  const groups = Object.fromEntries(
    keys.map((key) => [
      key,
      [...entries]
        .map(([character, list]) => ({ character, share: list.find((entry) => entry.key === key)?.share }))
        .filter((item): item is { character: string; share: number } => item.share !== undefined)
        .map(({ character, share }) => ({ character, weight: (frequency(character) + 0.01) * share }))
        .sort((a, b) => b.weight - a.weight || (a.character < b.character ? -1 : 1))
        .map(({ character }) => character)
        .join(''),
    ]),
  );
  const notes: Record<string, string> = {};
  for (const [character, list] of [...entries].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    if (list.length > 1 || list[0]?.pinyin !== matcher.pinyins(character)[0] || needsTone(list[0]!)) {
      notes[character] = list.map((entry) => formatEntry(entry, list.length > 1)).join(' ');
    }
  }
  return { groups, notes };
}

function needsTone(entry: BookEntry): boolean {
  return entry.key.endsWith('仄') && entry.tone === '上';
}

function formatEntry(entry: BookEntry, withShare: boolean): string {
  const tone = needsTone(entry) ? '上' : '';
  const share = withShare ? Math.max(1, Math.round(entry.share * 100)) : '';
  return `${entry.key}${tone}:${entry.pinyin ?? ''}${share}`;
}

/** Modern sounds of every Han character of the basic block and of the poems, variants left to their standard form: by first reading, then the further ones. */
export function formatPinyin(
  frequency: (character: string) => number,
  { more, variants }: { readonly more: readonly string[]; readonly variants: ReadonlyMap<string, string> },
): { syllables: Record<string, string>; further: Record<string, string> } {
  const all = new Set(more.filter((character) => /\p{Script=Han}/u.test(character)));
  for (let code = 0x4e00; code <= 0x9fa5; code += 1) all.add(String.fromCodePoint(code));
  for (const variant of variants.keys()) all.delete(variant);
  const syllables = new Map<string, string[]>();
  const further: Record<string, string> = {};
  for (const character of [...all].sort((a, b) => frequency(b) - frequency(a) || (a < b ? -1 : 1))) {
    const [first, ...rest] = pinyinsOf(character);
    if (first === undefined) continue;
    syllables.set(first, [...(syllables.get(first) ?? []), character]);
    if (rest.length > 0) further[character] = rest.join(' ');
  }
  const sorted = [...syllables]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([key, list]) => [key, list.join('')] as const);
  return { syllables: Object.fromEntries(sorted), further };
}
