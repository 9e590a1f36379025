/** Where the tones of a chord lie: stacks for figures, and single lines that move as little as they can. */

/** Ascending MIDI keys of a chord's tones from `low` on, `count` of them, the bass (first class) lowest. */
export function stackTones(
  classes: readonly number[],
  { low, high, count }: { low: number; high: number; count: number },
): number[] {
  if (classes.length === 0) return [];
  const bass = low + ((((classes[0]! - low) % 12) + 12) % 12);
  const tones = [bass];
  for (let key = bass + 1; tones.length < count && key <= high; key++) {
    // The second tone keeps a third's distance from the bass, so that low chords do not growl.
    if (tones.length === 1 && key - bass < 3) continue;
    if (classes.includes(key % 12)) tones.push(key);
  }
  return tones;
}

/** The tone of a chord nearest to `from`, within a range and below `ceiling`; the bass class only where `bassOnly`. */
export function nearestTone(
  classes: readonly number[],
  { from, low, high, avoid = [] }: { from: number; low: number; high: number; avoid?: readonly number[] },
): number | undefined {
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let key = low; key <= high; key++) {
    if (!classes.includes(key % 12)) continue;
    // A tone another part has already is the second choice.
    const cost = Math.abs(key - from) + (avoid.includes(key % 12) ? 4 : 0) + (avoid.includes(key) ? 3 : 0);
    if (cost >= least) continue;
    best = key;
    least = cost;
  }
  return best;
}
