/**
 * The two sides of a network definition: what a shape (llama.ts, gpt2.ts) says, and what the place it is built in
 * provides. Training, evaluation, inference and adapters differ only in the parts they pass.
 */
import type { RotaryTable, Tensor } from '../graph/index.ts';
import type { Parameter } from '../learn/index.ts';
import type { GptConfig } from './config.ts';

/** What a definition needs from the place it is built in. Matrices are (N, C), N tokens in time-major order. */
export interface ForwardParts {
  readonly config: GptConfig;
  /** Token numbers (N), i32 or i64. */
  readonly ids: Tensor;
  /** Positions (N), i64. */
  readonly positions: Tensor;
  /** For shapes with rotary positions. */
  readonly rotary: RotaryTable;
  /** A weight by name. */
  readonly weight: (name: string) => Tensor;
  /**
   * x (N, in) times several weight matrices, plus their biases where the model has them: one result (N, out) each, or
   * `pieces` equal ones (N, out / pieces) where one matrix holds several.
   */
  readonly linear: (x: Tensor, names: readonly string[], pieces?: number) => Tensor[];
  /** Attention of one layer: q (N, C), k and v (N, key width) to (N, C). */
  readonly attend: (q: Tensor, k: Tensor, v: Tensor, layer: number) => Tensor;
  /** Dropout at a named site; absent where nothing is dropped. */
  readonly drop?: (x: Tensor, site: string) => Tensor;
  /** How a layer is applied; absent where it is simply called. */
  readonly layer?: (layer: (x: Tensor) => Tensor, x: Tensor) => Tensor;
}

/** What a shape of GPT says about itself. */
export interface GptShape {
  /** Whether model files keep matrices (in, out); in memory they are (out, in). */
  readonly turnedInFiles: boolean;
  /** All weights in a fixed order. */
  readonly parameters: (config: GptConfig) => Parameter[];
  /** Matrices that adapters may change, as endings of their names without `.weight`; the first are the usual ones. */
  readonly targets: readonly string[];
  /** Embedded tokens (N, C). */
  readonly embed: (parts: ForwardParts) => Tensor;
  /** One layer, (N, C) to (N, C). */
  readonly layer: (parts: ForwardParts, x: Tensor, layer: number) => Tensor;
  /** The closing norm. */
  readonly close: (parts: ForwardParts, x: Tensor) => Tensor;
  /** The name of the output layer's weight (V, C). */
  readonly outputTable: (config: GptConfig) => string;
}

/** x with dropout at a site, where the place drops anything. */
export function dropAt({ drop }: ForwardParts, x: Tensor, site: string): Tensor {
  return drop ? drop(x, site) : x;
}

/** The name of the bias that belongs to a weight. */
export function biasName(weight: string): string {
  return weight.replace(/\.weight$/, '.bias');
}
