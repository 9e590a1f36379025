/**
 * Bowed strings: the Helmholtz sawtooth of the string, heard through a body, with the bow's own noise.
 *
 * The string slips once a period, so the force on the bridge falls as 1/n; the bow's width and pressure set where that stops.
 * Body resonances come from measured bridge mobilities: air A0, plates B1− and B1+, the bridge hill near 2.5 kHz. In the attack
 * the Helmholtz motion forms within some periods and high partials come later. Sources: Cremer, The Physics of the Violin
 * (1984); Woodhouse, Bowed string simulation using a thermal friction model (2003); Bissinger, Structural acoustics of good and
 * bad violins (2008); Zhang and others on the 二胡 and its python skin (2018).
 */
import { type Body, bodyGain } from './body.ts';
import { keysBetween, type Recipe } from './recipe.ts';
import { renderSustained, type Vibrato } from './sustained.ts';

interface BowedString {
  readonly low: number;
  readonly high: number;
  readonly step?: number;
  /** Where the bow stops giving strength, hertz, when playing hard. */
  readonly bright: number;
  readonly body: Body;
  readonly vibrato: Vibrato;
  /** Seconds of attack of the lowest partial at the middle of the range. */
  readonly attack: number;
  /** Bow noise under the tone, decibels. */
  readonly noise: number;
  readonly scoop?: number;
  readonly players?: { readonly count: number; readonly spread: number };
  readonly release: number;
}

const VIOLIN_BODY: Body = {
  low: 190,
  high: 3600,
  slope: 14,
  ripple: 6,
  density: 14,
  seed: 'violin',
  resonances: [
    { hertz: 275, gain: 7, width: 0.1 },
    { hertz: 460, gain: 7, width: 0.08 },
    { hertz: 545, gain: 8, width: 0.08 },
    { hertz: 1050, gain: 3, width: 0.3 },
    { hertz: 2500, gain: 8, width: 0.5 },
  ],
};

