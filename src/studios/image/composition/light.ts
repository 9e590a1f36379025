/** Where the light comes from. */
import type { Random } from '../../../core/index.ts';
import type { Plan } from '../../../kernel/index.ts';
import { type Body, overlapOf } from './draft.ts';
import type { Paper } from './paper.ts';
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

/** Where along the horizon a sky glows: where least stands before it, by chance among such places, seldom in the very middle. */
export function openSky(
  sky: Box,
  bodies: readonly Body[],
  { paper, horizon }: { readonly paper: Paper; readonly horizon: number },
  random: Random,
): Box {
  const width = 0.16 * paper.width;
  const at = { y: horizon - width, width, height: width };
  const before = bodies.filter(({ stature }) => !stature.spread);
  const places = GLOWS.map((share) => {
    const box = { ...at, x: share * paper.width - width / 2 };
    return { box, hidden: before.reduce((sum, body) => sum + overlapOf(body.box, box), 0) };
  });
  const least = Math.min(...places.map(({ hidden }) => hidden));
  const open = places.filter(({ hidden }) => hidden <= least + 0.05 * width * width);
  return { ...random.pick(open).box, y: sky.y, height: sky.height };
}

const GLOWS = [0.22, 0.31, 0.38, 0.45, 0.55, 0.62, 0.69, 0.78];
