/** Loss per character and byte: unlike perplexity per token it can be compared between tokenisers. */

/** In bits. */
export interface BitsPerUnit {
  readonly perCharacter: number;
  /** Per byte of UTF-8. */
  readonly perByte: number;
}

/** From the loss over a whole text (nats per token, and tokens predicted) and that text. Characters are code points. */
export function bitsPerUnit(total: { readonly loss: number; readonly tokens: number }, text: string): BitsPerUnit {
  const bits = (total.loss * total.tokens) / Math.LN2;
  const characters = [...text].length;
  return { perCharacter: bits / characters, perByte: bits / Buffer.byteLength(text) };
}
