/**
 * Plucked strings: the modes of a stiff string, excited at one place by a finger or nail, heard through a body.
 *
 *   force on the bridge of mode n ∝ |sin(nπ·place)| / n · softness of the finger · body
 *   frequency of mode n = n f √(1 + B n²);  decay rate = a + b f²
 *
 * The closed form of what an extended Karplus–Strong loop computes (Jaffe and Smith, 1983; Karjalainen and others, 1998),
 * taken because tuning and decay of every partial are then exact. The string moves in two planes that die at different
 * rates, hence the after-sound. Sources: Fletcher and Rossing (1998), ch. 9; Woodhouse, Plucked guitar transients (2004), for
 * guitar decays; Yoon and others on 古筝 (2010) and Feng (1984) on 琵琶 bodies.
 */
import type { Random } from '../../../../core/index.ts';
import { type Body, bodyGain } from './body.ts';
import type { NoiseBand } from './noise.ts';
import { keysBetween, type Recipe } from './recipe.ts';
import { type Knock, type Mode, renderRinging } from './ringing.ts';
import { hertzOf } from './sample.ts';

/** Noise of a nail or plectrum on the string. */
export const NAIL: readonly NoiseBand[] = [
  { hertz: 2600, q: 0.8 },
  { hertz: 5200, q: 0.8, gain: 0.7 },
];
/** Noise of a fingertip. */
export const FINGER: readonly NoiseBand[] = [
  { hertz: 900, q: 0.8 },
  { hertz: 2200, q: 0.9, gain: 0.4 },
];

export interface PluckedString {
  readonly low: number;
  readonly high: number;
  /** Semitones between samples; default 5. */
  readonly step?: number;
  /** Where the string is plucked, as a part of its length. */
  readonly place: number;
  /** Seconds to −60 dB of the lowest string and how many octaves up halve it. */
  readonly sustain: readonly [number, number];
  /** Seconds to −60 dB of a partial at 4 kHz. */
  readonly sustainHigh: number;
  /** Where the plectrum stops giving strength, hertz, when playing hard. */
  readonly bright: number;
  /** Stiffness B of the lowest string and its growth per octave; default [4e-5, 2]. */
  readonly stiff?: readonly [number, number];
  readonly body: Body;
  /** Noise of nail or finger: decibels under the tone and its bands. */
  readonly nail: { readonly level: number; readonly bands: readonly NoiseBand[]; readonly decay: number };
  /** Strings of a course and the hertz between them; default one. */
  readonly course?: readonly [number, number];
  /** Part of the slower plane; default 0.15. */
  readonly after?: number;
  readonly lead?: number;
  readonly release: number;
  readonly gain?: number;
}

/** The recipe of a plucked instrument. */
export function pluckedRecipe(string: PluckedString): Recipe {
  const body = bodyGain(string.body);
  return {
    keys: keysBetween(string.low, string.high, string.step ?? 5),
    layers: [0.35, 0.85],
    release: string.release,
    ...(string.gain === undefined ? {} : { gain: string.gain }),
    render: (key, force, random) => {
      const modes = stringModes(string, key, force, body, random);
      const loudest = Math.hypot(...modes.map(({ level }) => level));
      const knocks = knocksOf(string, force, loudest);
      return renderRinging({ key, modes, knocks, contact: 0.0006, lead: string.lead ?? leadOf(string, key), random });
    },
  };
}

/** Low strings need longer until only a few partials are left. */
function leadOf(string: PluckedString, key: number): number {
  return Math.min(1.8, Math.max(0.5, 0.4 * decayOf(string, hertzOf(key), hertzOf(key))));
}

/** Seconds to −60 dB of a partial. */
function decayOf(
  { low, sustain: [longest, octaves], sustainHigh }: PluckedString,
  base: number,
  hertz: number,
): number {
  const ground = longest * 2 ** (-Math.log2(base / hertzOf(low)) / octaves);
  const loss = Math.max(0.1, 1 / sustainHigh - 1 / ground) * ((hertz ** 2 - base ** 2) / 4000 ** 2);
  return 1 / (1 / ground + loss);
}

function stringModes(
  string: PluckedString,
  key: number,
  force: number,
  body: (hertz: number) => number,
  random: Random,
): Mode[] {
  const {
    low,
    place,
    bright,
    stiff: [b, growth] = [4e-5, 2],
    course: [strings, apart] = [1, 0],
    after = 0.15,
  } = string;
  const base = hertzOf(key);
  const inharmonic = b * growth ** ((key - low) / 12);
  const edge = bright * (0.15 + 0.95 * force) * (1 + 0.15 * Math.log2(base / hertzOf(low)));
  const modes: Mode[] = [];
  for (let n = 1; n <= 90; n++) {
    const hertz = n * base * Math.sqrt((1 + inharmonic * n * n) / (1 + inharmonic));
    if (hertz > 14_500) break;
    const pluck = (Math.abs(Math.sin(n * Math.PI * place)) + 0.07) / n ** (1 + 0.6 * (0.85 - force));
    const level = (pluck * body(hertz)) / (1 + (hertz / edge) ** 2) / Math.sqrt(strings);
    const decay = decayOf(string, base, hertz) * (0.85 + 0.3 * random.next());
    for (let i = 0; i < strings; i++) {
      const detuned = hertz + (i - (strings - 1) / 2) * apart * Math.sqrt(n);
      modes.push({ hertz: detuned, level, decay, after, slower: 2.5, beat: [0.3 + random.next(), 0.12] });
    }
  }
  return modes;
}

function knocksOf({ nail, body }: PluckedString, force: number, loudest: number): Knock[] {
  const level = loudest * 10 ** (nail.level / 20) * (0.6 + 0.4 * force);
  const wood = (body.resonances ?? []).slice(0, 3).map(({ hertz }) => ({ hertz, q: 6 }));
  const thump: Knock[] = wood.length ? [{ bands: wood, level: level * 0.8, decay: 0.12, attack: 0.002 }] : [];
  return [{ bands: nail.bands, level, decay: nail.decay }, ...thump];
}
