/** All classes of textures, and one loop of any. */
import type { Random } from '../../../src/core/index.ts';
import { CREATURES } from './creatures.ts';
import { type Attributes, between, filtered, ratio, room, type TextureClass } from './loop.ts';
import { RHYTHMS } from './rhythms.ts';
import { TONES } from './tones.ts';
import { WEATHER } from './weather.ts';

export { type Attributes, LENGTH, RATE } from './loop.ts';

export const CLASSES: Readonly<Record<string, TextureClass>> = { ...WEATHER, ...CREATURES, ...TONES, ...RHYTHMS };

/** The words of the low and the high end of each attribute; between them stands no word. */
export const POLES: Readonly<Record<keyof Attributes, readonly [low: string, high: string]>> = {
  bright: ['dark', 'bright'],
  dense: ['sparse', 'dense'],
  fast: ['slow', 'fast'],
  high: ['low', 'high'],
  far: ['near', 'far'],
};

/** Below and above these an attribute has a name. */
const [LOW, HIGH] = [0.4, 0.6];

export interface Texture {
  readonly samples: Float32Array;
  /** Class first, then the ends of its attributes. */
  readonly tags: readonly string[];
}

/** One loop of a class, its attributes drawn. */
export function makeTexture(name: string, random: Random): Texture {
  const { voice, hears } = CLASSES[name]!;
  const draw = (): number => random.next();
  const attributes = { bright: draw(), dense: draw(), fast: draw(), high: draw(), far: draw() };
  const samples = levelled(away(voice(attributes, random.fork('voice')), attributes.far), attributes.far);
  const heard: (keyof Attributes)[] = [...hears, 'far'];
  const tags = heard.flatMap((key) => {
    const value = attributes[key];
    const [low, high] = POLES[key];
    return value < LOW ? [low] : value > HIGH ? [high] : [];
  });
  return { samples, tags: [name, ...tags] };
}

/** What is far has lost its highs and has more of the room. */
function away(x: Float64Array, far: number): Float64Array {
  if (far < LOW) return room(x, 0.1, 0.8);
  const distance = (far - LOW) / (1 - LOW);
  return room(filtered(x, 'low', ratio(9000, 1400, distance)), between(0.2, 0.9, distance), between(1, 2.4, distance));
}

/** Root mean square 0.1, but no peak above 0.9; what is far is up to 8 decibels softer. */
function levelled(x: Float64Array, far: number): Float32Array {
  let [peak, square] = [1e-9, 1e-12];
  for (const value of x) {
    peak = Math.max(peak, Math.abs(value));
    square += value * value;
  }
  const factor = Math.min(0.9 / peak, 0.1 / Math.sqrt(square / x.length)) * 10 ** (-0.4 * Math.max(0, far - LOW));
  return Float32Array.from(x, (value) => factor * value);
}
