/**
 * A blow on a drum, plate or block, as data: some modes and some bands of noise, each with its own decay.
 *
 * Skins vibrate at 1 : 1.59 : 2.14 : 2.30 : 2.65 : 2.92, stretched when hit hard, so the pitch falls just after the blow;
 * plates and cymbals have so many modes that a dense irregular row of them and noise stand for all. Sources: Fletcher and
 * Rossing (1998), chs. 18 and 20; Rossing and Fletcher, Nonlinear vibrations in plates and gongs (1983), for gongs whose
 * pitch slides: down in the large 大锣, up in the small 小锣.
 */
import type { Random } from '../../../../core/index.ts';
import type { Recipe } from './recipe.ts';
import { type Knock, type Mode, renderRinging } from './ringing.ts';

export interface Blow {
  /** Hertz, decibels, seconds to −60 dB. */
  readonly modes?: readonly (readonly [number, number, number])[];
  /** A skin: lowest mode in hertz and its decay; the others follow. */
  readonly skin?: readonly [hertz: number, decay: number];
  /** A plate: modes spread from … to hertz, how many, decay of the lowest; higher ones die sooner. */
  readonly plate?: readonly [from: number, to: number, count: number, decay: number, decibels: number];
  /** Noise: hertz, q, decibels, seconds to −60 dB, seconds to rise (default 0.0005), seconds late (default 0). */
  readonly noise?: readonly (readonly [number, number, number, number, number?, number?])[];
  /** Pitch at the blow over its rest, and seconds of the slide. */
  readonly glide?: readonly [number, number];
  readonly choke?: number;
  /** Loudness, decibels; default 0. */
  readonly gain?: number;
}

const SKIN_RATIOS = [1, 1.59, 2.14, 2.3, 2.65, 2.92, 3.5, 3.6, 4.06];

/** The recipe of a set of drums: key → blow. */
export function drumRecipe(blows: ReadonlyMap<number, Blow>): Recipe {
  const keys = [...blows.keys()].sort((a, b) => a - b);
  const choke = Object.fromEntries(
    keys.flatMap((key) => (blows.get(key)!.choke ? [[key, blows.get(key)!.choke!]] : [])),
  );
  return {
    keys,
    layers: [0.35, 0.9],
    release: 3,
    drums: true,
    choke,
    gain: -3,
    render: (key, force, random) => renderBlow(blows.get(key)!, key, force, random),
  };
}

function renderBlow(blow: Blow, key: number, force: number, random: Random): ReturnType<typeof renderRinging> {
  // A soft blow excites high modes less.
  const soft = (hertz: number): number => (1 + (hertz / 3000) ** 1.5) ** -(0.9 - force);
  const glide = blow.glide ? { glide: [1 + (blow.glide[0] - 1) * (0.5 + 0.5 * force), blow.glide[1]] as const } : {};
  const modes: Mode[] = modesOf(blow, random).map((mode) => ({
    ...mode,
    ...glide,
    level: mode.level * soft(mode.hertz),
  }));
  const knocks: Knock[] = (blow.noise ?? []).map(([hertz, q, decibels, decay, attack = 0.0005, delay = 0]) => ({
    bands: [{ hertz, q }],
    level: 10 ** (decibels / 20) * soft(hertz),
    decay,
    attack,
    delay,
  }));
  const life = Math.max(
    0.1,
    ...modes.map(({ decay }) => decay),
    ...knocks.map(({ decay, delay = 0 }) => decay + delay),
  );
  return renderRinging({ key, modes, knocks, contact: 0.0006, lead: Math.min(life, 4), loop: 0, random });
}

function modesOf({ modes = [], skin, plate }: Blow, random: Random): Mode[] {
  const all: Mode[] = modes.map(([hertz, decibels, decay]) => ({ hertz, level: 10 ** (decibels / 20), decay }));
  if (skin) {
    for (const [i, ratio] of SKIN_RATIOS.entries()) {
      all.push({ hertz: skin[0] * ratio, level: 0.8 * 0.72 ** i, decay: skin[1] / (1 + 0.35 * i) });
    }
  }
  if (plate) {
    const [from, to, count, decay, decibels] = plate;
    for (let i = 0; i < count; i++) {
      const hertz = from * (to / from) ** ((i + random.next()) / count);
      const level = (10 ** (decibels / 20) * (0.4 + random.next())) / Math.sqrt(count);
      all.push({
        hertz,
        level,
        decay: decay * (from / hertz) ** 0.35 * (0.7 + 0.6 * random.next()),
        beat: [1 + 5 * random.next(), 0.3],
      });
    }
  }
  return all;
}
