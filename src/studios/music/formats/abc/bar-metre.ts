/** A metre for a bar of a tune that has none (`M:none`). */
import type { Bar } from '../../score/index.ts';
import type { Fraction } from './fraction.ts';

/** The metre that a bar's length in whole notes fills: quarters if they fit, else the smallest unit that does; 4/4 if none. */
export function nearestMetre({ n, d }: Fraction): Bar['metre'] {
  for (const unit of [4, 8, 16, 32, 64] as const) {
    const beats = (n * unit) / d;
    if (Number.isInteger(beats) && beats >= 1 && beats <= 64) return [beats, unit];
  }
  return [4, 4];
}
