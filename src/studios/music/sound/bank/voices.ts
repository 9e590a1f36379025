/**
 * Voices: the source of the vocal folds through the formants of "ah", alone or in fours.
 *
 * Formants of a sung [a] for each kind of voice after Peterson and Barney (1952) and the singers' tables of IRCAM's CHANT
 * (Rodet, Potard and Barrière, 1984); vibrato after Prame (1994): near 5.8 Hz, half to a whole semitone in all.
 */
import { bodyGain, type Resonance } from './body.ts';
import { keysBetween, type Recipe } from './recipe.ts';
import { renderSustained } from './sustained.ts';

type VoiceKind = 'bass' | 'tenor' | 'alto' | 'soprano';

/** Frequency, gain over the rest and width in hertz of each formant. */
const FORMANTS: Readonly<Record<VoiceKind, readonly (readonly [number, number, number])[]>> = {
  bass: [
    [600, 26, 70],
    [1040, 21, 80],
    [2250, 19, 100],
    [2450, 18, 120],
    [2750, 16, 130],
  ],
  tenor: [
    [650, 26, 80],
    [1080, 22, 90],
    [2650, 19, 120],
    [2900, 18, 130],
    [3250, 12, 140],
  ],
  alto: [
    [800, 26, 90],
    [1150, 23, 100],
    [2800, 15, 130],
    [3500, 10, 150],
  ],
  soprano: [
    [800, 25, 110],
    [1150, 22, 120],
    [2900, 14, 150],
    [3900, 10, 170],
  ],
};

const BODIES = Object.fromEntries(
  Object.entries(FORMANTS).map(([kind, formants]) => {
    const resonances: Resonance[] = formants.map(([hertz, gain, width]) => ({
      hertz,
      gain,
      width: (width * 1.7) / hertz,
    }));
    return [kind, bodyGain({ resonances, high: 5200, ripple: 1.5, seed: kind })];
  }),
) as Readonly<Record<VoiceKind, (hertz: number) => number>>;

interface Singing {
  readonly low: number;
  readonly high: number;
  /** Default: by the key. */
  readonly kind?: VoiceKind;
  readonly singers: number;
  readonly cents: number;
}

const SINGERS: Readonly<Record<string, Singing>> = {
  voice: { low: 48, high: 84, singers: 1, cents: 34 },
  soprano: { low: 58, high: 84, kind: 'soprano', singers: 4, cents: 20 },
  alto: { low: 52, high: 77, kind: 'alto', singers: 4, cents: 18 },
  tenor: { low: 46, high: 70, kind: 'tenor', singers: 4, cents: 18 },
  'bass-voice': { low: 38, high: 64, kind: 'bass', singers: 4, cents: 16 },
  choir: { low: 38, high: 84, singers: 6, cents: 18 },
};

function kindAt(key: number): VoiceKind {
  if (key < 52) return 'bass';
  if (key < 60) return 'tenor';
  return key < 69 ? 'alto' : 'soprano';
}

function voiceRecipe({ low, high, kind, singers, cents }: Singing): Recipe {
  const choir = singers > 1;
  return {
    keys: keysBetween(low, high, 4),
    layers: [0.3, 0.85],
    release: choir ? 0.4 : 0.2,
    render: (key, force, random) => {
      // Loud voices close the glottis faster: their spectrum falls less (Sundberg, The Science of the Singing Voice, 1987).
      const edge = 700 + 2100 * force;
      const falls = 1.5 - 0.42 * force;
      return renderSustained({
        key,
        body: BODIES[kind ?? kindAt(key)],
        random,
        source: (n, hertz) => n ** -falls / (1 + (hertz / edge) ** 1.2),
        attack: (_, hertz) => (choir ? 0.16 : 0.09) + 0.015 * Math.min(3, hertz / 1000),
        vibrato: { hertz: 5.6, cents, after: choir ? 0.1 : 0.22, tremolo: 0.4 },
        jitter: choir ? 7 : 5,
        shimmer: 0.9,
        scoop: choir ? 15 : 30,
        noise: {
          level: choir ? -38 : -42,
          bands: [
            { hertz: 1800, q: 0.5 },
            { hertz: 5500, q: 0.7, gain: 0.7 },
          ],
          start: 6,
          puffs: choir ? 0 : 0.6,
        },
        ...(choir ? { players: { count: singers, spread: 0.9 }, loop: 1.1 } : {}),
      });
    },
  };
}

/** Recipes by instrument id. */
export const VOICES: Readonly<Record<string, Recipe>> = Object.fromEntries(
  Object.entries(SINGERS).map(([id, one]) => [id, voiceRecipe(one)]),
);
