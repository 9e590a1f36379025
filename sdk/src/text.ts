import type { WireTextOptions } from './protocol/options.ts';
import type { Work } from './protocol/work.ts';
import type { JobRunEvent } from './stream.ts';

/** What can be asked of a text; absent options are the system's to choose, or are read from the brief. */
export type TextOptions = Readonly<WireTextOptions> & {
  /** Stops the work; the promise then rejects with an error of kind `cancelled`. */
  readonly signal?: AbortSignal | undefined;
};

/** A finished text. Its string form is the text itself: `${result}`. */
export interface TextResult {
  /** The best work's words. */
  readonly text: string;
  /** The best work: id, lines, form, rhyme book, seed, model, proof, novelty … */
  readonly work: Work;
  /** All works that were asked for (`count`), best first. */
  readonly works: readonly Work[];
  toString(): string;
}

/** A text while it is written: a stream of events, and the result. To stop it, abort the signal it was given. */
export interface TextStream extends AsyncIterable<JobRunEvent> {
  /** Rejects with the same error that the event `job-error` carries. */
  readonly result: Promise<TextResult>;
}

/** Puts works, best first and at least one, into the shape of a result. */
export function textResult(works: readonly Work[]): TextResult {
  const work = works[0]!;
  const result = { text: work.text, work, works };
  return Object.defineProperty(result, 'toString', { value: () => work.text, enumerable: false }) as TextResult;
}
