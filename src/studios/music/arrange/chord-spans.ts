/** The chords of a score as stretches of time, ready to be played. */
import { endOf, type Score } from '../score/index.ts';
import { chordClasses, classOf, isNoChord, parseChord } from '../theory/index.ts';

/** A stretch under one chord, or under none. */
export interface ChordSpan {
  readonly from: number;
  readonly to: number;
  /** Pitch classes, the bass first; empty where there is no chord. */
  readonly classes: readonly number[];
  /** Pitch class of the root; −1 for none. */
  readonly root: number;
}

/** Chords from the first to the end; what lies before the first is under no chord. */
export function chordSpans(score: Pick<Score, 'chords' | 'bars'>): ChordSpan[] {
  const end = endOf(score);
  const spans = score.chords.map(({ at, symbol }, i): ChordSpan => {
    const to = score.chords[i + 1]?.at ?? end;
    if (isNoChord(symbol)) return { from: at, to, classes: [], root: -1 };
    const chord = parseChord(symbol);
    return { from: at, to, classes: chordClasses(chord), root: classOf(chord.root) };
  });
  const first = spans[0]?.from ?? end;
  return first > 0 ? [{ from: 0, to: first, classes: [], root: -1 }, ...spans] : spans;
}

/** The span that sounds at a tick. */
export function spanAt(spans: readonly ChordSpan[], tick: number): ChordSpan | undefined {
  return spans.find(({ from, to }) => from <= tick && tick < to);
}

/** Keeps to a scale: tones outside it fall away, and where fewer than two remain root and fifth stand in (`scale`: pitch classes). */
export function thinTo(scale: readonly number[], span: ChordSpan): ChordSpan {
  const kept = span.classes.filter((pitch) => scale.includes(pitch));
  if (span.root < 0 || kept.length >= 2) return { ...span, classes: kept };
  const open = [span.root, (span.root + 7) % 12].filter((pitch) => scale.includes(pitch));
  return { ...span, classes: open.length > 0 ? open : [scale[0]!] };
}
