/** What kind of character: the few questions that cleaning asks. */

export const HAN = /\p{Script=Han}/u;
/** A line that ends so ends a sentence or a clause, and is no heading. */
export const SENTENCE_END = /[.!?…。！？；;:：，,、—][”’"'」』）)\]】]*$/u;

const WORD =
  /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+(?:['’-](?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+)*/gu;

/** Chinese characters one by one and other words whole, lower case: what shingles and n-grams are made of. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** Columns a line takes in a text file: 2 for a Chinese character or mark, 1 for others. */
export function cellsOf(line: string): number {
  return (
    line.length +
    (line.match(/[\u2014\u2026\u2018-\u201d\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/g)?.length ?? 0)
  );
}

/** Letters, Chinese characters and digits. */
export function countLetters(text: string): number {
  return text.match(/[\p{L}\p{M}\p{N}]/gu)?.length ?? 0;
}

/** Share of letters among what is not blank, 0–1; 0 for no text. */
export function letterShare(text: string): number {
  const solid = [...text.replace(/\s+/g, '')].length;
  return solid === 0 ? 0 : countLetters(text) / solid;
}
