/**
 * The port to a language model whose caller chooses every token: what constrained verse, beam search, alternatives and
 * scoring need. A driver implements it; a studio asks the kernel for it.
 *
 * Think of a `TokenBatch` as a sheet with `width` rows, all of the same length: `extend` writes one more column,
 * `select` copies and drops rows (beam search), `rewind` erases columns (trying a line again).
 */

/** Facts about a model that go into the record of every work it helped to make. */
export interface ModelIdentity {
  readonly name: string;
  /** SHA-256 over the weights and tokeniser. */
  readonly digest: string;
  readonly engine: string;
  readonly licence: string;
  /** Whether the same input and seed give the same output. */
  readonly reproducible: boolean;
}

export interface TokenModel extends AsyncDisposable {
  readonly identity: ModelIdentity;
  /** Text of each token by id; special tokens look like `<title>`. Length V. */
  readonly vocabulary: readonly string[];
  /** Ids of a text in the model's own tokens; special tokens written in it are recognised. */
  encode(text: string): number[];
  /** The text of ids; special tokens are written out. */
  decode(ids: readonly number[]): string;
  /** UTF-8 bytes that a token writes: a part of a character, a character, several; none for a special token. */
  bytes(id: number): Uint8Array;
  /** The longest row, in tokens. */
  readonly contextLength: number;
  /** Bytes of a file that ships beside the weights, such as `novelty.bin`; undefined when the model has none of that name. */
  companion(name: string): Uint8Array | undefined;
  /** Reads a prompt once and opens `width` equal rows after it. Costs one prefill, whatever the width. */
  open(prompt: readonly number[], width: number, signal?: AbortSignal): Promise<TokenBatch>;
  /** Natural-log probability of every token given those before it; `result[i][0]` is 0. Rows may differ in length. */
  score(rows: readonly (readonly number[])[], signal?: AbortSignal): Promise<Float32Array[]>;
}

export interface TokenBatch extends AsyncDisposable {
  readonly width: number;
  /** Tokens so far in every row, prompt included. */
  readonly length: number;
  /** Logits of the next token of one row, a view of length V that is valid until the next call. Not normalised. */
  logits(row: number): Float32Array;
  /** Appends one token to each row; `tokens.length` must be `width`. */
  extend(tokens: readonly number[]): Promise<void>;
  /** Row i becomes a copy of old row `parents[i]`, logits included; the width becomes `parents.length`. */
  select(parents: readonly number[]): void;
  /** Goes back to an earlier length (at least the prompt's), logits included. */
  rewind(length: number): void;
}
