/** What changed between two texts, character by character: the longest common subsequence stays, the rest goes or comes. */

/** A stretch that stays, goes or comes. */
export interface Difference {
  readonly is: 'same' | 'out' | 'in';
  readonly text: string;
}

/** Longer middles are told as one change: the table of lengths grows with the square. */
const LONGEST = 3000;

/** The differences in order; joined without `in` they give the first text, without `out` the second. */
export function differences(before: string, after: string): readonly Difference[] {
  const [a, b] = [[...before], [...after]];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const [left, right] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const middle =
    left.length > LONGEST || right.length > LONGEST
      ? [part('out', left.join('')), part('in', right.join(''))]
      : aligned(left, right);
  return joined([part('same', a.slice(0, head).join('')), ...middle, part('same', a.slice(a.length - tail).join(''))]);
}

const part = (is: Difference['is'], text: string): Difference => ({ is, text });

function aligned(a: readonly string[], b: readonly string[]): Difference[] {
  const width = b.length + 1;
  // lengths[i * width + j]: of the longest common subsequence of a from i and b from j
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const across = Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
      lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1]! + 1 : across;
    }
  }
  const found: Difference[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push(part('same', a[i++]!));
      j++;
    } else if (j >= b.length || (i < a.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)) {
      found.push(part('out', a[i++]!));
    } else found.push(part('in', b[j++]!));
  }
  return found;
}

function joined(parts: readonly Difference[]): Difference[] {
  const result: Difference[] = [];
  for (const { is, text } of parts) {
    const last = result.at(-1);
    if (text === '') continue;
    if (last?.is === is) result[result.length - 1] = part(is, last.text + text);
    else result.push(part(is, text));
  }
  return result;
}
