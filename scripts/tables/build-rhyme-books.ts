/**
 * Compiles our rhyme books: `node scripts/tables/build-rhyme-books.ts DATA_FOLDER`.
 *
 *   rhyme lists ─┐
 *   own facts ───┼─▶ 平水韵 ─▶ 词林正韵 (by rule)          DATA_FOLDER holds text_zh_rhyme and text_zh_poetry
 *   poems ───────┘      └─▶ pinyin of each reading         中华通韵 needs only pinyin
 *
 * Poems decide three things: which reading of a polyphone is common, which readings the lists forgot, and how often
 * a character is used at all. Nothing here runs in the product; it reads the tables that this writes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPoems } from '../../recipes/verse-zh/poems.ts';
import { PINGSHUI_GROUPS } from '../../src/studios/text/verse/prompt.ts';
import { toneOfGroup } from '../../src/studios/text/verse/prosody/rhyme-relations.ts';
import { type BookEntry, formatBook, formatPinyin } from './book-format.ts';
import { characterVariants } from './character-variants.ts';
import { cilinEntries } from './cilin-entries.ts';
import { addedByEvidence, readingsOfMissing, unusedReadings } from './missing-readings.ts';
import { createPinyinMatcher, type PinyinMatcher } from './pinyin-of-readings.ts';
import { type Evidence, gatherEvidence } from './poem-evidence.ts';

const OUT = join(import.meta.dirname, '../../src/studios/text/verse/prosody');
const SOURCES = [
  '平水韵 and 词林正韵 as received (Qing dynasty, public domain); group membership compared with the lists of charlesix59/chinese_word_rhyme (MIT)',
  '全唐诗 and 全宋诗 (public domain): commonness of readings, readings the lists lack',
  'Modern readings: pinyin-pro (MIT)',
  'Variant characters: OpenCC (Apache-2.0) and our own list',
];

function readGroups(folder: string): Map<string, Set<string>> {
  const parts = JSON.parse(readFileSync(join(folder, 'text_zh_rhyme', 'pingshui.json'), 'utf8')) as Record<
    string,
    Record<string, readonly string[]>
  >;
  const groups = new Map<string, Set<string>>();
  const lists = Object.values(parts).flatMap((part) => Object.values(part));
  for (const [index, list] of lists.entries()) {
    for (const character of list) addReading(groups, character, PINGSHUI_GROUPS[index]!);
  }
  return groups;
}

interface Facts {
  readonly add: Readonly<Record<string, string>>;
  readonly remove: Readonly<Record<string, string>>;
  /** Pairs: a variant, then the character that stands for it. */
  readonly variants: string;
}

function readFacts(): Facts {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'readings.facts.json'), 'utf8')) as Facts;
}

function addReading(groups: Map<string, Set<string>>, character: string, group: string): void {
  const set = groups.get(character) ?? new Set<string>();
  groups.set(character, set.add(group));
}

function* readLines(folder: string): Generator<readonly string[]> {
  for (const source of ['tang', 'supp', 'song']) {
    for (const poem of readPoems(folder, source)) {
      const body = poem.paragraphs.join('');
      if (!/[□○〇]/u.test(body)) yield body.split(/[，。、；！？]/u).filter((line) => line.length > 0);
    }
  }
}

/** One entry per reading, commonest first: tone class by use at fixed places, groups within it by use as rhymes. */
function orderReadings(character: string, groups: ReadonlySet<string>, evidence: Evidence): BookEntry[] {
  const [level, oblique] = evidence.tones.get(character) ?? [0, 0];
  const rhymes = evidence.rhymes.get(character) ?? new Map<string, number>();
  const isLevel = (group: string): boolean => toneOfGroup(group) === '平';
  const sum = (wantLevel: boolean): number =>
    [...groups].filter((group) => isLevel(group) === wantLevel).reduce((n, g) => n + (rhymes.get(g) ?? 0) + 0.5, 0);
  const entries = [...groups].map((group) => {
    const ofClass = ((isLevel(group) ? level : oblique) + 0.5) / (level + oblique + 1);
    const within = ((rhymes.get(group) ?? 0) + 0.5) / sum(isLevel(group));
    const both = [...groups].some((other) => isLevel(other) !== isLevel(group));
    return { key: group, share: both ? ofClass * within : within };
  });
  return entries.sort((a, b) => b.share - a.share);
}

function compile(folder: string): void {
  const facts = readFacts();
  const groups = readGroups(folder);
  for (const [group, characters] of Object.entries(facts.add)) {
    for (const character of characters) addReading(groups, character, group);
  }
  for (const [group, characters] of Object.entries(facts.remove)) {
    for (const character of characters) groups.get(character)?.delete(group);
  }
  for (const group of PINGSHUI_GROUPS) addReading(groups, group, group);
  const evidence = gatherEvidence(readLines(folder), groups);
  const variants = characterVariants(facts.variants, groups);
  for (const { character, group } of addedByEvidence(groups, evidence)) addReading(groups, character, group);
  const unused = unusedReadings(groups, evidence);
  for (const { character, group } of unused) groups.get(character)?.delete(group);
  console.log(`unused: ${unused.map(({ character, group }) => character + group).join(' ')}`);
  const matcher = createPinyinMatcher(groups);
  const missing = readingsOfMissing({ groups, evidence, variants, matcher });
  for (const { character, group } of missing) addReading(groups, character, group);
  writeTables({ groups, evidence, matcher, variants });
  console.log(`${groups.size} characters, ${missing.length} readings added, ${variants.size} variants`);
}

interface Compiled {
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
  readonly evidence: Evidence;
  readonly matcher: PinyinMatcher;
  readonly variants: ReadonlyMap<string, string>;
}

function writeTables({ groups, evidence, matcher, variants }: Compiled): void {
  const entries = new Map<string, BookEntry[]>();
  for (const [character, set] of groups) {
    if (variants.has(character)) continue;
    const ordered = orderReadings(character, set, evidence);
    entries.set(
      character,
      ordered.map((entry) => ({ ...entry, pinyin: matcher.pinyinOf(character, entry.key) })),
    );
  }
  const frequency = (character: string): number => evidence.frequency.get(character) ?? 0;
  const about = { sources: SOURCES, builtBy: 'scripts/tables/build-rhyme-books.ts' };
  const write = (name: string, table: object): void =>
    writeFileSync(join(OUT, `${name}.table.json`), `${JSON.stringify({ about, ...table }, undefined, 1)}\n`);
  write('pingshui', formatBook(entries, { keys: PINGSHUI_GROUPS, frequency, matcher }));
  write('cilin', formatBook(...cilinEntries(entries, { frequency, matcher })));
  write('pinyin', formatPinyin(frequency, { more: [...evidence.frequency.keys(), ...groups.keys()], variants }));
  write('variants', { from: [...variants.keys()].join(''), to: [...variants.values()].join('') });
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('Usage: node scripts/tables/build-rhyme-books.ts DATA_FOLDER');
compile(folder);
