/** What the players do: sounding notes in seconds, with their strength, bends and pedals. */

export interface PerformedNote {
  /** Seconds from the beginning. */
  readonly at: number;
  /** Seconds until the player lets go. */
  readonly length: number;
  /** MIDI key; a drum key in percussion. */
  readonly key: number;
  /** 1–127. */
  readonly velocity: number;
  /** Pitch over time: seconds from the onset and cents away, straight between the points. */
  readonly bends?: readonly (readonly [number, number])[];
  readonly technique?: 'pizzicato';
}

export interface PerformedControl {
  readonly at: number;
  readonly control: 'pedal' | 'expression';
  /** 0–127. */
  readonly value: number;
}

export interface PartPerformance {
  /** Id of the part of the score. */
  readonly part: string;
  /** What the part names: an instrument id, or `gm-40`. */
  readonly instrument: string;
  readonly percussion: boolean;
  /** By onset. */
  readonly notes: readonly PerformedNote[];
  readonly controls: readonly PerformedControl[];
}

export interface Performance {
  /** Until the last player lets go. */
  readonly seconds: number;
  readonly parts: readonly PartPerformance[];
  /** Cents that all sound above A4 = 440 Hz. */
  readonly tune: number;
  /** Cents of the twelve pitch classes from C. */
  readonly classCents: readonly number[];
}
