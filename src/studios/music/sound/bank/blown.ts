/**
 * Winds, brass and free reeds: a source spectrum that brightens with blowing, formants, breath.
 *
 *   partial n at frequency f:  n^−falls (more when soft) · 1 / (1 + (f / edge)^steep) · even partials weakened low down (cylinders) · formants
 *
 * Sources: Meyer, Acoustics and the Performance of Music (5th ed., 2009), for formants and attack times; Risset and Mathews
 * (1969), for brass whose high partials come later and grow with loudness; Benade (1976), for the cutoff of tone-hole lattices;
 * Fletcher (1975), for flutes; Tsai, Transverse flute with membrane: 笛膜 (2003), for the bright band of the 笛.
 */
import { type Body, bodyGain } from './body.ts';
import type { NoiseBand } from './noise.ts';
import { keysBetween, type Recipe } from './recipe.ts';
import { renderSustained, type Vibrato } from './sustained.ts';

export interface Wind {
  readonly low: number;
  readonly high: number;
  readonly step?: number;
  /** Power of 1/n by which the source falls; default 1. */
  readonly falls?: number;
  /** Where the source fades: hertz, and times the fundamental to add. */
  readonly edge: readonly [number, number];
  /** How much softer playing lowers the edge and louder raises it: factors at force 0 and 1; default [0.6, 1.3]. */
  readonly grows?: readonly [number, number];
  /** Default 2.5. */
  readonly steep?: number;
  /** Decibels by which even partials are weaker at the bottom, gone two octaves above it. */
  readonly even?: number;
  readonly body?: Body;
  /** Seconds of the first partial, and more for each kilohertz. */
  readonly attack: readonly [number, number];
  readonly noise?: {
    readonly level: number;
    readonly bands: readonly NoiseBand[];
    readonly start?: number;
    readonly puffs?: number;
  };
  readonly vibrato?: Vibrato;
  readonly jitter?: number;
  readonly shimmer?: number;
  readonly scoop?: number;
  readonly players?: { readonly count: number; readonly spread: number };
  readonly release: number;
  readonly loop?: number;
  readonly lead?: number;
  readonly gain?: number;
}

/** The recipe of a blown instrument, or of anything else whose source falls like this. */
export function windRecipe(wind: Wind): Recipe {
  const body = bodyGain(wind.body ?? {});
  return {
    keys: keysBetween(wind.low, wind.high, wind.step ?? 4),
    layers: [0.3, 0.85],
    release: wind.release,
    ...(wind.gain === undefined ? {} : { gain: wind.gain }),
    render: (key, force, random) => {
      const { attack, vibrato, noise, players, loop, lead, jitter = 2.5, shimmer = 0.6, scoop = 0 } = wind;
      return renderSustained({
        key,
        body,
        random,
        jitter,
        shimmer,
        scoop,
        source: sourceOf(wind, force),
        attack: (_, hertz) => attack[0] + (attack[1] * hertz) / 1000,
        ...(vibrato ? { vibrato } : {}),
        ...(noise ? { noise: { ...noise, level: noise.level + (force < 0.5 ? 3 : 0) } } : {}),
        ...(players ? { players } : {}),
        ...(loop ? { loop } : {}),
        ...(lead ? { lead } : {}),
      });
    },
  };
}

function sourceOf(wind: Wind, force: number): (n: number, hertz: number) => number {
  const { falls = 1, edge, grows = [0.6, 1.3], steep = 2.5, even = 0, low } = wind;
  const bottom = 440 * 2 ** ((low - 69) / 12);
  return (n, hertz) => {
    const base = hertz / n;
    const fade = (edge[0] + edge[1] * base) * (grows[0] + (grows[1] - grows[0]) * force);
    const weak = n % 2 === 0 ? even * Math.max(0, 1 - Math.log2(base / bottom) / 2) * Math.max(0.15, 1 - n / 14) : 0;
    return (n ** -(falls + 0.35 * (0.85 - force)) * 10 ** (-weak / 20)) / (1 + (hertz / fade) ** steep);
  };
}
