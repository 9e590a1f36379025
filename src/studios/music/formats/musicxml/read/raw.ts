/** What a part says, measure by measure, before the lengths of the bars are known. Times are ticks from the measure's begin. */
import type { Bar, Key, Mark, Note, Span } from '../../../score/index.ts';

export interface RawTime {
  readonly measure: number;
  readonly offset: number;
}

export interface RawNote extends RawTime {
  readonly length: number;
  /** Sounding. */
  readonly pitch: string;
  readonly voice: number;
  /** The voice as the file has it; ties stay in it. */
  readonly lane: string;
  readonly staff: number;
  readonly tiedOn: boolean;
  readonly tiedBack: boolean;
  readonly graces: string[];
  readonly articulations: NonNullable<Note['articulations']>;
  readonly ornaments: NonNullable<Note['ornaments']>;
  readonly lyrics: NonNullable<Note['lyrics']>;
  readonly velocity?: number;
}

export interface RawSpan {
  readonly kind: Span['kind'];
  readonly from: RawTime;
  readonly to: RawTime;
  readonly voice: number;
  readonly staff: number;
}

/** The begin or end of a slur, a hairpin …; matched when all of the part is read, for they come in any order. */
export interface RawLineEnd extends RawTime {
  /** What begins; absent at an end. */
  readonly kind?: Span['kind'];
  /** Which line: the element and its number. */
  readonly name: string;
  /** Lines between notes stay in their voice if they can; 1 for others. */
  readonly voice: number;
  readonly staff: number;
}

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type RawMark = Without<Mark, 'at'> & RawTime;

/** What one part says of a measure that is true for all. */
export interface RawBar {
  /** How far the notes of the measure reach. */
  length: number;
  key?: Key;
  metre?: Bar['metre'];
  metreSign?: NonNullable<Bar['metreSign']>;
  line?: NonNullable<Bar['line']>;
  repeatStart?: boolean;
  repeatEnd?: number;
  endingStart?: number[];
  endingStop?: boolean;
  label?: string;
  jump?: NonNullable<Bar['jump']>;
}

export interface RawPart {
  readonly notes: RawNote[];
  readonly marks: RawMark[];
  readonly lineEnds: RawLineEnd[];
  readonly bars: RawBar[];
  readonly tempos: (RawTime & { quarterBpm: number; text?: string })[];
  readonly chords: (RawTime & { symbol: string })[];
  staves: number;
  transposition: number;
  percussion: boolean;
}
