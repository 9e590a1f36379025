/**
 * Numbers that candidates are compared by, each readable alone. 1 is best for all but `surprise`, which is in nats an event.
 *
 *   total = Σ weight · number        surprise enters by its distance from the middle of all candidates
 */
import { tonicClass } from '../../score/index.ts';
import { type Controls, densityClass } from '../events/index.ts';
import { modeClarity, type StyledMelody, styleEvidence } from '../style/index.ts';
import type { WrittenRow } from './write-rows.ts';

/** What is seen of a candidate. */
export interface TuneScores {
  /** Mean −ln P of a chosen event under the model. */
  readonly surprise: number;
  /** Nearness to the density that was asked, in classes. */
  readonly density: number;
  /** Share of moves that are steps or repeats, best at about three quarters. */
  readonly motion: number;
  /** One high point, not at the very beginning or end. */
  readonly climax: number;
  /** Share of bars whose rhythm returns, best at about a half. */
  readonly unity: number;
  /** 1 when nothing was close to a known tune, less for every time it had to be turned away. */
  readonly novelty: number;
  /** How much it is in the manner asked rather than in another; ½ where none was asked. */
  readonly style: number;
  /** How plain its mode is. */
  readonly mode: number;
  readonly total: number;
}

/** How much each number counts. */
export const TUNE_WEIGHTS: Readonly<Record<Exclude<keyof TuneScores, 'total'>, number>> = {
  surprise: 1,
  density: 0.5,
  motion: 0.6,
  climax: 0.5,
  unity: 0.6,
  novelty: 0.4,
  style: 1.1,
  mode: 2,
};

/** A melody that was written, for judging. */
export interface Judged {
  readonly row: WrittenRow;
  readonly notes: readonly { readonly at: number; readonly length: number; readonly midi: number }[];
  readonly barStarts: readonly number[];
  readonly beat: number;
}

/** Scores candidates of one task together; `tonic` is the first key's, such as `Bb`. */
export function scoreTunes(candidates: readonly Judged[], controls: Controls, tonic: string): TuneScores[] {
  const surprises = candidates.map(({ row }) => (row.choices === 0 ? 0 : -row.logProbability / row.choices));
  const middle = [...surprises].sort((a, b) => a - b)[Math.floor(surprises.length / 2)] ?? 0;
  const { style, metre, mode } = controls;
  return candidates.map((candidate, i) => {
    const melody: StyledMelody = { ...candidate, metre, mode, tonic: tonicClass({ tonic, mode }) };
    const parts = {
      surprise: surprises[i]!,
      density: densityFit(candidate, controls),
      motion: motionOf(candidate),
      climax: climaxOf(candidate),
      unity: unityOf(candidate),
      novelty: 1 / (1 + candidate.row.avoidedCopies),
      style: style === undefined ? 0.5 : styleEvidence(melody, style),
      mode: modeClarity(melody),
    };
    const usual = clip(1 - Math.abs(parts.surprise - middle));
    const total = Object.entries(TUNE_WEIGHTS).reduce(
      (sum, [name, weight]) => sum + weight * (name === 'surprise' ? usual : parts[name as 'density']),
      0,
    );
    return { ...parts, total };
  });
}

function densityFit({ notes, barStarts, beat }: Judged, { density }: Controls): number {
  if (density === undefined || barStarts.at(-1) === 0) return 1;
  const found = densityClass(notes.length / (barStarts.at(-1)! / beat));
  return 1 - Math.abs(found - density) / 4;
}

function motionOf({ notes }: Judged): number {
  const leaps = notes.slice(1).map(({ midi }, i) => Math.abs(midi - notes[i]!.midi));
  if (leaps.length === 0) return 0;
  const stepwise = leaps.filter((leap) => leap > 0 && leap <= 3).length / leaps.length;
  return clip(1 - Math.abs(stepwise - 0.7) / 0.7);
}

function climaxOf({ notes, barStarts }: Judged): number {
  const top = Math.max(...notes.map(({ midi }) => midi));
  const peaks = notes.filter(({ midi }) => midi === top);
  const place = peaks.length === 0 ? 0 : peaks[0]!.at / Math.max(1, barStarts.at(-1)!);
  return clip((place > 0.15 && place < 0.95 ? 0.7 : 0.3) + 0.3 / Math.max(1, peaks.length - 1));
}

function unityOf({ notes, barStarts }: Judged): number {
  const bars = barStarts.slice(0, -1).map((start, i) =>
    notes
      .filter(({ at }) => at >= start && at < barStarts[i + 1]!)
      .map(({ at }) => at - start)
      .join(),
  );
  const again = bars.filter((bar, i) => bars.indexOf(bar) !== i).length / Math.max(1, bars.length);
  return clip(1 - Math.abs(again - 0.5) * 2);
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, value));
}
