/** What four voices are written for: stretches in which the three lower voices hold, with the melody above them. */

/** A chord by pitch classes. */
export interface Sonority {
  /** Pitch class of the root. */
  readonly root: number;
  /** Semitones above the root within the octave, ascending, 0 first. */
  readonly tones: readonly number[];
  /** Pitch class that must lie in the bass. */
  readonly bass?: number;
  /** Pitch class of the tonic in force. */
  readonly tonic: number;
}

/** A chord that may stand in an event and what it costs to take it; the first choice costs 0. */
export interface ChordChoice {
  readonly sonority: Sonority;
  readonly cost: number;
}

/** One hold of the lower voices. */
export interface VoicingEvent {
  /** MIDI keys of the melody while it lasts, never empty. */
  readonly melody: readonly number[];
  /** The melody moves to a new note exactly when the event begins: the note it leaves, else undefined. */
  readonly from: number | undefined;
  /** The melody rested before: nothing is measured against the note it left. */
  readonly rested?: boolean;
  /** The melody note after the first of the event, where it follows at once. */
  readonly later?: number | undefined;
  readonly choices: readonly ChordChoice[];
  /** The last of a phrase: root position is wanted. */
  readonly closes: boolean;
  /** The last of the piece. */
  readonly final: boolean;
}

/** What the search may not leave undone: 0 strict, 1 the voices go down with a melody below the soprano's range, 2 also completeness is a wish only, 3 spacing too. */
export type Leniency = 0 | 1 | 2 | 3;

/** A hold as written: MIDI keys of alto, tenor, bass, and the choice of chord. Undefined: the lower voices rest. */
export interface Voicing {
  readonly alto: number;
  readonly tenor: number;
  readonly bass: number;
  readonly choice: number;
}
