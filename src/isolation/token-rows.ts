/**
 * Rows of tokens whose memory stays in an engine. Which rows are copied and how far they are turned back is noted here and told
 * with the next step, so that both cost nothing by themselves. The engine serves `extend` and `close`.
 */
import type { TokenBatch } from '../kernel/index.ts';
import type { EngineProcess } from './engine-process.ts';

/** A sheet that an engine has opened. */
export interface BegunRows {
  /** The engine's name for the sheet. */
  readonly batch: number;
  /** What every row would write next; length V. */
  readonly logits: Float32Array;
  /** Tokens of the prompt. */
  readonly begin: number;
  readonly width: number;
  /** Throws where so many tokens do not fit. */
  readonly fits: (length: number) => void;
}

/** The caller's side of a sheet. */
export function createTokenRows(engine: EngineProcess, { batch, logits, begin, width, fits }: BegunRows): TokenBatch {
  // What each row would write next, after every length since the prompt: turning back needs no engine.
  let history: Float32Array[][] = [new Array(width).fill(logits)];
  // Rows as the engine last knew them.
  let parents: number[] = new Array(width).fill(0);
  const length = (): number => begin + history.length - 1;
  return {
    get width() {
      return parents.length;
    },
    get length() {
      return length();
    },
    logits: (row) => history.at(-1)![row]!,
    extend: async (tokens) => {
      fits(length() + 1);
      const step = { batch, tokens, parents, length: length() };
      const { logits: next } = await engine.call<{ logits: Float32Array }>('extend', step);
      const size = next.length / tokens.length;
      history.push(tokens.map((_, row) => next.subarray(row * size, (row + 1) * size)));
      parents = tokens.map((_, row) => row);
    },
    select: (rows) => {
      history = history.map((level) => rows.map((row) => level[row]!));
      parents = rows.map((row) => parents[row]!);
    },
    rewind: (to) => {
      history.length = to - begin + 1;
    },
    [Symbol.asyncDispose]: async () => {
      if (engine.pid !== undefined) await engine.call('close', { batch });
    },
  };
}
