/** The poems of one tune, brought to a common shape: flat syllables, with the places where clauses end. */
import { readPoems } from '../../recipes/verse-zh/poems.ts';
import { loadRhymeBook, simplify } from '../../src/studios/text/verse/prosody/index.ts';

const book = loadRhymeBook('词林正韵');

/** 1 for level, 0 for oblique, undefined where the character is read both ways too often to tell. */
export function levelOf(character: string): number | undefined {
  const readings = book.readings(character);
  if (readings.length === 0) return undefined;
  const level = readings.reduce((sum, { toneClass, share = 1 }) => sum + (toneClass === '平' ? share : 0), 0);
  return level > 0.85 ? 1 : level < 0.15 ? 0 : undefined;
}

/** One poem: its syllables, and the mark after each syllable that ends a clause (by index). */
export interface TunePoem {
  readonly syllables: readonly string[];
  readonly marks: ReadonlyMap<number, '，' | '。' | '、'>;
}

/** Poems of one shape: where ，and 。 stand is the same in all; or, for rare tunes, only the number of syllables. */
export interface TuneGroup {
  readonly poems: readonly TunePoem[];
  /** Index after the last syllable of each clause, with its mark by majority. */
  readonly clauses: readonly { readonly end: number; readonly mark: '，' | '。' | '、' }[];
}

/** Reads all poems with a tune's name, by that name. */
export function readTunePoems(folder: string): Map<string, TunePoem[]> {
  const poems = new Map<string, TunePoem[]>();
  for (const source of ['ci', 'ancient', 'supp', 'tang']) {
    for (const poem of readPoems(folder, source)) {
      if (poem.cipai === undefined) continue;
      const body = simplify(poem.paragraphs.join(''));
      if (!/^[\p{Script=Han}，。、]+$/u.test(body) || /[〇○□]/u.test(body)) continue;
      const list = poems.get(poem.cipai) ?? [];
      poems.set(poem.cipai, list);
      list.push(parse(body));
    }
  }
  return poems;
}

function parse(body: string): TunePoem {
  const syllables: string[] = [];
  const marks = new Map<number, '，' | '。' | '、'>();
  for (const character of body) {
    if (character === '，' || character === '。' || character === '、') marks.set(syllables.length, character);
    else syllables.push(character);
  }
  return { syllables, marks };
}

/** Tunes that are sung in level and in oblique rhyme (声声慢, 柳梢青) have two patterns: parted by the last syllable; doubtful ones go with the larger part. */
function partByTone(poems: TunePoem[]): TunePoem[][] {
  const last = (poem: TunePoem): number | undefined => levelOf(poem.syllables.at(-1)!);
  const level = poems.filter((poem) => last(poem) === 1);
  const oblique = poems.filter((poem) => last(poem) === 0);
  const doubtful = poems.filter((poem) => last(poem) === undefined);
  (level.length > oblique.length ? level : oblique).push(...doubtful);
  return [level, oblique].filter((part) => part.length > 0);
}

/** Groups by shape and rhyme tone; where no shape has `enough` poems, by number of syllables alone. Largest group first. */
export function groupByShape(poems: readonly TunePoem[], enough: number): TuneGroup[] {
  const shape = ({ marks }: TunePoem): string =>
    [...marks].flatMap(([end, mark]) => (mark === '、' ? [] : [end])).join();
  const groups = collect(poems, shape).flatMap(partByTone);
  const largest = Math.max(0, ...groups.map((group) => group.length));
  const chosen = largest >= enough ? groups : collect(poems, ({ syllables }) => String(syllables.length));
  const merged = mergeByClauses(chosen.sort((a, b) => b.length - a.length));
  return merged.sort((a, b) => b.length - a.length).map((group) => ({ poems: group, clauses: clausesOf(group) }));
}

/** Editions mark the same pause with ， or with 、: groups whose clauses end at the same places, and in the same tone, are one. */
function mergeByClauses(groups: readonly (readonly TunePoem[])[]): TunePoem[][] {
  const merged = new Map<string, TunePoem[]>();
  for (const group of groups) {
    const ends = clausesOf(group).map(({ end }) => end);
    const level = group.filter((poem) => levelOf(poem.syllables.at(-1)!) === 1).length > group.length / 2;
    const key = `${ends.join()} ${level}`;
    merged.set(key, [...(merged.get(key) ?? []), ...group]);
  }
  return [...merged.values()];
}

function collect(poems: readonly TunePoem[], key: (poem: TunePoem) => string): TunePoem[][] {
  const groups = new Map<string, TunePoem[]>();
  for (const poem of poems) groups.set(key(poem), [...(groups.get(key(poem)) ?? []), poem]);
  return [...groups.values()];
}

function clausesOf(poems: readonly TunePoem[]): TuneGroup['clauses'] {
  const total = poems[0]!.syllables.length;
  return Array.from({ length: total }, (_, index) => index + 1).flatMap((end) => {
    const counts = new Map<'，' | '。' | '、', number>();
    for (const poem of poems) {
      const mark = poem.marks.get(end);
      if (mark !== undefined) counts.set(mark, (counts.get(mark) ?? 0) + 1);
    }
    const all = [...counts.values()].reduce((a, b) => a + b, 0);
    if (all < poems.length / 2 && end < total) return [];
    const mark = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '。';
    return [{ end, mark: end === total ? '。' : mark }];
  });
}
