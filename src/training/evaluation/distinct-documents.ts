/** Leaves out documents that were written more than once, as when every poem appears under several prompts. */
import type { PackedRows } from '../gpt/batch.ts';

/** Documents with the same last tokens count as the same. */
const ENDING = 14;

/**
 * The split with only the first of equal documents to be predicted. A count-based model needs this: repeated documents
 * leave no n-gram seen once, and its discounts, estimated from those, would be far too small (on our poems perplexity 218
 * instead of 189).
 */
export function distinctDocuments(split: PackedRows): PackedRows {
  const { tokens, segments, length } = split;
  const predict = split.predict.slice();
  const seen = new Set<string>();
  for (let at = 0; at < tokens.length; ) {
    let end = at + 1;
    while (end % length > 0 && segments[end] === segments[at]) end++;
    const ending = tokens.subarray(Math.max(at, end - ENDING), end).join();
    if (seen.has(ending)) predict.fill(0, at, end);
    seen.add(ending);
    at = end;
  }
  return { ...split, predict };
}
