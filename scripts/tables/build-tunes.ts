/**
 * Compiles our table of tunes (词牌): `node scripts/tables/build-tunes.ts DATA_FOLDER`. The patterns come from the poems
 * themselves (DATA_FOLDER/text_zh_poetry, the training part); names and stanza breaks come from tunes.facts.json.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPattern, type TunePattern } from './tune-pattern.ts';
import { groupByShape, readTunePoems, type TuneGroup, type TunePoem } from './tune-poems.ts';

const OUT = join(import.meta.dirname, '../../src/studios/text/verse/forms/tunes.table.json');
const MOST_VARIANTS = 4;

interface TuneFacts {
  readonly name: string;
  readonly also: readonly string[];
  readonly stanzas: readonly number[];
  readonly english: string;
  /** Numbers of syllables accepted, best known first; none: whatever the poems show. */
  readonly totals: readonly number[];
}

const facts = JSON.parse(readFileSync(join(import.meta.dirname, 'tunes.facts.json'), 'utf8')) as {
  tunes: readonly string[];
  couplets: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  /** Patterns of tunes that too few poems have. */
  patterns: Readonly<Record<string, readonly string[]>>;
};

function parseFacts(row: string): TuneFacts {
  const [name = '', also = '', stanzas = '', english = '', totals = ''] = row.split('|');
  const list = (text: string): string[] => text.split(',').filter((item) => item !== '');
  return { name, also: list(also), stanzas: list(stanzas).map(Number), english, totals: list(totals).map(Number) };
}

/** Shapes that enough poems keep: five at least, and one in twenty-five; of each length the facts name, the commonest. */
function chooseGroups(poems: readonly TunePoem[], { totals }: TuneFacts): TuneGroup[] {
  const usable = totals.length === 0 ? poems : poems.filter((poem) => totals.includes(poem.syllables.length));
  const groups = groupByShape(usable, 8);
  const rank = (group: TuneGroup): number => totals.indexOf(group.poems[0]!.syllables.length);
  const all = groups.filter((group) => group.clauses.length > 3);
  const isNamed = (group: TuneGroup): boolean => {
    const sameTotal = all.filter((other) => rank(other) === rank(group));
    return rank(group) >= 0 && sameTotal[0] === group && group.poems.length >= 3;
  };
  const kept = all
    .filter((group, index) => index === 0 || isNamed(group) || group.poems.length >= Math.max(5, usable.length / 25))
    .filter((group, index, list) => !list.slice(0, index).some((before) => isUnpunctuated(group, before)));
  return kept.sort((a, b) => rank(a) - rank(b) || b.poems.length - a.poems.length).slice(0, MOST_VARIANTS);
}

/** Whether a shape is only another one with some commas left out. */
function isUnpunctuated(group: TuneGroup, before: TuneGroup): boolean {
  const known = new Set(before.clauses.map(({ end }) => end));
  return group.clauses.at(-1)!.end === before.clauses.at(-1)!.end && group.clauses.every(({ end }) => known.has(end));
}

/** Where the second stanza opens: the sentence end nearest to the known place; none in a tune of one stanza. */
function stanzaBreak({ clauses }: TuneGroup, stanzas: readonly number[]): number | undefined {
  const total = clauses.at(-1)!.end;
  const fitting = stanzas.filter((place) => total > place * 1.5);
  const ends = clauses.slice(0, -1).filter(({ mark }) => mark === '。');
  const ranked = ends
    .flatMap(({ end }) =>
      fitting.map((place) => ({ end, off: Math.abs(end - place), half: Math.abs(end - total / 2) })),
    )
    .sort((a, b) => a.off - b.off || a.half - b.half);
  return ranked[0]?.end;
}

function formatPattern({ lines }: TunePattern, breakAt: number | undefined): string {
  let text = '';
  let end = 0;
  for (const { tones, chain, mark } of lines) {
    if (end === breakAt) text += '/';
    text += tones + chain + mark;
    end += tones.replaceAll('?', '').length;
  }
  return text;
}

/** One variant per set of rhymes: where many poets leave a rhyme out, the form without it is good too. */
function formatVariants(group: TuneGroup, tune: TuneFacts): VariantRow[] {
  const rows = [true, false].map((isStrict) => formatVariant(group, tune, findPattern(group, isStrict)));
  return rows[0]!.pattern === rows[1]!.pattern ? [rows[0]!] : rows;
}

interface VariantRow {
  readonly n: number;
  readonly pattern: string;
}

function formatVariant(group: TuneGroup, tune: TuneFacts, pattern: TunePattern): VariantRow {
  return {
    n: group.poems.length,
    pattern: formatPattern(pattern, stanzaBreak(group, tune.stanzas)),
    ...{ repeats: pattern.maxRepeats },
    ...(pattern.distinctRhymeWords ? {} : { sameRhymeWord: true }),
    ...(pattern.refrains.length > 0 ? { refrains: pattern.refrains } : {}),
  };
}

function compile(folder: string): void {
  const byName = readTunePoems(folder);
  const tunes = facts.tunes.map(parseFacts).flatMap((tune) => {
    const poems = [tune.name, ...tune.also].flatMap((name) => byName.get(name) ?? []);
    const typed = (facts.patterns[tune.name] ?? []).map((pattern) => ({ n: 0, pattern, repeats: 3 }));
    const found = chooseGroups(poems, tune).filter((group) => group.poems.length >= 3);
    const variants = [...found.flatMap((group) => formatVariants(group, tune)), ...typed];
    const { name, also, english } = tune;
    const couplets = facts.couplets[name];
    return variants.length === 0 ? [] : [{ name, english, also, ...(couplets ? { couplets } : {}), variants }];
  });
  const about = {
    sources: [
      'Patterns: statistics over 全宋词, 花间集, 南唐二主词, 纳兰词 and other public-domain poems; a place is fixed where fewer than 36 poems in a hundred contradict, and marked `?` where more than one in seventeen does',
      'Other names, stanza breaks, English names: scripts/tables/tunes.facts.json',
    ],
    builtBy: 'scripts/tables/build-tunes.ts',
  };
  const rows = tunes.map((tune) => `  ${JSON.stringify(tune)}`).join(',\n');
  writeFileSync(OUT, `{\n "about": ${JSON.stringify(about)},\n "tunes": [\n${rows}\n ]\n}\n`);
  console.log(`${tunes.length} tunes, ${tunes.reduce((sum, { variants }) => sum + variants.length, 0)} variants`);
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('Usage: node scripts/tables/build-tunes.ts DATA_FOLDER');
compile(folder);
