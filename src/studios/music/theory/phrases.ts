/**
 * Phrases of a melody, in the manner of Temperley's Grouper (2001): every gap between notes has a strength, and the division
 * with the strongest boundaries, phrases of a fitting length and like beginnings in the bar is found by dynamic programming.
 *
 *   gap strength = local boundary (Cambouropoulos 2001: change of pitch, onset and rest against their neighbours)
 *                + breath, fermata, end of a slur, punctuation of the words, a part of the form that begins
 */
import { barIndexAt, type Part, type Score } from '../score/index.ts';
import { type MelodyNote, melodyOf, melodyPartOf } from './melody.ts';

/** A stretch of music in ticks, `to` exclusive: the onset of the next phrase, or the end of the last note. */
export interface Phrase {
  readonly from: number;
  readonly to: number;
  /** Notes of the melody in it. */
  readonly notes: number;
}

export interface SegmentOptions {
  /** Id of the part; default the melody (the sung or highest one). */
  readonly part?: string;
  /** Length that phrases tend to, in bars of the piece; default 4 (2 where bars hold more than 8 notes). */
  readonly bars?: number;
}

/** Weights of the boundary: pitch, onset, rest as Cambouropoulos sets them, and of what the notation says. */
const WEIGHTS = { pitch: 0.25, onset: 0.5, rest: 0.25, sign: 1, form: 1.5, length: 0.35, parallel: 0.3 };
const LONGEST_PHRASE = 64;

/** Divides the melody of a score into phrases. A part without notes has none. */
export function segmentPhrases(score: Score, options: SegmentOptions = {}): Phrase[] {
  const part = options.part === undefined ? melodyPartOf(score) : score.parts.find(({ id }) => id === options.part);
  if (!part) return [];
  const melody = melodyOf(part);
  if (melody.length === 0) return [];
  const cuts = divide(melody, gapStrengths(score, part, melody), score, options.bars);
  return cuts.map((start, i) => {
    const end = cuts[i + 1] ?? melody.length;
    const last = melody[end - 1]!;
    return { from: melody[start]!.at, to: melody[end]?.at ?? last.at + last.length, notes: end - start };
  });
}

/**
 * The local boundary detection model: strength (0–1) of the gap after each note but the last, (notes − 1).
 * Every profile is its interval times the sum of its relative changes from the neighbours.
 */
export function localBoundaries(melody: readonly MelodyNote[]): number[] {
  const pairs = melody.slice(1).map((next, i) => [melody[i]!, next] as const);
  const pitch = changes(pairs.map(([a, b]) => Math.abs(b.midi - a.midi)));
  const onset = changes(pairs.map(([a, b]) => b.at - a.at));
  const rest = changes(pairs.map(([a, b]) => Math.max(0, b.at - a.at - a.length)));
  return pairs.map((_, i) => WEIGHTS.pitch * pitch[i]! + WEIGHTS.onset * onset[i]! + WEIGHTS.rest * rest[i]!);
}

function changes(profile: readonly number[]): number[] {
  const degree = (a: number, b: number): number => (a + b === 0 ? 0 : Math.abs(a - b) / (a + b));
  const strengths = profile.map((x, i) => {
    const before = i > 0 ? degree(profile[i - 1]!, x) : 0;
    const after = i + 1 < profile.length ? degree(x, profile[i + 1]!) : 0;
    return x * (before + after);
  });
  const most = strengths.reduce((max, x) => Math.max(max, x), 0);
  return most === 0 ? strengths : strengths.map((x) => x / most);
}

function gapStrengths(score: Score, part: Part, melody: readonly MelodyNote[]): number[] {
  const strengths = localBoundaries(melody);
  const slurEnds = new Set((part.spans ?? []).filter(({ kind }) => kind === 'slur').map(({ to }) => to));
  for (let i = 0; i + 1 < melody.length; i++) {
    const note = part.notes[melody[i]!.index]!;
    const signs = note.articulations ?? [];
    const punctuated = note.lyrics?.some(({ text }) => /[,.;:!?，。；：！？、]["”’]?$/u.test(text.trim()));
    if (signs.includes('breath') || signs.includes('fermata') || punctuated) strengths[i]! += WEIGHTS.sign;
    else if (slurEnds.has(note.at)) strengths[i]! += WEIGHTS.sign / 4;
    if (formBegins(score, note.at, melody[i + 1]!.at)) strengths[i]! += WEIGHTS.form;
  }
  return strengths;
}

/** Whether a labelled part of the form or a repeated passage begins after one onset and up to the next. */
function formBegins({ bars }: Score, after: number, upTo: number): boolean {
  const index = barIndexAt(bars, upTo);
  const bar = bars[index]!;
  return (
    bar.at > after && (bar.label !== undefined || bar.repeatStart === true || (bars[index - 1]?.repeatEnd ?? 0) > 0)
  );
}

/** Indices of the notes that begin phrases, the first included. */
function divide(melody: readonly MelodyNote[], strengths: readonly number[], score: Score, bars?: number): number[] {
  const ideal = idealLength(melody, score, bars);
  const phase = melody.map(({ at }) => at - score.bars[barIndexAt(score.bars, at)]!.at);
  const best = new Float64Array(melody.length + 1).fill(Number.NEGATIVE_INFINITY);
  const from = new Int32Array(melody.length + 1);
  best[0] = 0;
  for (let end = 1; end <= melody.length; end++) {
    const last = melody[end - 1]!;
    const to = melody[end]?.at ?? last.at + last.length;
    for (let start = Math.max(0, end - LONGEST_PHRASE); start < end; start++) {
      const off = Math.abs(Math.log2((to - melody[start]!.at) / ideal));
      const strength = end < melody.length ? strengths[end - 1]! : 1;
      const alike = start > 0 && phase[start] === phase[from[start]!] ? WEIGHTS.parallel : 0;
      const value = best[start]! + strength + alike - WEIGHTS.length * (1 + off * off) - (end - start < 3 ? 1 : 0);
      if (value > best[end]!) {
        best[end] = value;
        from[end] = start;
      }
    }
  }
  const cuts: number[] = [];
  for (let end = melody.length; end > 0; end = from[end]!) cuts.push(from[end]!);
  return cuts.reverse();
}

function idealLength(melody: readonly MelodyNote[], score: Score, bars: number | undefined): number {
  const lengths = score.bars.map(({ length }) => length).sort((a, b) => a - b);
  const bar = lengths[lengths.length >> 1]!;
  return bar * (bars ?? (melody.length / score.bars.length > 8 ? 2 : 4));
}
