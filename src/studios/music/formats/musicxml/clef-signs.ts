/** Clefs as MusicXML names them. */
import type { ClefName } from './default-clefs.ts';

/** Sign, line, octave change. */
export const CLEF_SIGNS: Readonly<Record<ClefName, readonly [string, number, number]>> = {
  treble: ['G', 2, 0],
  'treble-8': ['G', 2, -1],
  'treble+8': ['G', 2, 1],
  alto: ['C', 3, 0],
  tenor: ['C', 4, 0],
  bass: ['F', 4, 0],
  'bass-8': ['F', 4, -1],
  percussion: ['percussion', 0, 0],
};
