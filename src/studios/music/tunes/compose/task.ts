/**
 * A task for the model: a grid of bars and tracks in which some cells are given and the others are to be written, and the rules
 * that hold for what is written.
 *
 *            bar 1   bar 2   bar 3   bar 4
 *   melody   kept    kept    WRITE   kept        ──▶ <music> … <hole> … <fill> …     something kept follows: fill the holes
 *   bass     WRITE   WRITE   WRITE   WRITE
 */
import type { Controls, Segment, Sheet, Track } from '../events/index.ts';

/** What must stand at a tick of a bar. */
export interface RequiredEvent {
  /** Ticks from the beginning of the bar. */
  readonly at: number;
  /** `any`: a note or a rest, the artist does not mind which. */
  readonly kind: 'note' | 'rest' | 'any';
  /** Token of the pitch when it is fixed; else any pitch that the rules admit. */
  readonly pitch?: string;
  /** Nothing else begins before this tick of the bar (which may lie beyond its end). */
  readonly until?: number;
}

/** Rules for one cell. */
export interface CellRules {
  readonly required: readonly RequiredEvent[];
  /** Only the required events, nothing between. */
  readonly exact: boolean;
  /** Nothing begins before this tick: a kept note still sounds. */
  readonly from: number;
  /** Pitch classes above the tonic on which the last note of the bar must be; it is at least a beat long. */
  readonly cadence?: readonly number[];
  /** Pitch classes above the tonic for notes on strong beats, by the tick from which they hold. */
  readonly chords: readonly { readonly at: number; readonly classes: readonly number[] }[];
}

/** Rules for all cells. */
export interface TuneRules {
  /** Pitch names above the tonic that the key admits, such as `b3`. */
  readonly names: ReadonlySet<string>;
  /** Semitones above the reference tonic, by track. */
  readonly range: Readonly<Record<Track, readonly [low: number, high: number]>>;
  /** Largest leap of the melody, in semitones. */
  readonly mostLeap: number;
  /** Whether notes on strong beats must be chord tones where there are chords. */
  readonly chordTones: boolean;
  /** Whether ornaments and grace notes may be written. */
  readonly ornaments: boolean;
  /** Most notes at once in tracks of several voices. */
  readonly mostAtOnce: number;
}

export interface TuneTask {
  readonly controls: Controls;
  readonly tonic: string;
  /** Bars, and the contents that are given; contents of cells to be written are ignored. */
  readonly sheet: Sheet;
  readonly write: readonly Segment[];
  readonly rules: TuneRules;
  /** Bars of the melody that repeat an earlier one, by that bar. */
  readonly again?: ReadonlyMap<number, number> | undefined;
  /** Most bars of the melody that are written alike, those of the form apart; absent where the model may do as it likes. */
  readonly mostAlike?: number | undefined;
  /** Rules of a cell to be written. */
  readonly cell: (segment: Segment) => CellRules;
}
