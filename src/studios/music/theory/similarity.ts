/**
 * How alike two melodies are, whatever their keys and speeds.
 *
 *   interval n-grams   cosine of the counts of three intervals in a row: the stock of turns they share
 *   local alignment    Smith & Waterman 1981 over (interval, onset ratio), gaps allowed: the stretch they share, in the style of
 *                      Mongeau & Sankoff 1990 with costs for pitch and rhythm
 */

/** What similarity needs of a note; times in any unit. */
export interface SoundingNote {
  readonly at: number;
  readonly midi: number;
}

export interface Similarity {
  /** Cosine of the interval trigrams, 0–1. */
  readonly ngrams: number;
  /** Score of the best local alignment by that of the shorter melody with itself, 0–1. */
  readonly alignment: number;
  /** Mean of the two. */
  readonly likeness: number;
  /** The aligned stretch: note indices, `to` exclusive; both empty when nothing aligns. */
  readonly a: { readonly from: number; readonly to: number };
  readonly b: { readonly from: number; readonly to: number };
}

/** Longer melodies are compared up to this note, which bounds the alignment to 16 million cells. */
const MOST_COMPARED = 4000;
const COST = { gap: 0.8, mismatch: 1, pitch: 0.25, rhythm: 0.35 };

/** Compares two melodies; 1 for the same melody in another key or at another speed. */
export function similarity(a: readonly SoundingNote[], b: readonly SoundingNote[]): Similarity {
  const x = a.slice(0, MOST_COMPARED);
  const y = b.slice(0, MOST_COMPARED);
  const ngrams = cosine(trigrams(x), trigrams(y));
  const aligned = align(movesOf(x), movesOf(y));
  return { ngrams, ...aligned, likeness: (ngrams + aligned.alignment) / 2 };
}

/** One step of a melody: semitones, and how its duration compares with the step before (log₂). */
interface Move {
  readonly semitones: number;
  readonly ratio: number;
}

function movesOf(notes: readonly SoundingNote[]): Move[] {
  return notes.slice(1).map(({ at, midi }, i) => {
    const before = notes[i - 1];
    const last = before ? notes[i]!.at - before.at : at - notes[i]!.at;
    return { semitones: midi - notes[i]!.midi, ratio: Math.log2((at - notes[i]!.at) / last) };
  });
}

function trigrams(notes: readonly SoundingNote[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 3; i < notes.length; i++) {
    const name = [1, 2, 3].map((k) => notes[i - 3 + k]!.midi - notes[i - 4 + k]!.midi).join();
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let product = 0;
  for (const [name, count] of a) product += count * (b.get(name) ?? 0);
  const length = (m: ReadonlyMap<string, number>): number => [...m.values()].reduce((sum, n) => sum + n * n, 0);
  return product === 0 ? 0 : product / Math.sqrt(length(a) * length(b));
}

/** 1 for equal moves, less for near ones, −1 at worst. */
function agreement(a: Move, b: Move): number {
  const pitch = Math.min(1, COST.pitch * Math.abs(a.semitones - b.semitones));
  const rhythm = Math.min(1, COST.rhythm * Math.abs(a.ratio - b.ratio));
  return 1 - 2 * Math.min(1, pitch + rhythm) * COST.mismatch;
}

function align(a: readonly Move[], b: readonly Move[]): Pick<Similarity, 'alignment' | 'a' | 'b'> {
  const width = b.length + 1;
  let row = new Float64Array(width);
  // Where the alignment that ends in a cell began: (a, b) packed, so that no table of the past is kept.
  let began = new Float64Array(width);
  let best = { score: 0, endA: 0, endB: 0, began: 0 };
  for (let i = 1; i <= a.length; i++) {
    const next = new Float64Array(width);
    const nextBegan = new Float64Array(width);
    for (let j = 1; j < width; j++) {
      const diagonal = row[j - 1]! + agreement(a[i - 1]!, b[j - 1]!);
      const up = row[j]! - COST.gap;
      const left = next[j - 1]! - COST.gap;
      const score = Math.max(0, diagonal, up, left);
      next[j] = score;
      if (score === 0) continue;
      if (score === diagonal) nextBegan[j] = row[j - 1] === 0 ? (i - 1) * 8192 + j - 1 : began[j - 1]!;
      else nextBegan[j] = score === up ? began[j]! : nextBegan[j - 1]!;
      if (score > best.score) best = { score, endA: i, endB: j, began: nextBegan[j]! };
    }
    row = next;
    began = nextBegan;
  }
  if (best.score === 0) return { alignment: 0, a: { from: 0, to: 0 }, b: { from: 0, to: 0 } };
  const [fromA, fromB] = [Math.floor(best.began / 8192), best.began % 8192];
  return {
    alignment: best.score / Math.min(a.length, b.length),
    a: { from: fromA, to: best.endA + 1 },
    b: { from: fromB, to: best.endB + 1 },
  };
}
