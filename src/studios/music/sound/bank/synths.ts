/** Synthesisers: sawtooth and sine oscillators, several a note, through a low-pass edge. No aliasing: partials are summed. */
import { windRecipe } from './blown.ts';
import { bodyGain } from './body.ts';
import { keysBetween, type Recipe } from './recipe.ts';
import { renderSustained } from './sustained.ts';

/** Strengths of the few partials of a glass harmonica-like pad. */
const GLASS: Readonly<Record<number, number>> = { 1: 1, 2: 0.35, 3: 0.12, 4: 0.22, 6: 0.06, 8: 0.08 };

/** Recipes by instrument id. */
export const SYNTHS: Readonly<Record<string, Recipe>> = {
  pad: windRecipe({
    low: 24,
    high: 96,
    step: 6,
    edge: [750, 1.2],
    grows: [0.8, 1.25],
    steep: 2.2,
    attack: [0.45, 0.12],
    jitter: 5,
    shimmer: 1.5,
    players: { count: 4, spread: 0.8 },
    loop: 1.3,
    lead: 1.1,
    release: 1.4,
  }),
  'glass-pad': {
    keys: keysBetween(36, 108, 6),
    layers: [0.7],
    release: 1.8,
    render: (key, _, random) =>
      renderSustained({
        key,
        random,
        body: bodyGain({}),
        source: (n) => GLASS[n] ?? 0,
        attack: (n) => 0.3 + 0.08 * n,
        jitter: 3,
        shimmer: 2.5,
        players: { count: 3, spread: 0.8 },
        loop: 1.3,
        lead: 1,
        noise: { level: -46, bands: [{ hertz: 6000, q: 0.6 }] },
      }),
  },
  'synth-lead': windRecipe({
    low: 36,
    high: 108,
    step: 6,
    edge: [2600, 1.5],
    grows: [0.7, 1.5],
    steep: 2.2,
    attack: [0.012, 0.002],
    jitter: 1.5,
    shimmer: 0.4,
    players: { count: 2, spread: 1.3 },
    loop: 1,
    lead: 0.35,
    release: 0.18,
    vibrato: { hertz: 5.4, cents: 8, after: 0.25 },
  }),
  'synth-bass': windRecipe({
    low: 24,
    high: 62,
    step: 5,
    falls: 0.85,
    edge: [260, 1.8],
    grows: [0.7, 1.8],
    steep: 3,
    attack: [0.006, 0],
    jitter: 1,
    shimmer: 0.3,
    body: { resonances: [{ hertz: 420, gain: 4, width: 0.6 }] },
    loop: 0.6,
    lead: 0.3,
    release: 0.12,
  }),
};
