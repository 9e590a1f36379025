/** The port to a model that reads both sides of a gap and says what may stand there: suggestions for a revision. */
import type { ModelIdentity } from './token-model.ts';

/** Stands for one gap in a text, whatever the model's own sign is. */
export const GAP = '\u{ffff}';

/** What may fill a gap. */
export interface Filling {
  /** One token as it is read, without blanks around it. */
  readonly text: string;
  /** Share of the whole vocabulary, 0 to 1. */
  readonly probability: number;
}

export interface GapFiller extends AsyncDisposable {
  readonly identity: ModelIdentity;
  /** The longest text, in tokens. */
  readonly contextLength: number;
  /**
   * For each gap (`GAP`) of a text the likeliest fillings, best first. Throws `engine/cannot` where there is no gap,
   * `engine/context-full` where the text is too long.
   */
  fill(
    text: string,
    options?: { readonly count?: number; readonly signal?: AbortSignal },
  ): Promise<readonly (readonly Filling[])[]>;
}
