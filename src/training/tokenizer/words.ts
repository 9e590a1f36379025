/** Cuts text into the stretches that tokens never cross: GPT-2's rule, which every runtime knows. */

const WORD = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/** Words with the space before them, numbers, runs of marks, white space; joined again they are the text. */
export function splitWords(text: string): string[] {
  return text.match(WORD) ?? [];
}
