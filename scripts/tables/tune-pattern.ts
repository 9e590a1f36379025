/**
 * What the poems of one shape agree on: the tone of each place, which clause ends rhyme with which, and which clauses
 * are repeated. A pattern is written as one string, e.g. 如梦令:
 *
 *   中仄中平平仄a，中仄中平平仄a。…     tones, then the chain of a rhyming clause, then its mark; `/` opens a stanza
 */

import type { Refrain } from '../../src/studios/text/verse/forms/types.ts';
import { loadRhymeBook } from '../../src/studios/text/verse/prosody/index.ts';
import { levelOf, type TuneGroup, type TunePoem } from './tune-poems.ts';

const book = loadRhymeBook('词林正韵');

export interface TunePattern {
  readonly lines: readonly { readonly tones: string; readonly chain: string; readonly mark: string }[];
  readonly refrains: readonly Refrain[];
  readonly distinctRhymeWords: boolean;
  readonly maxRepeats: number;
}

function partsOf(character: string): Set<string> {
  return new Set(book.readings(character).map(({ rhyme }) => rhyme.slice(0, -1)));
}

/** The pattern of a group; strict: with the rhymes that most poems have, else only with those that nearly three in five have. */
export function findPattern(group: TuneGroup, isStrict: boolean): TunePattern {
  const spans = group.clauses.map(({ end, mark }, index) => ({ start: group.clauses[index - 1]?.end ?? 0, end, mark }));
  const chains = findChains(group, isStrict);
  const refrains = findRefrains(group, spans);
  const lines = spans.map(({ start, end, mark }, index) => {
    const chain = chains.get(index) ?? '';
    const tones = Array.from({ length: end - start }, (_, i) => toneAt(group, start + i));
    if (chain !== '') tones[tones.length - 1] = majority(group, end - 1);
    return { tones: tones.join(''), chain, mark };
  });
  const rhymeEnds = [...chains.keys()]
    .filter((line) => !refrains.some((refrain) => refrain.line === line))
    .map((line) => spans[line]!.end - 1);
  return {
    lines,
    refrains,
    distinctRhymeWords:
      share(group, (poem) => new Set(rhymeEnds.map((end) => poem.syllables[end])).size < rhymeEnds.length) < 0.12,
    maxRepeats: usualRepeats(group),
  };
}

function share({ poems }: TuneGroup, test: (poem: TunePoem) => boolean): number {
  return poems.filter(test).length / poems.length;
}

/** Fixed where fewer than 36 poems in a hundred contradict, tolerant (`平?`) where more than one in seventeen does. Characters read both ways contradict nothing. */
function toneAt({ poems }: TuneGroup, place: number): string {
  const levels = poems.map((poem) => levelOf(poem.syllables[place]!));
  const level = levels.filter((value) => value === 1).length;
  const oblique = levels.filter((value) => value === 0).length;
  const against = Math.min(level, oblique) / poems.length;
  if (against > (poems.length < 8 ? 0.15 : 0.36)) return '中';
  return `${level > oblique ? '平' : '仄'}${against > 0.06 ? '?' : ''}`;
}

function majority(group: TuneGroup, place: number): '平' | '仄' {
  const levels = group.poems.map((poem) => levelOf(poem.syllables[place]!)).filter((level) => level !== undefined);
  return levels.reduce((a, b) => a + b, 0) >= levels.length / 2 ? '平' : '仄';
}

/** Clauses whose ends share a part of 词林正韵 in most poems form a chain; letters in order of appearance. */
function findChains(group: TuneGroup, isStrict: boolean): Map<number, string> {
  const ends = group.clauses.map(({ end }) => end - 1);
  const parts = group.poems.map((poem) => ends.map((end) => partsOf(poem.syllables[end]!)));
  const agree = (a: number, b: number): number =>
    parts.filter((poem) => [...poem[a]!].some((part) => poem[b]!.has(part))).length / parts.length;
  const few = group.poems.length < 12;
  const usual = (clause: number): number => (few ? 0.75 : 0.6) - (group.clauses[clause]!.mark === '。' ? 0.12 : 0);
  const needed = (clause: number): number => (isStrict ? usual(clause) : Math.max(0.58, usual(clause)));
  const owner = ends.map((_, index) => index);
  for (let b = 1; b < ends.length; b += 1) {
    const best = ends
      .map((_, a) => ({ a, rate: a < b ? agree(a, b) : 0 }))
      .sort((x, y) => y.rate - x.rate || y.a - x.a)[0]!;
    if (best.rate >= needed(b)) owner[b] = owner[best.a]!;
  }
  const letters = new Map<number, string>();
  const chains = new Map<number, string>();
  for (const [index, root] of owner.entries()) {
    if (owner.filter((other) => other === root).length < 2) continue;
    if (!letters.has(root)) letters.set(root, String.fromCharCode(97 + letters.size));
    chains.set(index, letters.get(root)!);
  }
  return chains;
}

function findRefrains(group: TuneGroup, spans: readonly { start: number; end: number }[]): Refrain[] {
  const tailOf = (poem: TunePoem, line: number, tail: number): string =>
    poem.syllables.slice(spans[line]!.end - tail, spans[line]!.end).join('');
  const found: Refrain[] = [];
  for (let line = 1; line < spans.length; line += 1) {
    const width = spans[line]!.end - spans[line]!.start;
    for (const repeats of [line - 1, line - 2]) {
      if (repeats < 0 || width > 4 || found.some((refrain) => refrain.line === line)) continue;
      const before = spans[repeats]!.end - spans[repeats]!.start;
      if (before < width) continue;
      const tail = before === width ? 'all' : width;
      if (share(group, (poem) => tailOf(poem, line, width) === tailOf(poem, repeats, width)) >= 0.7) {
        found.push({ line, repeats, tail });
      } else if (
        width > 1 &&
        share(group, (poem) => [...tailOf(poem, line, width)].reverse().join('') === tailOf(poem, repeats, width)) >=
          0.7
      ) {
        found.push({ line, repeats, tail, reversed: true });
      }
    }
  }
  return found;
}

/** How often poets let one character stand, doubled ones counted once: what 98 poems in 100 keep to, between 2 and 6. */
function usualRepeats({ poems }: TuneGroup): number {
  const highest = poems.map(({ syllables }) => {
    const counts = new Map<string, number>();
    for (const [index, character] of syllables.entries()) {
      if (character !== syllables[index - 1]) counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    return Math.max(...counts.values());
  });
  highest.sort((a, b) => a - b);
  const short = poems[0]!.syllables.length <= 36 ? 1 : 0;
  return Math.min(6, Math.max(2, highest[Math.ceil((highest.length - 1) * 0.98)]! + short));
}
