/**
 * What regulated poems say about single characters: at the second, fourth and sixth place of a regulated line the tone is
 * not free, and the even lines of a poem mostly rhyme in one group. Counting over many poems shows which tone
 * class and which group a poet heard in a character, also where a rhyme book forgot one.
 */

import { toneOfGroup } from '../../src/studios/text/verse/prosody/rhyme-relations.ts';

/** Readings as known so far: character → names of 平水韵 groups. */
export type Groups = ReadonlyMap<string, ReadonlySet<string>>;

export interface Evidence {
  /** How often a character stands in the poems. */
  readonly frequency: Map<string, number>;
  /** [level, oblique] uses at places whose tone is fixed, in lines and poems that are otherwise regulated. */
  readonly tones: Map<string, [number, number]>;
  /** Uses at rhyme places, by the one group that all other rhymes of the poem share. */
  readonly rhymes: Map<string, Map<string, number>>;
}

interface Context {
  readonly evidence: Evidence;
  readonly groups: Groups;
}

/** Counts over poems given as lines without punctuation; only shapes of four or eight lines of five or seven are read. */
export function gatherEvidence(poems: Iterable<readonly string[]>, groups: Groups): Evidence {
  const evidence: Evidence = { frequency: new Map(), tones: new Map(), rhymes: new Map() };
  const context = { evidence, groups };
  for (const lines of poems) {
    for (const character of lines.join('')) bump(evidence.frequency, character);
    if (isRegulatedShape(lines)) readPoem(lines, context);
    if (lines.every((line) => line.length === lines[0]!.length)) readRhymes(lines, context);
  }
  return evidence;
}

function isRegulatedShape(lines: readonly string[]): boolean {
  const width = lines[0]?.length;
  return (width === 5 || width === 7) && [4, 8].includes(lines.length) && lines.every((line) => line.length === width);
}

function readPoem(lines: readonly string[], context: Context): void {
  const starts = [true, false].map((level) => ({ level, broken: countBroken(lines, level, context) }));
  const best = starts.sort((a, b) => a.broken.length - b.broken.length)[0]!;
  const tolerated = lines.length === 8 ? 2 : 1;
  if (best.broken.length > tolerated || best.broken.some((misses) => misses.places > 1)) return;
  for (const [index, line] of lines.entries()) countTones(line, secondIsLevel(index, best.level), context);
}

function countBroken(lines: readonly string[], firstLevel: boolean, context: Context): { places: number }[] {
  return lines
    .map((line, index) => ({ places: misses(line, secondIsLevel(index, firstLevel), context).length }))
    .filter(({ places }) => places > 0);
}

/** The tone at the second place: opposite within a couplet (对), the same across couplets (粘). */
function secondIsLevel(index: number, firstLevel: boolean): boolean {
  return (((index + 1) >> 1) & 1) === 0 ? firstLevel : !firstLevel;
}

function evenPlaces(line: string): number[] {
  return line.length === 5 ? [1, 3] : [1, 3, 5];
}

function misses(line: string, secondLevel: boolean, context: Context): number[] {
  return evenPlaces(line).filter((place) => !canBe(line[place]!, wanted(place, secondLevel), context));
}

function wanted(place: number, secondLevel: boolean): boolean {
  return place % 4 === 1 ? secondLevel : !secondLevel;
}

function canBe(character: string, level: boolean, { groups }: Context): boolean {
  const found = groups.get(character);
  return found === undefined || [...found].some((group) => (toneOfGroup(group) === '平') === level);
}

function countTones(line: string, secondLevel: boolean, context: Context): void {
  const missed = misses(line, secondLevel, context);
  for (const place of evenPlaces(line)) {
    const elsewhere = missed.some((other) => other !== place);
    if (elsewhere || mayBeRescue(line, place, context)) continue;
    const level = wanted(place, secondLevel);
    const counts = context.evidence.tones.get(line[place]!) ?? [0, 0];
    counts[level ? 0 : 1] += 1;
    context.evidence.tones.set(line[place]!, counts);
  }
}

/** 平平仄平仄 and the great 拗 break the place before the last on purpose: no evidence about the character there. */
function mayBeRescue(line: string, place: number, context: Context): boolean {
  return place === line.length - 2 && canBe(line.at(-1)!, false, context);
}

/** Any poem of even lines, old style too: what the other rhyme words share, this one is taken to share. */
function readRhymes(lines: readonly string[], { evidence, groups }: Context): void {
  const ends = lines.filter((_, index) => index % 2 === 1).map((line) => line.at(-1)!);
  if (ends.length < 3 || ends.length > 16) return;
  for (const [index, end] of ends.entries()) {
    const others = ends.filter((_, other) => other !== index).map((other) => groups.get(other) ?? new Set<string>());
    const shared = [...others[0]!].filter((group) => others.every((set) => set.has(group)));
    if (shared.length !== 1) continue;
    const counts = evidence.rhymes.get(end) ?? new Map<string, number>();
    bump(counts, shared[0]!);
    evidence.rhymes.set(end, counts);
  }
}

function bump(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}
