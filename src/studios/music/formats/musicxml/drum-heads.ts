/** Where General MIDI drums stand on the staff, and the heads they have (after the Percussive Arts Society's guide). */
import { midiOf } from '../../score/index.ts';

export interface DrumHead {
  readonly step: string;
  readonly octave: number;
  /** Absent for the usual head. */
  readonly head?: 'x' | 'diamond' | 'triangle';
}

/** Key → place and head, written `step octave head`. */
const PLACES: Readonly<Record<number, string>> = {
  35: 'F4',
  36: 'F4',
  37: 'C5x',
  38: 'C5',
  39: 'C5x',
  40: 'C5',
  41: 'G4',
  42: 'G5x',
  43: 'A4',
  44: 'D4x',
  45: 'B4',
  46: 'G5x',
  47: 'D5',
  48: 'E5',
  49: 'A5x',
  50: 'F5',
  51: 'F5x',
  52: 'B5x',
  53: 'F5d',
  54: 'E5t',
  55: 'A5x',
  56: 'E5t',
  57: 'B5x',
  59: 'F5x',
  75: 'E5x',
  76: 'E5t',
  77: 'D5t',
  80: 'G5t',
  81: 'G5t',
};
const HEADS: Readonly<Record<string, NonNullable<DrumHead['head']>>> = { x: 'x', d: 'diamond', t: 'triangle' };

/** The place of a drum key, spelled as a pitch; drums without a place of their own stand on the middle line. */
export function drumHead(pitch: string): DrumHead {
  const [step, octave, head] = PLACES[midiOf(pitch)] ?? 'B4';
  const shape = HEADS[head ?? ''];
  return { step: step!, octave: Number(octave), ...(shape ? { head: shape } : {}) };
}

/** The snare, for places where no drum of General MIDI stands. */
const ANY_DRUM = 38;

/** The drum key at a place with a head; the first one where several share it. */
export function drumAt(place: string, head: string | undefined): number {
  const shape = Object.entries(HEADS).find(([, name]) => name === head)?.[0] ?? '';
  const find = (wanted: string): string | undefined => Object.entries(PLACES).find(([, at]) => at === wanted)?.[0];
  return Number(find(`${place}${shape}`) ?? find(place) ?? ANY_DRUM);
}
