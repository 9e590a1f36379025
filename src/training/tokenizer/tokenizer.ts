/** What every tokeniser can do, whether its tokens are characters or pieces of words. */
export interface Tokenizer {
  /** Text of each token by id as `tokenizer.json` writes it; ids are places in this list. */
  readonly vocabulary: readonly string[];
  /** The id of a token as `vocabulary` writes it, or undefined. */
  find(token: string): number | undefined;
  /** Ids of a text; special tokens written in it are recognised. */
  encode(text: string): number[];
  /** The text of ids, special tokens included. */
  decode(ids: readonly number[]): string;
  /** UTF-8 bytes that a token writes: a part of a character, a character, several; none for a special token. */
  bytes(id: number): Uint8Array;
}

/** Whether a token is a special one, by its shape `<…>`. */
export function isSpecial(token: string): boolean {
  return /^<[^<>]+>$/.test(token);
}