const INSTRUMENTS: Readonly<Record<string, BowedString>> = {
  violin: {
    low: 55,
    high: 100,
    bright: 5200,
    body: VIOLIN_BODY,
    attack: 0.09,
    noise: -36,
    release: 0.22,
    vibrato: { hertz: 5.8, cents: 16, after: 0.2, tremolo: 0.5 },
  },
  viola: {
    low: 48,
    high: 88,
    bright: 3200,
    attack: 0.1,
    noise: -36,
    release: 0.25,
    vibrato: { hertz: 5.5, cents: 15, after: 0.2, tremolo: 0.5 },
    body: {
      low: 130,
      high: 2800,
      slope: 14,
      ripple: 6,
      density: 14,
      seed: 'viola',
      resonances: [
        { hertz: 220, gain: 7, width: 0.1 },
        { hertz: 370, gain: 7, width: 0.09 },
        { hertz: 440, gain: 7, width: 0.09 },
        { hertz: 900, gain: 3, width: 0.3 },
        { hertz: 1900, gain: 7, width: 0.5 },
      ],
    },
  },
  cello: {
    low: 36,
    high: 81,
    bright: 2500,
    attack: 0.11,
    noise: -37,
    release: 0.3,
    vibrato: { hertz: 5.3, cents: 14, after: 0.2, tremolo: 0.5 },
    body: {
      low: 70,
      high: 2300,
      slope: 13,
      ripple: 6,
      density: 14,
      seed: 'cello',
      resonances: [
        { hertz: 102, gain: 6, width: 0.1 },
        { hertz: 185, gain: 8, width: 0.09 },
        { hertz: 220, gain: 6, width: 0.09 },
        { hertz: 480, gain: 3, width: 0.3 },
        { hertz: 1500, gain: 6, width: 0.6 },
      ],
    },
  },
  'double-bass': {
    low: 28,
    high: 67,
    bright: 1500,
    attack: 0.13,
    noise: -36,
    release: 0.35,
    vibrato: { hertz: 4.8, cents: 9, after: 0.25, tremolo: 0.3 },
    body: {
      low: 45,
      high: 1400,
      slope: 12,
      ripple: 5,
      density: 14,
      seed: 'double bass',
      resonances: [
        { hertz: 60, gain: 6, width: 0.12 },
        { hertz: 98, gain: 7, width: 0.1 },
        { hertz: 118, gain: 5, width: 0.1 },
        { hertz: 700, gain: 5, width: 0.6 },
      ],
    },
  },
  strings: {
    low: 28,
    high: 100,
    step: 6,
    bright: 2600,
    attack: 0.2,
    noise: -39,
    release: 0.5,
    players: { count: 5, spread: 1.1 },
    vibrato: { hertz: 5.5, cents: 9, after: 0.1 },
    body: { ...VIOLIN_BODY, low: 60, high: 2600, ripple: 3, seed: 'section' },
  },
  // A snake-skin drum with two strings: nasal, formants near 800 and 2500 Hz, wide vibrato, every note a little slid into.
  erhu: {
    low: 60,
    high: 100,
    bright: 4600,
    attack: 0.085,
    noise: -34,
    release: 0.2,
    scoop: 45,
    vibrato: { hertz: 5.9, cents: 27, after: 0.15, tremolo: 0.7 },
    body: {
      low: 400,
      high: 4300,
      slope: 13,
      ripple: 5,
      density: 12,
      seed: 'erhu',
      resonances: [
        { hertz: 440, gain: 3, width: 0.15 },
        { hertz: 830, gain: 12, width: 0.22 },
        { hertz: 1450, gain: 9, width: 0.25 },
        { hertz: 2600, gain: 12, width: 0.3 },
      ],
    },
  },
  gaohu: {
    low: 67,
    high: 105,
    bright: 5500,
    attack: 0.075,
    noise: -34,
    release: 0.18,
    scoop: 40,
    vibrato: { hertz: 6.1, cents: 24, after: 0.15, tremolo: 0.6 },
    body: {
      low: 380,
      high: 4600,
      slope: 12,
      ripple: 5,
      density: 12,
      seed: 'gaohu',
      resonances: [
        { hertz: 580, gain: 6, width: 0.15 },
        { hertz: 1100, gain: 8, width: 0.22 },
        { hertz: 3000, gain: 8, width: 0.35 },
      ],
    },
  },
  zhonghu: {
    low: 53,
    high: 86,
    bright: 3000,
    attack: 0.1,
    noise: -35,
    release: 0.25,
    scoop: 35,
    vibrato: { hertz: 5.4, cents: 22, after: 0.2, tremolo: 0.6 },
    body: {
      low: 190,
      high: 2900,
      slope: 13,
      ripple: 5,
      density: 12,
      seed: 'zhonghu',
      resonances: [
        { hertz: 310, gain: 6, width: 0.15 },
        { hertz: 560, gain: 8, width: 0.22 },
        { hertz: 1800, gain: 7, width: 0.35 },
      ],
    },
  },
};

function bowedRecipe(string: BowedString): Recipe {
  const body = bodyGain(string.body);
  const middle = (string.low + string.high) / 2;
  return {
    keys: keysBetween(string.low, string.high, string.step ?? 4),
    layers: [0.3, 0.8],
    release: string.release,
    render: (key, force, random) => {
      const edge = string.bright * (0.3 + 1.1 * force);
      const first = string.attack * 2 ** ((middle - key) / 36);
      return renderSustained({
        key,
        body,
        random,
        source: (n, hertz) => 1 / n / (1 + (hertz / edge) ** 2),
        attack: (_, hertz) => first * (1 + 0.5 * Math.min(2, hertz / 3000)),
        vibrato: string.vibrato,
        jitter: 3,
        shimmer: 0.9,
        scoop: string.scoop ?? 8,
        noise: {
          level: string.noise + (force < 0.5 ? 2 : 0),
          start: 13,
          startSeconds: 0.045,
          puffs: 0.6,
          bands: [
            { hertz: 900, q: 0.5, gain: 0.5 },
            ...(string.body.resonances ?? []).map(({ hertz }) => ({ hertz, q: 1.5 })),
            { hertz: 4200, q: 0.7, gain: 0.8 },
          ],
        },
        ...(string.players ? { players: string.players } : {}),
      });
    },
  };
}

/** Recipes by instrument id. */
export const BOWED: Readonly<Record<string, Recipe>> = Object.fromEntries(
  Object.entries(INSTRUMENTS).map(([id, string]) => [id, bowedRecipe(string)]),
);
