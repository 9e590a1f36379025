/** Where the light comes from. */
import type { Random } from '../../../core/index.ts';
import type { Plan } from '../../../kernel/index.ts';
import type { Box, Light } from './types.ts';

const STRENGTHS = { dawn: 0.6, morning: 0.85, noon: 1, afternoon: 0.9, dusk: 0.55, night: 0.22 } as const;
const WARMTHS = { dawn: 0.4, morning: 0.25, noon: 0, afternoon: 0.35, dusk: 0.7, night: -0.5 } as const;

/** What shines in a picture, by element. */
export const SHINING: Readonly<Record<string, Light['source']>> = {
  sun: 'sun',
  sunset: 'dusk-glow',
  sunrise: 'sun',
  moon: 'moon',
  lamp: 'lamp',
  lantern: 'lamp',
  candle: 'lamp',
  fire: 'fire',
  campfire: 'fire',
  'milky-way': 'stars',
  star: 'stars',
  'starry-sky': 'stars',
  constellation: 'stars',
  comet: 'stars',
  meteor: 'stars',
  aurora: 'stars',
};

/** Light of a plan; `lamps` are the boxes of what shines in the picture (sun, moon, lamp, fire), the strongest first. */
export function lightOf(
  { hour, scene }: Plan,
  lamps: readonly { readonly source: Light['source']; readonly box: Box }[],
  { width, height }: { readonly width: number; readonly height: number },
  random: Random,
): Light {
  const [lamp] = lamps;
  const covered = scene?.weather === 'overcast' || scene?.weather === 'rain' || scene?.weather === 'snow';
  const source = scene?.light ?? lamp?.source ?? (hour === 'night' ? 'moon' : covered ? 'overcast' : 'sun');
  const seen = lamps.find((each) => each.source === source) ?? (scene?.light ? undefined : lamp);
  const side = random.next() < 0.5 ? -0.2 : 1.2;
  const at = seen
    ? ([seen.box.x + seen.box.width / 2, seen.box.y + seen.box.height / 2] as const)
    : ([width * side, -0.3 * height] as const);
  const time = hour ?? (source === 'moon' || source === 'stars' ? 'night' : 'morning');
  const warm = source === 'fire' || source === 'lamp' ? 0.8 : source === 'dusk-glow' ? 0.8 : WARMTHS[time];
  return { source, at, strength: STRENGTHS[time] * (covered ? 0.8 : 1), warmth: warm };
}
