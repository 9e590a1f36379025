/** One recorded pitch of an instrument, as the models make it and the bank stores it. */

/** Samples a second of everything in the bank: enough for partials up to 15 kHz. */
export const BANK_RATE = 32_000;

export interface Sample {
  /** MIDI key it was made for. */
  readonly key: number;
  /** What must be added to sound that key exactly, in cents. */
  readonly cents: number;
  /** Mono at `BANK_RATE`, within ±1. */
  readonly data: Float32Array;
  /** First sample of the loop and the one after its last; without it the sound ends by itself. */
  readonly loop?: readonly [number, number];
  /** Seconds in which the looped part dies away by 60 dB; without it the loop holds. */
  readonly decay?: number;
}

/** Frequency of a MIDI key at A4 = 440 Hz. */
export function hertzOf(key: number): number {
  return 440 * 2 ** ((key - 69) / 12);
}

/** Decibels to a factor of amplitude. */
export function factor(decibels: number): number {
  return 10 ** (decibels / 20);
}

/** A loop of whole samples in which whole periods of a tone fit. */
export interface LoopGrid {
  /** Samples in the loop. */
  readonly length: number;
  /** Periods of the fundamental in it. */
  readonly periods: number;
  /** The fundamental that fits exactly, hertz. */
  readonly frequency: number;
  /** Correction back to the wished frequency, cents. */
  readonly cents: number;
}

/** The loop near `seconds` whose fundamental comes nearest to `frequency`: a few hundredths of a cent off at most. */
export function fitLoop(frequency: number, seconds: number): LoopGrid {
  const first = Math.round(seconds * BANK_RATE);
  const span = Math.max(64, Math.ceil(BANK_RATE / frequency) * 2);
  let best: LoopGrid | undefined;
  for (let length = first; length < first + span; length++) {
    const periods = Math.round((frequency * length) / BANK_RATE);
    const fitting = (periods * BANK_RATE) / length;
    const cents = 1200 * Math.log2(frequency / fitting);
    if (!best || Math.abs(cents) < Math.abs(best.cents)) best = { length, periods, frequency: fitting, cents };
  }
  return best!;
}
