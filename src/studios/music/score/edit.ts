/** Small changes that every op needs: sort, change the resolution, cut out a stretch. A score is never changed in place. */
import { midiOf } from './pitch.ts';
import type { Note, Part, Score, Span } from './score.ts';

/** Order of notes in a part: onset, voice, pitch; where all agree length and staff, so that equal music has one order. */
export function compareNotes(a: Note, b: Note): number {
  return (
    a.at - b.at ||
    (a.voice ?? 1) - (b.voice ?? 1) ||
    midiOf(a.pitch) - midiOf(b.pitch) ||
    a.length - b.length ||
    (a.staff ?? 1) - (b.staff ?? 1)
  );
}

/** A part with its notes in order. */
export function sortPart(part: Part): Part {
  return { ...part, notes: [...part.notes].sort(compareNotes) };
}

/** The same music at another resolution; throws a RangeError when a time would not be whole. */
export function rescale(score: Score, ticksPerQuarter: number): Score {
  if (ticksPerQuarter === score.ticksPerQuarter) return score;
  const scaled = (tick: number): number => {
    const exact = (tick * ticksPerQuarter) / score.ticksPerQuarter;
    if (!Number.isInteger(exact)) throw new RangeError(`tick ${tick} does not fit ${ticksPerQuarter} per quarter`);
    return exact;
  };
  return { ...mapTimes(score, scaled), ticksPerQuarter };
}

/** The same music at the smallest resolution that is exact, notes and spans sorted: equal music gives equal documents. */
export function tidyScore(score: Score): Score {
  let common = score.ticksPerQuarter;
  mapTimes(score, (tick) => {
    common = gcd(common, tick);
    return tick;
  });
  const small = rescale(score, score.ticksPerQuarter / common);
  return { ...small, parts: small.parts.map(tidyPart) };
}

function tidyPart(part: Part): Part {
  const spans = part.spans && [...part.spans].sort(compareSpans);
  return { ...sortPart(part), ...(spans && { spans }) };
}

function compareSpans(a: Span, b: Span): number {
  return (
    a.from - b.from ||
    a.to - b.to ||
    a.kind.localeCompare(b.kind, 'en') ||
    (a.voice ?? 1) - (b.voice ?? 1) ||
    (a.staff ?? 1) - (b.staff ?? 1)
  );
}

/** The smallest resolution that holds both. */
export function commonResolution(a: number, b: number): number {
  return (a / gcd(a, b)) * b;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

function mapTimes(score: Score, move: (tick: number) => number): Score {
  const at = <T extends { readonly at: number }>(item: T): T => ({ ...item, at: move(item.at) });
  const long = <T extends { readonly at: number; readonly length: number }>(item: T): T => ({
    ...item,
    at: move(item.at),
    length: move(item.length),
  });
  return {
    ...score,
    bars: score.bars.map(long),
    tempos: score.tempos.map(at),
    chords: score.chords.map(at),
    parts: score.parts.map((part) => ({
      ...part,
      notes: part.notes.map(long),
      ...(part.marks && { marks: part.marks.map(at) }),
      ...(part.spans && { spans: part.spans.map((span) => ({ ...span, from: move(span.from), to: move(span.to) })) }),
    })),
  };
}
