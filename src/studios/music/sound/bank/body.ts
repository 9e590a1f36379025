/**
 * What a body does to a sound: a curve of gain over frequency.
 *
 * A body is a few named resonances that players know (the air in the box, the main plates, the bridge hill, the formants of
 * a reed or a vowel), a slope above and below them, and the fine ripple of its many small modes. The ripple matters: a
 * vibrato that sweeps partials over it makes each partial breathe by itself, which is what the ear takes for wood.
 */
import { createRandom } from '../../../../core/index.ts';
import { factor } from './sample.ts';

export interface Resonance {
  readonly hertz: number;
  /** Gain at the peak over the rest of the body, decibels. */
  readonly gain: number;
  /** Width between the half-power points as a part of `hertz`; default 0.15. */
  readonly width?: number;
}

export interface Body {
  readonly resonances?: readonly Resonance[];
  /** Below this the body radiates less, 12 dB an octave. */
  readonly low?: number;
  /** Above this it radiates less … */
  readonly high?: number;
  /** … by so many decibels an octave; default 12. */
  readonly slope?: number;
  /** Decibels of irregular ripple; default 0. */
  readonly ripple?: number;
  /** Peaks of the ripple in an octave; default 9. */
  readonly density?: number;
  readonly seed?: string;
}

const STEPS_PER_OCTAVE = 48;
const LOWEST = 16;
const OCTAVES = 10;

/** Tabulates a body on a grid of 1/48 octave from 16 Hz to 16 kHz; returns gain (a factor) at a frequency. */
export function bodyGain(body: Body): (hertz: number) => number {
  const ripple = rippleOf(body);
  const table = Float64Array.from({ length: STEPS_PER_OCTAVE * OCTAVES + 2 }, (_, i) => {
    const hertz = LOWEST * 2 ** (i / STEPS_PER_OCTAVE);
    return factor(ripple(i / STEPS_PER_OCTAVE)) * smoothGain(body, hertz);
  });
  return (hertz) => {
    const place = Math.min(Math.max(Math.log2(hertz / LOWEST) * STEPS_PER_OCTAVE, 0), table.length - 2);
    const index = Math.floor(place);
    return table[index]! + (place - index) * (table[index + 1]! - table[index]!);
  };
}

function smoothGain({ resonances = [], low, high, slope = 12 }: Body, hertz: number): number {
  let gain = 1;
  for (const { hertz: peak, gain: height, width = 0.15 } of resonances) {
    const away = (hertz / peak - peak / hertz) / width;
    gain += (factor(height) - 1) / (1 + away * away);
  }
  if (low) gain *= hertz ** 2 / (hertz ** 2 + low ** 2);
  if (high && hertz > high) gain *= factor(-slope * Math.log2(hertz / high));
  return gain;
}

function rippleOf({ ripple = 0, density = 9, seed = 'body' }: Body): (octave: number) => number {
  if (ripple === 0) return () => 0;
  const random = createRandom(seed);
  const knots = Array.from({ length: OCTAVES * density + 3 }, () => ripple * (2 * random.next() - 1));
  return (octave) => {
    const place = octave * density;
    const index = Math.floor(place);
    const turn = 0.5 - 0.5 * Math.cos(Math.PI * (place - index));
    return knots[index]! * (1 - turn) + knots[index + 1]! * turn;
  };
}
