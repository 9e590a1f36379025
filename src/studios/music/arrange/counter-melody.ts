/**
 * A counter-melody: a second tune that moves where the first one rests, goes the other way where it can, and stands on chord
 * tones where the bar is strong. Found by exact search (Viterbi) over the tones of the key.
 */
import type { Random } from '../../../core/index.ts';
import {
  beatLength,
  endOf,
  keyAt,
  metricalWeight,
  midiOf,
  type Note,
  type Score,
  spellingCentre,
  spellMidi,
} from '../score/index.ts';
import { type ChordSpan, spanAt } from './chord-spans.ts';
import { scaleOf } from './decorate.ts';

interface Place {
  readonly at: number;
  readonly length: number;
  /** What the melody sounds then, and what it sounded before; undefined in its rests. */
  readonly melody: number | undefined;
  readonly strong: boolean;
  readonly chord: readonly number[];
}

/** Writes a counter-melody within `low`–`high` (MIDI) to the notes of a melody. */
export function counterMelody(
  score: Score,
  melody: readonly Note[],
  { spans, low, high, random }: { spans: readonly ChordSpan[]; low: number; high: number; random: Random },
): Note[] {
  const places = findPlaces(score, melody, spans);
  if (places.length === 0) return [];
  const choices = places.map(({ at }) => {
    const scale = scaleOf(keyAt(score, at));
    return range(low, high).filter((key) => scale.includes(key % 12));
  });
  const keys = search(places, choices, { middle: (low + high) / 2, random });
  return places.map(({ at, length }, i) => ({
    at,
    length,
    pitch: spellMidi(keys[i]!, spellingCentre(keyAt(score, at))),
  }));
}

/** Moves in beats while the melody holds a note or rests; holds two beats while it moves. */
function findPlaces(score: Score, melody: readonly Note[], spans: readonly ChordSpan[]): Place[] {
  const end = endOf(score);
  const places: Place[] = [];
  for (let at = 0; at < end; ) {
    const bar = score.bars.find((each) => each.at <= at && at < each.at + each.length)!;
    const beat = beatLength(bar.metre, score.ticksPerQuarter);
    const rest = bar.at + bar.length - at;
    const starts = melody.filter((note) => note.at >= at && note.at < at + 2 * beat).length;
    const length = Math.min(starts > 1 ? 2 * beat : beat, rest);
    const sounding = melody.findLast((note) => note.at <= at && at < note.at + note.length);
    const chord = spanAt(spans, at)?.classes ?? [];
    places.push({
      at,
      length,
      melody: sounding && midiOf(sounding.pitch),
      strong: metricalWeight(score, at) >= 2,
      chord,
    });
    at += length;
  }
  return places;
}

function search(
  places: readonly Place[],
  choices: readonly (readonly number[])[],
  { middle, random }: { middle: number; random: Random },
): number[] {
  let costs = choices[0]!.map((key) => standing(key, places[0]!, middle) + random.next());
  const back: number[][] = [];
  for (let i = 1; i < places.length; i++) {
    const grain = choices[i]!.map(() => random.next());
    const from: number[] = [];
    const next = choices[i]!.map((key, k) => {
      const each = choices[i - 1]!.map((before, j) => costs[j]! + moving(before, key, places[i - 1]!, places[i]!));
      const least = each.indexOf(Math.min(...each));
      from.push(least);
      return each[least]! + standing(key, places[i]!, middle) + grain[k]!;
    });
    back.push(from);
    costs = next;
  }
  let at = costs.indexOf(Math.min(...costs));
  const path = [at];
  for (let i = back.length - 1; i >= 0; i--) {
    at = back[i]![at]!;
    path.push(at);
  }
  return path.reverse().map((k, i) => choices[i]![k]!);
}

function standing(key: number, { melody, strong, chord }: Place, middle: number): number {
  const inChord = chord.length === 0 || chord.includes(key % 12);
  const clash = melody !== undefined && [1, 2, 10, 11, 6].includes(Math.abs(melody - key) % 12) ? 2.5 : 0;
  const above = melody !== undefined && key >= melody ? 4 : 0;
  const thirdsAndSixths = melody !== undefined && [3, 4, 8, 9].includes(Math.abs(melody - key) % 12) ? -0.7 : 0;
  return (inChord ? 0 : strong ? 5 : 1.8) + clash + above + thirdsAndSixths + ((key - middle) / 7) ** 2 * 0.4;
}

function moving(before: number, key: number, from: Place, to: Place): number {
  const size = Math.abs(key - before);
  const leap = size === 0 ? 1 : size <= 2 ? 0 : size <= 4 ? 0.5 : size <= 7 ? 1.4 : 4;
  if (from.melody === undefined || to.melody === undefined) return leap;
  const theirs = Math.sign(to.melody - from.melody);
  const ours = Math.sign(key - before);
  const parallel = theirs !== 0 && theirs === ours && [0, 7].includes(Math.abs(to.melody - key) % 12) ? 8 : 0;
  return leap + parallel + (theirs * ours < 0 ? -0.5 : 0);
}

function range(low: number, high: number): number[] {
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}
