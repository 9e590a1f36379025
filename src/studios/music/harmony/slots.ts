/**
 * A melody as the chord search sees it: felt beats, and in each the notes that ask for a chord.
 *
 *   beat 1        beat 2        beat 3            note classes: on a strong beat, on a beat, off the beat, held over;
 *   C4 ──────     D4   E4       E4 (held) ─       each either left by step (it may pass) or not (it must fit)
 */
import {
  barIndexAt,
  beatLength,
  endOf,
  type Key,
  keyAt,
  metreLength,
  metricalWeight,
  type Score,
  tonicClass,
} from '../score/index.ts';
import { type MelodyNote, type Phrase, segmentPhrases } from '../theory/index.ts';

/** Note classes: 2 · place (strong, beat, off, held) + (left by step ? 1 : 0). */
export const NOTE_CLASSES = 8;

/** A note in a slot. */
export interface SlotNote {
  /** Semitones above the tonic, 0–11. */
  readonly degree: number;
  /** See NOTE_CLASSES. */
  readonly kind: number;
  /** Felt beats it sounds in the slot, at most 1. */
  readonly beats: number;
}

/** A felt beat. */
export interface Slot {
  readonly at: number;
  readonly to: number;
  readonly key: Key;
  /** Felt beat in the bar from 0 and their number, at most 4 told apart. */
  readonly beat: number;
  readonly beats: number;
  readonly notes: readonly SlotNote[];
  /** MIDI keys of the notes. */
  readonly heights: readonly number[];
  /** The last note of a phrase begins here. */
  readonly closes: boolean;
}

/** One slot for every felt beat of the score. */
export function slotsOf(score: Score, melody: readonly MelodyNote[], phrases: readonly Phrase[]): Slot[] {
  const grid = beatsOf(score);
  const closing = closingOnsets(melody, phrases);
  let first = 0;
  return grid.map(({ at, to, beat, beats }) => {
    const key = keyAt(score, at);
    const notes: SlotNote[] = [];
    const heights: number[] = [];
    let closes = false;
    while (first < melody.length && melody[first]!.at + melody[first]!.length <= at) first += 1;
    for (let i = first; i < melody.length && melody[i]!.at < to; i++) {
      const note = melody[i]!;
      const end = Math.min(to, note.at + note.length, melody[i + 1]?.at ?? to);
      const from = Math.max(at, note.at);
      if (end <= from) continue;
      const place = note.at < at ? 3 : note.at > at ? 2 : metricalWeight(score, at) >= 2 ? 0 : 1;
      const beatTicks = beatLength(score.bars[barIndexAt(score.bars, at)]!.metre, score.ticksPerQuarter);
      heights.push(note.midi);
      notes.push({
        degree: (((note.midi - tonicClass(key)) % 12) + 12) % 12,
        kind: 2 * place + (leftByStep(melody, i) ? 1 : 0),
        beats: Math.min(1, (end - from) / beatTicks),
      });
      if (closing.has(note.at) && note.at >= at) closes = true;
    }
    return { at, to, key, beat, beats, notes, heights, closes };
  });
}

/** Phrases of the melody; the given part's. */
export function phrasesOf(score: Score, part: string): Phrase[] {
  return segmentPhrases(score, { part });
}

function leftByStep(melody: readonly MelodyNote[], i: number): boolean {
  const next = melody[i + 1];
  if (!next) return false;
  const step = Math.abs(next.midi - melody[i]!.midi);
  return step >= 1 && step <= 2;
}

function closingOnsets(melody: readonly MelodyNote[], phrases: readonly Phrase[]): Set<number> {
  const onsets = new Set<number>();
  let index = -1;
  for (const { notes } of phrases) {
    index += notes;
    const note = melody[index];
    if (note) onsets.add(note.at);
  }
  return onsets;
}

interface Beat {
  readonly at: number;
  readonly to: number;
  readonly beat: number;
  readonly beats: number;
}

/** Felt beats of all bars; a pickup bar counts its beats from the end. */
function beatsOf(score: Score): Beat[] {
  const end = endOf(score);
  return score.bars.flatMap((bar, index): Beat[] => {
    const length = Math.max(1, Math.floor(beatLength(bar.metre, score.ticksPerQuarter)));
    const full = metreLength(bar.metre, score.ticksPerQuarter);
    const beats = Math.max(1, Math.min(4, Math.round(full / length)));
    const missing = index === 0 && bar.length < full ? (full - bar.length) % length : 0;
    const skipped = index === 0 && bar.length < full ? Math.floor((full - bar.length) / length) : 0;
    const found: Beat[] = [];
    for (let from = -missing, n = skipped; from < bar.length; from += length, n++) {
      const at = bar.at + Math.max(0, from);
      const to = bar.at + Math.min(bar.length, from + length);
      if (at < end || index === 0) found.push({ at, to, beat: n % 4, beats });
    }
    return found;
  });
}
