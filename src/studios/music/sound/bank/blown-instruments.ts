/** The winds, brass and reeds of the house. Keys are MIDI: 60 is C4. */
import { type Wind, windRecipe } from './blown.ts';
import type { Recipe } from './recipe.ts';

const BREATH = [{ hertz: 1200, q: 0.5 }, { hertz: 3200, q: 0.6, gain: 0.8 }];
const AIR = [{ hertz: 700, q: 0.5, gain: 0.6 }, { hertz: 2400, q: 0.5 }, { hertz: 6000, q: 0.6, gain: 0.6 }];

const WINDS: Readonly<Record<string, Wind>> = {
  // The membrane over an extra hole rattles with the air: partials stay strong up to 6 kHz and buzz.
  dizi: { low: 69, high: 100, falls: 0.55, edge: [3600, 0.6], grows: [0.7, 1.3], steep: 3, attack: [0.05, 0.012], release: 0.14, scoop: 18, shimmer: 1.6, jitter: 4,
    body: { resonances: [{ hertz: 1800, gain: 3, width: 0.6 }, { hertz: 4300, gain: 9, width: 0.55 }], high: 7000, ripple: 2, seed: 'dimo' },
    noise: { level: -27, bands: [{ hertz: 2500, q: 0.7 }, { hertz: 4800, q: 0.9 }], start: 10, puffs: 0.9 },
    vibrato: { hertz: 5.2, cents: 9, after: 0.22, tremolo: 1.3 } },
  xiao: { low: 60, high: 90, falls: 1.1, edge: [700, 0.8], grows: [0.7, 1.35], steep: 3, attack: [0.1, 0.02], release: 0.22, scoop: 14,
    body: { low: 120, high: 3200 }, noise: { level: -24, bands: AIR, start: 9, puffs: 0.5 }, vibrato: { hertz: 4.6, cents: 9, after: 0.25, tremolo: 1.5 } },
  flute: { low: 59, high: 98, falls: 0.75, edge: [650, 1], grows: [0.6, 1.45], steep: 2.8, attack: [0.075, 0.015], release: 0.16, scoop: 8,
    body: { resonances: [{ hertz: 800, gain: 2, width: 0.5 }], high: 5000 }, noise: { level: -31, bands: BREATH, start: 11, puffs: 0.4 },
    vibrato: { hertz: 5, cents: 6, after: 0.2, tremolo: 1.4 } },
  piccolo: { low: 74, high: 109, falls: 1, edge: [1500, 0.8], attack: [0.05, 0.01], release: 0.12, noise: { level: -30, bands: BREATH, start: 9 }, vibrato: { hertz: 5.3, cents: 6, after: 0.2, tremolo: 1 } },
  recorder: { low: 72, high: 98, falls: 1.5, edge: [1600, 0.6], grows: [0.85, 1.15], even: 8, attack: [0.035, 0.008], release: 0.09, noise: { level: -31, bands: BREATH, start: 12, puffs: 0.3 }, shimmer: 0.4 },
  'tin-whistle': { low: 73, high: 99, falls: 1.1, edge: [2200, 0.6], grows: [0.85, 1.2], attack: [0.025, 0.006], release: 0.08, noise: { level: -27, bands: BREATH, start: 12, puffs: 0.4 },
    vibrato: { hertz: 5.5, cents: 5, after: 0.3, tremolo: 1 } },
  oboe: { low: 57, high: 94, falls: 0.35, edge: [3000, 0.2], grows: [0.75, 1.25], steep: 3.5, attack: [0.04, 0.008], release: 0.12, scoop: 5,
    body: { low: 300, resonances: [{ hertz: 1100, gain: 9, width: 0.35 }, { hertz: 2900, gain: 7, width: 0.3 }, { hertz: 4500, gain: 3, width: 0.3 }] },
    noise: { level: -38, bands: BREATH, start: 12 }, vibrato: { hertz: 5.2, cents: 9, after: 0.2, tremolo: 0.9 } },
  // Cylinder closed at one end: odd partials alone below 900 Hz; the tone holes let go above 1500 Hz.
  clarinet: { low: 50, high: 94, falls: 0.45, edge: [1500, 0.5], grows: [0.55, 1.35], steep: 3.2, even: 30, attack: [0.055, 0.012], release: 0.13,
    body: { resonances: [{ hertz: 1500, gain: 3, width: 0.5 }, { hertz: 3700, gain: 4, width: 0.3 }], high: 5000 }, noise: { level: -38, bands: BREATH, start: 12 }, shimmer: 0.4, jitter: 2 },
  bassoon: { low: 34, high: 76, falls: 0.3, edge: [1300, 0.4], grows: [0.7, 1.3], steep: 3, attack: [0.045, 0.012], release: 0.14,
    body: { low: 110, resonances: [{ hertz: 470, gain: 11, width: 0.35 }, { hertz: 1200, gain: 6, width: 0.3 }, { hertz: 2100, gain: 3, width: 0.3 }] },
    noise: { level: -38, bands: BREATH, start: 12 }, vibrato: { hertz: 5, cents: 6, after: 0.25, tremolo: 0.8 } },
  saxophone: { low: 49, high: 81, falls: 0.55, edge: [1900, 0.6], grows: [0.55, 1.5], steep: 2.4, attack: [0.05, 0.012], release: 0.14, scoop: 25,
    body: { low: 120, resonances: [{ hertz: 620, gain: 6, width: 0.4 }, { hertz: 1500, gain: 5, width: 0.35 }, { hertz: 3200, gain: 4, width: 0.4 }], ripple: 2, seed: 'saxophone' },
    noise: { level: -30, bands: BREATH, start: 10, puffs: 0.5 }, vibrato: { hertz: 5.2, cents: 15, after: 0.2, tremolo: 1 } },
  // Conical reed of brass bell: harsh, nasal, loud between 1 and 4 kHz.
  suona: { low: 69, high: 95, falls: 0.1, edge: [4200, 0.3], grows: [0.8, 1.25], steep: 3, attack: [0.035, 0.006], release: 0.1, scoop: 30, shimmer: 1.2,
    body: { low: 700, resonances: [{ hertz: 1250, gain: 8, width: 0.35 }, { hertz: 3000, gain: 10, width: 0.35 }], ripple: 3, seed: 'suona' },
    noise: { level: -30, bands: BREATH, start: 8, puffs: 0.7 }, vibrato: { hertz: 5.8, cents: 18, after: 0.18, tremolo: 0.8 } },
  sheng: { low: 55, high: 92, falls: 0.5, edge: [2600, 0.3], grows: [0.75, 1.25], attack: [0.07, 0.01], release: 0.12, jitter: 1.2, shimmer: 0.5,
    body: { low: 200, resonances: [{ hertz: 900, gain: 4, width: 0.5 }, { hertz: 2400, gain: 5, width: 0.4 }], ripple: 3, seed: 'sheng' }, noise: { level: -38, bands: BREATH, start: 8 } },
  hulusi: { low: 67, high: 83, falls: 0.6, edge: [1700, 0.4], even: 16, attack: [0.06, 0.012], release: 0.14, scoop: 25,
    body: { resonances: [{ hertz: 1300, gain: 4, width: 0.5 }], ripple: 2, seed: 'gourd' }, noise: { level: -34, bands: BREATH, start: 9, puffs: 0.4 }, vibrato: { hertz: 5, cents: 13, after: 0.2, tremolo: 0.8 } },
  horn: { low: 35, high: 77, falls: 0.35, edge: [520, 0.9], grows: [0.5, 1.7], steep: 2.6, attack: [0.05, 0.035], release: 0.18, scoop: 8,
    body: { low: 110, resonances: [{ hertz: 340, gain: 6, width: 0.5 }, { hertz: 750, gain: 3, width: 0.4 }], ripple: 2, seed: 'horn' }, noise: { level: -40, bands: BREATH, start: 10 }, shimmer: 0.5, jitter: 2 },
  trumpet: { low: 52, high: 84, falls: 0.2, edge: [1500, 0.5], grows: [0.45, 1.9], steep: 2.6, attack: [0.03, 0.018], release: 0.12, scoop: 10,
    body: { low: 200, resonances: [{ hertz: 1250, gain: 6, width: 0.5 }, { hertz: 2500, gain: 4, width: 0.4 }], ripple: 1.5, seed: 'trumpet' }, noise: { level: -40, bands: BREATH, start: 10 }, shimmer: 0.5, jitter: 2,
    vibrato: { hertz: 5.2, cents: 5, after: 0.3, tremolo: 0.4 } },
  trombone: { low: 40, high: 77, falls: 0.2, edge: [900, 0.6], grows: [0.45, 2], steep: 2.6, attack: [0.04, 0.022], release: 0.14, scoop: 10,
    body: { low: 90, resonances: [{ hertz: 540, gain: 5, width: 0.5 }, { hertz: 1200, gain: 3, width: 0.4 }], ripple: 1.5, seed: 'trombone' }, noise: { level: -40, bands: BREATH, start: 10 }, shimmer: 0.5, jitter: 2 },
  tuba: { low: 26, high: 65, falls: 0.4, edge: [330, 0.8], grows: [0.55, 1.6], steep: 2.6, attack: [0.06, 0.03], release: 0.18,
    body: { low: 50, resonances: [{ hertz: 250, gain: 4, width: 0.6 }] }, noise: { level: -40, bands: BREATH, start: 10 }, shimmer: 0.5, jitter: 2 },
  // Two reeds a little apart.
  accordion: { low: 41, high: 93, falls: 0.75, edge: [2600, 0.2], grows: [0.75, 1.2], attack: [0.05, 0.006], release: 0.1, jitter: 0.8, shimmer: 0.4, players: { count: 2, spread: 2.6 }, loop: 1.2,
    body: { low: 110, resonances: [{ hertz: 800, gain: 3, width: 0.5 }, { hertz: 2000, gain: 4, width: 0.5 }], ripple: 3, seed: 'accordion' } },
};

/** Recipes by instrument id. */
export const BLOWN: Readonly<Record<string, Recipe>> = Object.fromEntries(Object.entries(WINDS).map(([id, wind]) => [id, windRecipe(wind)]));
