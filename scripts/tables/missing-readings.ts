/** Readings that the poems show and the lists lack. Thresholds are set so that loose rhyming does not invent any. */
import { areNeighbours, classOfTone, toneOfGroup } from '../../src/studios/text/verse/prosody/rhyme-relations.ts';
import type { ToneClass } from '../../src/studios/text/verse/prosody/types.ts';
import type { PinyinMatcher } from './pinyin-of-readings.ts';
import type { Evidence, Groups } from './poem-evidence.ts';

export interface FoundReading {
  readonly character: string;
  readonly group: string;
}

/** Level readings of listed characters: at least six rhyme uses, more than half of all, and no neighbour listed already. */
export function addedByEvidence(groups: Groups, evidence: Evidence): FoundReading[] {
  return [...evidence.rhymes].flatMap(([character, counts]) => {
    const listed = groups.get(character);
    if (listed === undefined) return [];
    const total = [...counts.values()].reduce((a, b) => a + b, 0);
    return [...counts]
      .filter(([group, count]) => count >= 6 && count / total >= 0.5 && toneOfGroup(group) === '平')
      .filter(([group]) => ![...listed].some((other) => areNeighbours('平水韵', other, group)))
      .map(([group]) => ({ character, group }));
  });
}

/** Listed readings that verse does not use: of 300 uses at fixed places or more, not one in a thousand is in that tone class, and none is a rhyme. */
export function unusedReadings(groups: Groups, evidence: Evidence): FoundReading[] {
  return [...groups].flatMap(([character, listed]) => {
    const [level, oblique] = evidence.tones.get(character) ?? [0, 0];
    if (level + oblique < 300) return [];
    const rare =
      (level < oblique ? level : oblique) / (level + oblique) < 0.001 ? (level < oblique ? '平' : '仄') : undefined;
    return [...listed]
      .filter((group) => classOfTone(toneOfGroup(group)) === rare)
      .filter((group) => (evidence.rhymes.get(character)?.get(group) ?? 0) < 3)
      .map((group) => ({ character, group }));
  });
}

export interface MissingQuestion {
  readonly groups: Groups;
  readonly evidence: Evidence;
  readonly variants: ReadonlyMap<string, string>;
  readonly matcher: PinyinMatcher;
}

/** Readings of unlisted characters that occur five times or more. */
export function readingsOfMissing(question: MissingQuestion): FoundReading[] {
  const { groups, evidence, variants } = question;
  return [...evidence.frequency]
    .filter(([character, count]) => count >= 5 && !groups.has(character) && !variants.has(character))
    .filter(([character]) => /\p{Script=Han}/u.test(character))
    .flatMap(([character]) => readingsFromPoems(character, question));
}

function readingsFromPoems(character: string, { evidence, matcher }: MissingQuestion): FoundReading[] {
  const rhymes = [...(evidence.rhymes.get(character) ?? [])].sort((a, b) => b[1] - a[1]);
  const total = rhymes.reduce((sum, [, count]) => sum + count, 0);
  const found = rhymes.filter(([, count]) => count >= 3 && count / total >= 0.55).map(([group]) => group);
  const [level, oblique] = evidence.tones.get(character) ?? [0, 0];
  const needs: [ToneClass, number][] = [
    ['平', level],
    ['仄', oblique],
  ];
  for (const [toneClass, uses] of needs) {
    if (uses < 4 || uses < (level + oblique) * 0.2) continue;
    if (found.some((group) => classOfTone(toneOfGroup(group)) === toneClass)) continue;
    const group = matcher.likelyGroup(character, toneClass);
    if (group !== undefined) found.push(group);
  }
  return found.map((group) => ({ character, group }));
}
