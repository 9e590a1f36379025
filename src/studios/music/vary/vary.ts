/**
 * Variations of a melody over the same bars and chords, as composers write them: with more notes, with fewer, in another
 * rhythm, in another register, or grown out of its first motif. Locked notes stay where they are.
 */
import { createRandom, type Random } from '../../../core/index.ts';
import { decorateMelody } from '../arrange/index.ts';
import { compareNotes, keyAt, metricalWeight, midiOf, type Note, type Score } from '../score/index.ts';
import { isLeading } from '../tunes/index.ts';
import { nearestInKey, spellAt, stepInKey } from './grid.ts';

/** Kinds of variation. */
export const VARIATIONS = ['ornament', 'simplify', 'rhythm', 'echo', 'develop'] as const;
export type Variation = (typeof VARIATIONS)[number];

/** Varies the leading voice of the first part of a score; other voices (a left hand), parts and chords stay. */
export function vary(
  score: Score,
  kind: Variation,
  { seed, amount = 0.5 }: { seed: string | number; amount?: number },
): Score {
  const random = createRandom(`vary/${kind}/${seed}`);
  const [melody, ...others] = score.parts;
  const leading = melody!.notes.filter(isLeading);
  const beside = melody!.notes.filter((note) => !isLeading(note));
  const notes = [...keepLocked(leading, WAYS[kind](score, leading, { random, amount })), ...beside].sort(compareNotes);
  return { ...score, parts: [{ ...melody!, notes }, ...others] };
}

type Way = (score: Score, notes: readonly Note[], options: { random: Random; amount: number }) => Note[];

const WAYS: Readonly<Record<Variation, Way>> = {
  ornament: (score, notes, { random, amount }) => decorateMelody(score, notes, { share: amount, random }),
  simplify,
  rhythm,
  echo,
  develop,
};

/** Locked notes as they were, and of the new ones only what does not sound with them. */
function keepLocked(before: readonly Note[], after: readonly Note[]): Note[] {
  const locked = before.filter((note) => note.locked);
  const free = after.filter(
    (note) => !note.locked && !locked.some(({ at, length }) => note.at < at + length && at < note.at + note.length),
  );
  return [...locked, ...free].sort(compareNotes);
}

/** Keeps what stands on beats (on strong ones only where much is asked) and lets it sound through. */
function simplify(score: Score, notes: readonly Note[], { amount }: { amount: number }): Note[] {
  const least = amount > 0.66 ? 2 : 1;
  const kept = notes.filter((note, i) => i === 0 || metricalWeight(score, note.at) >= least || note.lyrics);
  return kept.map((note, i) => ({ ...note, length: Math.max(note.length, legatoLength(notes, note, kept[i + 1])) }));
}

/** Length up to the next kept note, but not over a rest of the melody. */
function legatoLength(notes: readonly Note[], note: Note, next: Note | undefined): number {
  let end = note.at + note.length;
  for (const each of notes)
    if (each.at > note.at && each.at <= end && (!next || each.at < next.at)) end = each.at + each.length;
  return Math.min(end, next?.at ?? end) - note.at;
}

/** Pairs of equal notes become long–short or short–long. */
function rhythm(_score: Score, notes: readonly Note[], { random, amount }: { random: Random; amount: number }): Note[] {
  const out: Note[] = [];
  for (let i = 0; i < notes.length; i++) {
    const note = notes[i]!;
    const next = notes[i + 1];
    const pair = next && next.at === note.at + note.length && next.length === note.length && note.length % 2 === 0;
    if (!pair || note.locked || next.locked || random.next() >= amount) {
      out.push(note);
      continue;
    }
    const shift = random.next() < 0.7 ? note.length / 2 : -note.length / 2;
    out.push({ ...note, length: note.length + shift }, { ...next, at: next.at + shift, length: next.length - shift });
    i++;
  }
  return out;
}

/** Every second bar answers the one before it, a step higher or lower: a sequence. */
function echo(score: Score, notes: readonly Note[], { random, amount }: { random: Random; amount: number }): Note[] {
  const steps = random.pick([1, -1, 2, -2]) * (amount > 0.75 ? 2 : 1);
  return score.bars.flatMap((bar, b) => {
    const own = inBar(notes, bar);
    const before = score.bars[b - 1];
    const last = b >= score.bars.length - 2;
    if (b % 2 === 0 || last || !before || before.length !== bar.length) return own;
    return inBar(notes, before).map(({ lyrics: _, locked: __, ...note }) => ({
      ...note,
      at: note.at - before.at + bar.at,
      length: Math.min(note.length, before.at + before.length - note.at),
      pitch: spellAt(score, bar.at, stepInKey(bar.key, midiOf(note.pitch), steps)),
    }));
  });
}

/**
 * Development: the first bar's motif is carried through the piece, upside down, backwards or shortened by turns, at the height
 * of the melody it replaces; the last two bars stay, so that the piece closes as it did.
 */
function develop(score: Score, notes: readonly Note[], { random, amount }: { random: Random; amount: number }): Note[] {
  const first = score.bars.find((bar) => inBar(notes, bar).length > 1);
  if (!first) return [...notes];
  const motif = inBar(notes, first);
  return score.bars.flatMap((bar, b) => {
    const own = inBar(notes, bar);
    const stays =
      bar === first ||
      b >= score.bars.length - 2 ||
      bar.length !== first.length ||
      own.length === 0 ||
      random.next() >= amount;
    if (stays) return own;
    const shape = reshape(motif, random.integer(3));
    const height = own.reduce((sum, { pitch }) => sum + midiOf(pitch), 0) / own.length;
    const centre = shape.reduce((sum, { rise }) => sum + rise, 0) / shape.length;
    return shape.map(({ at, length, rise }) => ({
      at: bar.at + at - first.at,
      length,
      pitch: spellAt(score, bar.at, nearestInKey(keyAt(score, bar.at), height + rise - centre)),
    }));
  });
}

function reshape(motif: readonly Note[], kind: number): { at: number; length: number; rise: number }[] {
  const base = midiOf(motif[0]!.pitch);
  const rises = motif.map(({ pitch }) => midiOf(pitch) - base);
  const pitches = kind === 0 ? rises.map((rise) => -rise) : kind === 1 ? rises.toReversed() : rises;
  return motif.map(({ at, length }, i) => ({ at, length, rise: pitches[i]! }));
}

function inBar(notes: readonly Note[], bar: Score['bars'][number]): Note[] {
  return notes.filter(({ at }) => at >= bar.at && at < bar.at + bar.length);
}
