/**
 * Motifs: short figures that come back, as they were, moved, turned upside down, or in longer or shorter notes.
 *
 *   window of notes ─▶ staff steps between them, sign by the first ─┐
 *                  └─▶ onset distances relative to the first ──────┴─▶ one name for all its forms ─▶ groups, best first
 *
 * Steps of the staff are compared, not semitones, so that a sequence within the key counts as the same figure.
 */
import { staffStep } from '../score/index.ts';
import type { MelodyNote } from './melody.ts';

/** How an occurrence relates to the first one. */
export interface MotifOccurrence {
  /** Index of its first note in the melody, and its onset. */
  readonly index: number;
  readonly at: number;
  /** The chief difference: inversion before change of speed before transposition. */
  readonly kind: 'exact' | 'transposed' | 'inverted' | 'augmented' | 'diminished';
  /** Staff steps from the first note of the first occurrence. */
  readonly steps: number;
  readonly inverted: boolean;
  /** How much longer its notes are: 2 in augmentation, 0.5 in diminution. */
  readonly stretch: number;
}

export interface Motif {
  /** Number of notes. */
  readonly notes: number;
  /** Staff steps between its notes as they first occur. */
  readonly steps: readonly number[];
  /** In order of time, never overlapping each other; the first is the model of the others. */
  readonly occurrences: readonly MotifOccurrence[];
  /** Notes of the melody that belong to it, 0–1. */
  readonly share: number;
}

export interface MotifOptions {
  /** Fewest and most notes of a motif; default 4 and 12. */
  readonly least?: number;
  readonly most?: number;
  /** Most motifs returned; default 8. */
  readonly count?: number;
}

/** The motifs of a melody, those that explain most of it first. Motifs that lie within a chosen one are left out. */
export function findMotifs(melody: readonly MelodyNote[], options: MotifOptions = {}): Motif[] {
  const { least = 4, most = 12, count = 8 } = options;
  const candidates: Motif[] = [];
  for (let size = Math.min(most, melody.length >> 1); size >= Math.max(3, least); size--) {
    for (const starts of groupsOf(melody, size)) candidates.push(motifOf(melody, size, starts));
  }
  candidates.sort((a, b) => b.share - a.share || b.notes - a.notes);
  const explained = new Uint8Array(melody.length);
  const chosen: Motif[] = [];
  for (const motif of candidates) {
    if (chosen.length >= count) break;
    if (newNotes(motif, explained) * 2 < motif.notes * motif.occurrences.length) continue;
    for (const { index } of motif.occurrences) explained.fill(1, index, index + motif.notes);
    chosen.push(motif);
  }
  return chosen;
}

/** Starts of the windows of one size that are forms of each other, two or more that do not overlap. */
function groupsOf(melody: readonly MelodyNote[], size: number): number[][] {
  const groups = new Map<string, number[]>();
  for (let start = 0; start + size <= melody.length; start++) {
    const name = nameOfWindow(melody, start, size);
    if (name === undefined) continue;
    const starts = groups.get(name);
    if (!starts) groups.set(name, [start]);
    else if (starts.at(-1)! + size <= start) starts.push(start);
  }
  return [...groups.values()].filter((starts) => starts.length > 1);
}

/** The name that all forms of a figure share; undefined for notes that only repeat one pitch. */
function nameOfWindow(melody: readonly MelodyNote[], start: number, size: number): string | undefined {
  const unit = melody[start + 1]!.at - melody[start]!.at;
  let sign = 0;
  let name = '';
  for (let i = start; i + 1 < start + size; i++) {
    const [a, b] = [melody[i]!, melody[i + 1]!];
    const step = staffStep(b.pitch) - staffStep(a.pitch);
    if (sign === 0) sign = Math.sign(step);
    name += `${step * (sign || 1)}:${Math.round((24 * (b.at - a.at)) / unit)} `;
  }
  return sign === 0 ? undefined : name;
}

function motifOf(melody: readonly MelodyNote[], size: number, starts: readonly number[]): Motif {
  const model = starts[0]!;
  const steps = stepsFrom(melody, model, size);
  const occurrences = starts.map((index) => occurrenceOf(melody, model, index, size, steps));
  return { notes: size, steps, occurrences, share: (size * starts.length) / melody.length };
}

function stepsFrom(melody: readonly MelodyNote[], start: number, size: number): number[] {
  return Array.from({ length: size - 1 }, (_, i) => {
    return staffStep(melody[start + i + 1]!.pitch) - staffStep(melody[start + i]!.pitch);
  });
}

function occurrenceOf(
  melody: readonly MelodyNote[],
  model: number,
  index: number,
  size: number,
  wanted: readonly number[],
): MotifOccurrence {
  const inverted = stepsFrom(melody, index, size).some((step, i) => step !== wanted[i]);
  const unit = (start: number): number => melody[start + 1]!.at - melody[start]!.at;
  const stretch = unit(index) / unit(model);
  const steps = staffStep(melody[index]!.pitch) - staffStep(melody[model]!.pitch);
  const same = melody[index]!.pitch === melody[model]!.pitch;
  const speed = stretch > 1 ? 'augmented' : 'diminished';
  const kind = inverted ? 'inverted' : stretch !== 1 ? speed : same ? 'exact' : 'transposed';
  return { index, at: melody[index]!.at, kind, steps, inverted, stretch };
}

function newNotes({ notes, occurrences }: Motif, explained: Uint8Array): number {
  let count = 0;
  for (const { index } of occurrences) for (let i = 0; i < notes; i++) if (!explained[index + i]) count += 1;
  return count;
}
