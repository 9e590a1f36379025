/** Tunes (词牌) from their table: each variant's pattern string becomes lines, chains and stanzas. `平?` is a fixed place that checkers tolerate. */
import { readTable } from '../prosody/index.ts';
import type { LinePattern, Refrain, ToneMark, VerseForm } from './types.ts';

interface TuneRow {
  readonly name: string;
  readonly english: string;
  readonly also: readonly string[];
  readonly couplets?: readonly (readonly [number, number])[];
  readonly variants: readonly VariantRow[];
}

interface VariantRow {
  /** How many poems the pattern was found in. */
  readonly n: number;
  readonly pattern: string;
  readonly repeats: number;
  readonly sameRhymeWord?: boolean;
  readonly refrains?: readonly Refrain[];
}

/** All variants of all tunes, and the other names of tunes (大江东去 → 念奴娇). */
export function loadTunes(): { forms: VerseForm[]; otherNames: Map<string, readonly string[]> } {
  const { tunes } = readTable<{ tunes: readonly TuneRow[] }>('tunes.table.json', import.meta.dirname);
  const otherNames = new Map(tunes.flatMap(({ name, also }) => also.map((other) => [other, [name]] as const)));
  return {
    forms: tunes.flatMap((tune) => tune.variants.map((row, index) => toForm(tune, { row, index }))),
    otherNames,
  };
}

function toForm(tune: TuneRow, { row, index }: { row: VariantRow; index: number }): VerseForm {
  const { lines, stanzas } = parsePattern(row.pattern);
  const syllables = lines.reduce((sum, line) => sum + line.tones.length, 0);
  const width = (line: number): number => lines[line]?.tones.length ?? 0;
  return {
    id: `${tune.name}/${index + 1}`,
    name: tune.name,
    variant: `${syllables}字`,
    family: 'tune',
    english: tune.english,
    lines,
    stanzas,
    defaultBook: '词林正韵',
    rules: {
      lonelyLevel: false,
      threeTail: false,
      rescue: false,
      distinctRhymeWords: row.sameRhymeWord !== true,
      maxRepeats: row.repeats,
      couplets: (tune.couplets ?? []).filter(([a, b]) => width(a) > 0 && width(a) === width(b)),
    },
    ...(row.refrains === undefined ? {} : { refrains: row.refrains }),
  };
}

function parsePattern(pattern: string): { lines: LinePattern[]; stanzas: number[] } {
  const lines: LinePattern[] = [];
  const stanzas = [0];
  for (const [, opens, marks = '', chain = '', mark] of pattern.matchAll(/(\/?)([平仄中?]+)([a-z]?)([，。、])/gu)) {
    if (opens === '/') stanzas.push(lines.length);
    const places = [...marks.matchAll(/([平仄中])(\??)/gu)];
    const tones = places.map(([, tone]) => tone as ToneMark);
    const tolerant = places.flatMap(([, , doubt], place) => (doubt === '?' ? [place] : []));
    const end = { tones, mark: mark as LinePattern['mark'], ...(tolerant.length > 0 ? { tolerant } : {}) };
    lines.push(chain === '' ? end : { ...end, rhyme: { chain, toneClass: tones.at(-1) === '平' ? '平' : '仄' } });
  }
  return { lines, stanzas };
}
