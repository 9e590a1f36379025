/** A melody as a function of time: what sounds when, and the tones of the key around it. */
import {
  type Key,
  keyAt,
  midiOf,
  type Note,
  type Score,
  scaleDegrees,
  spellingCentre,
  spellMidi,
  tonicClass,
} from '../score/index.ts';

/** MIDI key of the melody at a tick: that of the note sounding, or of the last one before; undefined before the first. */
export function soundingAt(notes: readonly Note[], tick: number): number | undefined {
  let low = 0;
  let high = notes.length - 1;
  if (notes.length === 0 || notes[0]!.at > tick) return undefined;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (notes[middle]!.at <= tick) low = middle;
    else high = middle - 1;
  }
  return midiOf(notes[low]!.pitch);
}

/** The key's tone nearest to a height (MIDI, may be a fraction); ties go down. */
export function nearestInKey(key: Key, height: number): number {
  const tonic = tonicClass(key);
  const degrees = scaleDegrees(key.mode);
  const inKey = (midi: number): boolean => degrees.includes((((midi - tonic) % 12) + 12) % 12);
  const start = Math.round(height);
  const near = [0, -1, 1, -2, 2, -3, 3].map((away) => start + away).filter(inKey);
  return near.reduce(
    (best, each) => (Math.abs(each - height) < Math.abs(best - height) ? each : best),
    near[0] ?? start,
  );
}

/** Tones of the key so many scale steps from a pitch. */
export function stepInKey(key: Key, midi: number, steps: number): number {
  let at = midi;
  for (let left = Math.abs(steps); left > 0; left--) {
    const direction = Math.sign(steps);
    at = nearestBeyond(key, at, direction);
  }
  return at;
}

function nearestBeyond(key: Key, midi: number, direction: number): number {
  for (let away = 1; away <= 4; away++) {
    if (nearestInKey(key, midi + away * direction) === midi + away * direction) return midi + away * direction;
  }
  return midi + direction;
}

/** Spells a MIDI key for the key in force at a tick. */
export function spellAt(score: Score, tick: number, midi: number): string {
  return spellMidi(midi, spellingCentre(keyAt(score, tick)));
}
