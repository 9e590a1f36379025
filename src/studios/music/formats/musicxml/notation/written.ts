/** Written music: what stands on the page, one list of events per bar and lane. */
import type { Note } from '../../../score/index.ts';
import type { NoteValue, ValueName } from './note-value.ts';

export const ACCIDENTALS = [
  'flat-flat-flat',
  'flat-flat',
  'flat',
  'natural',
  'sharp',
  'double-sharp',
  'triple-sharp',
] as const;
export type Accidental = (typeof ACCIDENTALS)[number];

/** A head on the page. */
export interface WrittenHead {
  /** As written: transposed for transposing instruments. */
  readonly pitch: string;
  /** Absent when the signature or an earlier note of the bar says it. */
  readonly accidental?: Accidental;
}

export interface WrittenNote extends WrittenHead {
  /** The sound it belongs to; a sound may have several written notes. */
  readonly source: Note;
  /** It continues the note before. */
  readonly tiedBack: boolean;
  /** The next note continues it. */
  readonly tiedOn: boolean;
}

/** `actual` notes in the time of `normal`. */
export interface TupletPlace {
  readonly actual: number;
  readonly normal: number;
  /** The kind of note that is counted; absent on times that no tuplet explains, which have no bracket. */
  readonly unit?: NoteValue;
  readonly start?: boolean;
  readonly stop?: boolean;
}

export type Beam = 'begin' | 'continue' | 'end' | 'forward hook' | 'backward hook';

export interface WrittenEvent {
  /** Ticks of the score from its beginning; may lie between ticks for rests and tied notes. */
  readonly at: number;
  readonly length: number;
  /** The note value; a `wholeBar` rest has none. */
  readonly value: NoteValue;
  readonly tuplet?: TupletPlace;
  /** None: a rest. */
  readonly notes: readonly WrittenNote[];
  readonly graces: readonly WrittenHead[];
  /** From the eighth's beam to shorter ones; empty without beams. */
  readonly beams: readonly Beam[];
  /** A rest for the whole bar, whatever the metre. */
  readonly wholeBar?: boolean;
  /** A rest that is not drawn. */
  readonly hidden?: boolean;
}

export interface WrittenLane {
  /** See `lanes.ts`. */
  readonly number: number;
  readonly staff: number;
  readonly events: readonly WrittenEvent[];
}

/** One bar of one part; lanes by staff, then number. */
export type WrittenBar = readonly WrittenLane[];

export type { NoteValue, ValueName };
