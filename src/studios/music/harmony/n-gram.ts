/**
 * Chances of the next chord after two others, interpolated by Witten & Bell (1991): what was seen after a context counts, and
 * the more different chords followed it, the more weight goes to the shorter context.
 *
 *   P(c | a b) = (n(abc) + T(ab) · P(c | b)) / (n(ab) + T(ab))        down to one chord, then to all alike
 */

/** Log chances over `size` chords; index `size` stands for the beginning. */
export interface NextChord {
  readonly size: number;
  /** ((size + 1) · (size + 1) · size) by chord before last, last chord, next chord. */
  readonly log: Float64Array;
  /** ((size + 1) · size) by last chord, next chord. */
  readonly logAfterOne: Float64Array;
  /** (size) by chord. */
  readonly logAlone: Float64Array;
}

/** Rows of (before last, last, next, times); times may be fractions. */
export function countNext(rows: readonly (readonly [number, number, number, number])[], size: number): NextChord {
  const wide = size + 1;
  const three = new Float64Array(wide * wide * size);
  const two = new Float64Array(wide * size);
  const one = new Float64Array(size);
  for (const [a, b, c, times] of rows) {
    three[(a * wide + b) * size + c]! += times;
    two[b * size + c]! += times;
    one[c]! += times;
  }
  interpolate(one, size, () => 1 / size);
  const alone = one.slice();
  interpolate(two, size, (i) => one[i % size]!);
  const afterOne = two.slice();
  interpolate(three, size, (i) => two[i % (wide * size)]!);
  return { size, log: three.map(Math.log), logAfterOne: afterOne.map(Math.log), logAlone: alone.map(Math.log) };
}

/** Turns counts into chances in place, context by context. */
function interpolate(counts: Float64Array, size: number, shorter: (index: number) => number): void {
  for (let from = 0; from < counts.length; from += size) {
    let all = 0;
    let kinds = 0;
    for (let i = from; i < from + size; i++) {
      all += counts[i]!;
      if (counts[i]! > 0) kinds += 1;
    }
    // A context never seen knows nothing of its own.
    const trust = Math.max(1, kinds);
    for (let i = from; i < from + size; i++) counts[i] = (counts[i]! + trust * shorter(i)) / (all + trust);
  }
}
