/** Clefs where a score has none: from the instrument, else (one staff of a keyboard, too) from where its notes lie. */

import { findInstrument } from '../../instruments/index.ts';
import { type Mark, midiOf, type Part } from '../../score/index.ts';

export type ClefName = Extract<Mark, { kind: 'clef' }>['value'];

const MIDDLE_C = 60;

/** The clef of a staff at its beginning. */
export function defaultClef(part: Part, staff: number): ClefName {
  if (part.percussion) return 'percussion';
  if (staff > 1) return 'bass';
  if ((part.staves ?? 1) > 1) return 'treble';
  const instrument = findInstrument(part.instrument);
  if (instrument && (instrument.staves ?? 1) === 1) return instrument.clef;
  if (part.notes.length === 0) return 'treble';
  const written = part.notes.map(({ pitch }) => midiOf(pitch) - (part.transposition ?? 0));
  return written.reduce((sum, midi) => sum + midi, 0) / written.length < MIDDLE_C - 3 ? 'bass' : 'treble';
}
