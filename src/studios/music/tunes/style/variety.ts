/** Whether a melody is one at all: enough different tones, and none of them nearly all the time. */

/** Bits a note; four tones equally often have two. */
const ENTROPY_ENOUGH = 1.8;
/** Semitones of a fourth. */
const LEAST_RANGE = 5;
/** Largest share of notes on one pitch. */
const MOST_ON_ONE = 0.6;
/** With fewer notes little can be said. */
const FEWEST_NOTES = 8;

/** From 0 (one tone) to 1 (as many as a tune has): entropy of the pitches, 0 within less than a fourth or with one pitch in most notes. */
export function varietyOf(notes: readonly { readonly midi: number }[]): number {
  if (notes.length < FEWEST_NOTES) return 1;
  const midis = notes.map(({ midi }) => midi);
  const shares = [...Map.groupBy(midis, (midi) => midi).values()].map((own) => own.length / midis.length);
  const range = midis.reduce((a, b) => Math.max(a, b)) - midis.reduce((a, b) => Math.min(a, b));
  if (range < LEAST_RANGE || Math.max(...shares) > MOST_ON_ONE) return 0;
  return Math.min(1, shares.reduce((sum, share) => sum - share * Math.log2(share), 0) / ENTROPY_ENOUGH);
}

/** Whether nobody would call it a tune. */
export function isDull(notes: readonly { readonly midi: number }[]): boolean {
  return varietyOf(notes) === 0;
}
