/**
 * 词林正韵 from 平水韵, by rule: every group went into one part, and the eight groups that were split went by their vowel,
 * which modern finals still show (灰: huī → part 3, lái → part 5).
 */
import { CILIN_RHYMES } from '../../src/studios/text/verse/prompt.ts';
import { parsePinyin } from '../../src/studios/text/verse/prosody/pinyin.ts';
import { partsOfGroup, toneOfGroup } from '../../src/studios/text/verse/prosody/rhyme-relations.ts';
import type { BookEntry, BookFormat } from './book-format.ts';

/** Part 3 and 5, 5 and 10, 6 and 7 share groups: the finals that belong to the later part. */
const LATER_FINALS: Readonly<Record<string, RegExp>> = {
  '3,5': /^ai$/u,
  '5,10': /^[iu]?a$/u,
  '6,7': /an$/u,
};

/** Characters whose modern final misleads: parts by 平水韵 group and character. */
const EXCEPTIONS: Readonly<Record<string, readonly number[]>> = {
  泰外: [5, 3],
  灰徘: [3],
  佳佳: [5],
  佳崖: [5],
  佳涯: [5],
};

/** Entries of every character, and the format of the book. */
export function cilinEntries(
  pingshui: ReadonlyMap<string, readonly BookEntry[]>,
  format: Omit<BookFormat, 'keys'>,
): [ReadonlyMap<string, readonly BookEntry[]>, BookFormat] {
  const entries = new Map<string, BookEntry[]>();
  for (const [character, list] of pingshui) entries.set(character, merge(character, list, format));
  return [entries, { ...format, keys: CILIN_RHYMES }];
}

function merge(character: string, list: readonly BookEntry[], { matcher }: Omit<BookFormat, 'keys'>): BookEntry[] {
  const merged = new Map<string, BookEntry>();
  for (const entry of list) {
    const modern = entry.pinyin ?? matcher.pinyins(character)[0];
    const tone = toneOfGroup(entry.key);
    const parts = EXCEPTIONS[entry.key + character] ?? [partOf(entry.key, modern)];
    for (const part of parts) {
      const key = `${part}${tone === '平' ? '平' : tone === '入' ? '入' : '仄'}`;
      const before = merged.get(key);
      const pinyin = before?.pinyin ?? entry.pinyin;
      const share = (before?.share ?? 0) + entry.share / parts.length;
      merged.set(key, { key, share, tone: before?.tone ?? tone, pinyin });
    }
  }
  return [...merged.values()].sort((a, b) => b.share - a.share);
}

function partOf(group: string, modern: string | undefined): number {
  const parts = partsOfGroup(group);
  const later = LATER_FINALS[parts.join(',')];
  if (later === undefined || modern === undefined) return parts[0]!;
  return later.test(parsePinyin(modern).final) ? parts[1]! : parts[0]!;
}
