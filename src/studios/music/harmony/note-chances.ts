/**
 * Which notes a melody has over a chord, by kind of note: those on strong beats and those left by leap keep to the chord, what
 * passes off the beat goes where the scale goes.
 *
 *   P(note | chord, kind) = (seen over this chord + K · (over chords of this quality · in this scale)) / all
 */
import type { Mode } from '../score/index.ts';
import { sevenDegrees } from '../theory/index.ts';
import type { DegreeChord } from './chord-space.ts';
import { QUALITY_NAMES, qualityOf } from './chord-space.ts';
import { NOTE_CLASSES } from './slots.ts';

/** Weight of what is known of a chord's quality against what was seen over the chord itself, in notes. */
const PRIOR = 40;

/** Log chance of a note; rows are (chord, kind, semitones above the tonic, times). */
export function noteChances(
  chords: readonly DegreeChord[],
  rows: readonly (readonly number[])[],
  mode: Mode,
): (chord: number, kind: number, degree: number) => number {
  const own = new Float64Array(chords.length * NOTE_CLASSES * 12);
  const byQuality = new Float64Array(QUALITY_NAMES.length * NOTE_CLASSES * 12);
  const scale = new Float64Array(12).fill(1);
  for (const degree of sevenDegrees(mode)) scale[degree]! += 20;
  const qualities = chords.map(({ intervals }) => QUALITY_NAMES.indexOf(qualityOf(intervals)));
  for (const q of QUALITY_NAMES.keys())
    seed(
      byQuality,
      q,
      chords.find((_, c) => qualities[c] === q),
    );
  for (const [chord, kind, degree, times] of rows as [number, number, number, number][]) {
    own[(chord * NOTE_CLASSES + kind) * 12 + degree]! += times;
    const above = (degree - chords[chord]!.degree + 12) % 12;
    byQuality[(qualities[chord]! * NOTE_CLASSES + kind) * 12 + above]! += times;
    scale[degree]! += times;
  }
  const log = new Float64Array(own.length);
  for (const [c, { degree: root }] of chords.entries()) {
    for (let kind = 0; kind < NOTE_CLASSES; kind++) {
      const prior = Array.from({ length: 12 }, (_, degree) => {
        const above = (degree - root + 12) % 12;
        return byQuality[(qualities[c]! * NOTE_CLASSES + kind) * 12 + above]! * scale[degree]!;
      });
      const all = prior.reduce((sum, x) => sum + x, 0);
      const from = (c * NOTE_CLASSES + kind) * 12;
      const seen = own.subarray(from, from + 12).reduce((sum, x) => sum + x, 0);
      for (let d = 0; d < 12; d++) {
        log[from + d] = Math.log(0.98 * ((own[from + d]! + (PRIOR * prior[d]!) / all) / (seen + PRIOR)) + 0.02 / 12);
      }
    }
  }
  return (chord, kind, degree) => log[(chord * NOTE_CLASSES + kind) * 12 + degree]!;
}

/** A few notes of the chord itself, so that a quality never seen is no riddle. */
function seed(table: Float64Array, quality: number, chord: DegreeChord | undefined): void {
  for (let kind = 0; kind < NOTE_CLASSES; kind++) {
    for (let above = 0; above < 12; above++) {
      table[(quality * NOTE_CLASSES + kind) * 12 + above] = chord?.intervals.includes(above) ? 5 : 0.5;
    }
  }
}
