/** A file that was found and not taken, and why, in both languages. */
import type { Bilingual } from '../refusal.ts';

export interface Skipped {
  readonly file: string;
  readonly reason: Bilingual;
}

/** Thrown inside this folder by a reader that will not take a file; loaders turn it into a `Skipped`. */
export interface Unfit {
  readonly unfit: Bilingual;
}

/** Whether something caught is an `Unfit`. */
export function isUnfit(value: unknown): value is Unfit {
  return typeof value === 'object' && value !== null && 'unfit' in value;
}
