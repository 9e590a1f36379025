import type { Bilingual } from './plan.ts';

/** How far a run has come. */
export interface Progress {
  /** Steps done so far. */
  readonly done: number;
  readonly total?: number;
  readonly note?: Bilingual;
}
