/**
 * Accompaniment figures: small patterns of chord tones that fill the bars.
 *
 * A pattern is a list of [when, how long, which tones]; times are half beats (thirds of a beat in compound metres), tones
 * count upwards from the bass. It is repeated through each bar and takes the chord that sounds at each of its onsets.
 */
import { barIndexAt, beatLength, type Score } from '../score/index.ts';
import { type ChordSpan, spanAt } from './chord-spans.ts';
import patterns from './figures.table.json' with { type: 'json' };
import { stackTones } from './voicing.ts';

type Pattern = readonly (readonly [number, number, readonly number[]])[];
export type FigureName = keyof typeof patterns;
/** All figures by name. */
export const FIGURES = Object.keys(patterns) as FigureName[];

/** A note to be spelled later. */
export interface RawNote {
  readonly at: number;
  readonly length: number;
  readonly key: number;
}

type Metre = 'duple' | 'triple' | 'compound';

/** How a bar is counted. */
export function metreKind([beats, unit]: Score['bars'][number]['metre']): Metre {
  if (beats > 3 && beats % 3 === 0 && unit >= 4) return 'compound';
  return beats % 3 === 0 || beats === 5 ? 'triple' : 'duple';
}

/** Onsets of a pattern in a bar: tick, length in ticks, and what the table holds. */
export function* patternInBar<T extends readonly [number, ...unknown[]]>(
  score: Score,
  bar: Score['bars'][number],
  pattern: readonly T[],
): Generator<{ readonly at: number; readonly unit: number; readonly event: T }> {
  const kind = metreKind(bar.metre);
  const unit = beatLength(bar.metre, score.ticksPerQuarter) / (kind === 'compound' ? 3 : 2);
  const last = Math.max(...pattern.map(([when, length]) => when + (typeof length === 'number' ? length : 1)));
  const beat = kind === 'compound' ? 3 : kind === 'triple' ? 6 : 2;
  const every = Math.ceil(last / beat) * beat;
  for (let start = 0; start * unit < bar.length; start += every) {
    for (const event of pattern) {
      const at = (start + event[0]) * unit;
      if (at < bar.length && Number.isInteger(at) && Number.isInteger(unit)) yield { at: bar.at + at, unit, event };
    }
  }
}

/** Plays a figure through the bars under the chords; `held` plays each chord's tones once and holds them. */
export function playFigure(
  score: Score,
  spans: readonly ChordSpan[],
  { figure, low, high, tones }: { figure: string; low: number; high: number; tones: number },
): RawNote[] {
  if (figure === 'held' || !(figure in patterns)) return holdChords(spans, { low, high, tones });
  return score.bars.flatMap((bar) => {
    const pattern = patterns[figure as FigureName][metreKind(bar.metre)] as unknown as Pattern;
    return [...patternInBar(score, bar, pattern)].flatMap(({ at, unit, event: [, length, which] }) => {
      const span = spanAt(spans, at);
      if (!span || span.classes.length === 0) return [];
      const stack = stackTones(span.classes, { low, high, count: tones });
      const until = Math.min(at + length * unit, span.to, bar.at + bar.length);
      const keys = new Set(which.map((tone) => stack[Math.min(tone, stack.length - 1)]!));
      return [...keys].map((key) => ({ at, length: until - at, key }));
    });
  });
}

/** Each chord once, held to the next; a chord longer than a bar is taken again at the bar line. */
function holdChords(
  spans: readonly ChordSpan[],
  { low, high, tones }: { low: number; high: number; tones: number },
): RawNote[] {
  return spans.flatMap(({ from, to, classes }) =>
    stackTones(classes, { low, high, count: tones }).map((key) => ({ at: from, length: to - from, key })),
  );
}

/** Cuts notes at bar lines, so that a held chord is struck again in each bar. */
export function restrike(score: Score, notes: readonly RawNote[]): RawNote[] {
  return notes.flatMap(({ at, length, key }) => {
    const pieces: RawNote[] = [];
    for (let from = at; from < at + length; ) {
      const bar = score.bars[barIndexAt(score.bars, from)]!;
      const until = Math.min(at + length, bar.at + bar.length);
      pieces.push({ at: from, length: until - from, key });
      from = until;
    }
    return pieces;
  });
}
