/**
 * Which modern syllable belongs to which old reading: 中 is zhōng in 东 and zhòng in 送. Learned from the characters that
 * have one of each: they say which finals a group turned into and which modern tones an old tone became.
 */
import { pinyin } from 'pinyin-pro';
import { modernTone, parsePinyin } from '../../src/studios/text/verse/prosody/pinyin.ts';
import { classOfTone, toneOfGroup } from '../../src/studios/text/verse/prosody/rhyme-relations.ts';
import type { ToneClass } from '../../src/studios/text/verse/prosody/types.ts';
import type { Groups } from './poem-evidence.ts';

export interface PinyinMatcher {
  /** All modern readings, commonest first; empty when none is known. */
  pinyins(character: string): readonly string[];
  /** The modern reading that continues this old one; undefined when the modern ones all continue another. */
  pinyinOf(character: string, group: string): string | undefined;
  /** The group most homophones of this tone class stand in; undefined without a majority. */
  likelyGroup(character: string, toneClass: ToneClass): string | undefined;
}

const cache = new Map<string, readonly string[]>();

/** Modern readings with tone mark; the neutral tone only where there is nothing else. */
export function pinyinsOf(character: string): readonly string[] {
  const known = cache.get(character);
  if (known !== undefined) return known;
  const all = pinyin(character, { multiple: true, type: 'array' }).filter((item) => item !== character);
  const toned = all.filter((item) => modernTone(item) !== undefined && /^[a-z]/u.test(item.normalize('NFD')));
  const list = toned.length > 0 ? toned : all;
  cache.set(character, list);
  return list;
}

/** Learns the correspondence from the given readings. */
export function createPinyinMatcher(groups: Groups): PinyinMatcher {
  const finals = new Map<string, number>();
  const homophones = new Map<string, Map<string, number>>();
  for (const [character, set] of groups) {
    const modern = pinyinsOf(character);
    if (set.size !== 1 || modern.length !== 1) continue;
    const group = [...set][0]!;
    bump(finals, `${group}${parsePinyin(modern[0]!).final}`);
    bump(finals, group);
    const votes = homophones.get(modern[0]!) ?? new Map<string, number>();
    bump(votes, group);
    homophones.set(modern[0]!, votes);
  }
  const score = (syllable: string, group: string): number =>
    Math.log(((finals.get(`${group}${parsePinyin(syllable).final}`) ?? 0) + 0.05) / ((finals.get(group) ?? 0) + 1)) +
    toneScore(syllable, group);
  return {
    pinyins: pinyinsOf,
    pinyinOf: (character, group) => choose(character, group, groups, score),
    likelyGroup: (character, toneClass) => vote(pinyinsOf(character), toneClass, homophones),
  };
}

function toneScore(syllable: string, group: string): number {
  const old = toneOfGroup(group);
  const modern = modernTone(syllable);
  if (old === '入') return 0;
  if (old === modern) return 0;
  return old === '上' && modern === '去' ? -0.7 : old === '去' && modern === '上' ? -1.5 : -3;
}

function choose(
  character: string,
  group: string,
  groups: Groups,
  score: (syllable: string, group: string) => number,
): string | undefined {
  const modern = pinyinsOf(character);
  const ranked = modern
    .map((syllable, rank) => ({ syllable, value: score(syllable, group) - 0.25 * rank }))
    .sort((a, b) => b.value - a.value);
  const best = ranked[0]?.syllable;
  if (best === undefined || toneOfGroup(group) === '入') return best;
  const fits = classOfTone(modernTone(best) ?? '平') === classOfTone(toneOfGroup(group));
  const others = [...(groups.get(character) ?? [])].some(
    (other) => classOfTone(toneOfGroup(other)) !== classOfTone(toneOfGroup(group)),
  );
  return fits || !others ? best : undefined;
}

function vote(
  modern: readonly string[],
  toneClass: ToneClass,
  homophones: ReadonlyMap<string, ReadonlyMap<string, number>>,
): string | undefined {
  const votes = new Map<string, number>();
  let total = 0;
  for (const [group, count] of modern.flatMap((syllable) => [...(homophones.get(syllable) ?? [])])) {
    if (classOfTone(toneOfGroup(group)) !== toneClass) continue;
    votes.set(group, (votes.get(group) ?? 0) + count);
    total += count;
  }
  const best = [...votes].sort((a, b) => b[1] - a[1])[0];
  return best !== undefined && best[1] >= 2 && best[1] >= total * 0.6 ? best[0] : undefined;
}

function bump(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}
