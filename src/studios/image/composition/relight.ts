/**
 * The same composition at another hour, in another season or weather: everything stays in its place; what shines is exchanged (a sun stands where
 * the moon stood), stars are seen by night only, light and colours follow.
 */
import { createRandom } from '../../../core/index.ts';
import type { Plan } from '../../../kernel/index.ts';
import { mixHex } from '../raster/index.ts';
import { lightOf, SHINING } from './light.ts';
import { choosePalette } from './palette.ts';
import palettes from './palettes.table.json' with { type: 'json' };
import type { Composition, Light, Palette, Placed } from './types.ts';

/** What shall be different; what is absent stays. */
export interface LightWish {
  readonly hour?: Composition['hour'];
  readonly season?: Composition['season'];
  readonly weather?: Composition['weather'] | undefined;
}

/** Seen by night alone. */
const STARRY = /^(?:star|starry-sky|milky-way|constellation|meteor|comet|aurora|nebula)$/u;
/** Bodies of the sky that stand for one another. */
const ORBS = /^(?:sun|moon)$/u;
const GLOWS = /^(?:sunset|sunrise)$/u;
/** Weathers that hide the sun. */
const CLOSED = new Set<Composition['weather']>(['overcast', 'rain', 'storm', 'snow']);
/** Weathers that fall or drift before everything. */
const SEEN = new Set<Composition['weather']>(['rain', 'snow', 'mist', 'storm', 'wind']);

/** Gives a new composition; the seed stays, and with it the form of everything. */
export function relight(composition: Composition, wish: LightWish): Composition {
  const hour = wish.hour ?? composition.hour;
  const season = wish.season ?? composition.season;
  const weather = wish.weather ?? composition.weather;
  const lit = wish.hour ? composition.placed.flatMap((placed) => underSky(placed, wish.hour!)) : composition.placed;
  const open = hour !== 'night' && CLOSED.has(weather) ? lit.filter(({ element }) => element !== 'sun') : lit;
  const placed = wish.weather
    ? [...open.filter(({ kind }) => kind !== 'weather'), ...fallen(composition, weather)]
    : open;
  const changed = { ...composition, hour, season, weather, placed };
  return { ...changed, light: lightFor(changed), palette: paletteFor(composition, hour, wish.season) };
}

/** What stands in the sky of this hour where this stood; nothing where it is not seen. */
function underSky(placed: Placed, hour: NonNullable<Composition['hour']>): Placed[] {
  const night = hour === 'night';
  if (STARRY.test(placed.element)) return night ? [placed] : [];
  if (ORBS.test(placed.element)) return [exchanged(placed, night ? 'moon' : 'sun')];
  if (!GLOWS.test(placed.element)) return [placed];
  if (hour === 'dawn') return [exchanged(placed, 'sunrise')];
  return hour === 'dusk' ? [exchanged(placed, 'sunset')] : [];
}

function exchanged(placed: Placed, element: string): Placed {
  if (placed.element === element) return placed;
  // Crescents and colours were those of the other body.
  const { colour, ...rest } = placed;
  return { ...rest, element, name: placed.name.replace(placed.element, element), states: [], kind: 'sky' };
}

/** What the weather brings before everything, over the whole paper. */
function fallen({ width, height, seed }: Composition, weather: Composition['weather']): Placed[] {
  if (!SEEN.has(weather)) return [];
  const name = `${weather}-relit`;
  const box = { x: 0, y: 0, width, height };
  return [
    { name, element: weather, kind: 'weather', states: [], box, depth: 1, mirrored: false, seed: `${seed}/${name}` },
  ];
}

function lightFor(composition: Composition): Light {
  const { hour, weather, placed, light, width, height, seed } = composition;
  const lamps = placed.flatMap(({ element, box }) => {
    const source = SHINING[element];
    return source ? [{ source, box }] : [];
  });
  const scene = { elements: [], weather };
  const made = lightOf({ hour, scene } as unknown as Plan, lamps, { width, height }, createRandom(`${seed}/relight`));
  // Without a lamp of its own the light goes on coming from where it came.
  return lamps.some(({ source }) => source === made.source) ? made : { ...made, at: light.at };
}

/** The same colours under the tint of another hour; those of another season are chosen anew. */
function paletteFor(before: Composition, hour: Composition['hour'], season: Composition['season']): Palette {
  const { palette, mood, seed } = before;
  if (season) {
    const plan = { hour, season, mood } as unknown as Plan;
    return choosePalette(plan, createRandom(`${seed}/relight/${season}`));
  }
  if (hour === before.hour || !hour) return palette;
  const old = before.hour && palettes.hours[before.hour];
  const tint = palettes.hours[hour];
  // A ground that was tinted cannot be untinted exactly: paper in its stead.
  const ground = old ? mixHex(palette.ground, '#f3efe2', old.share) : palette.ground;
  return { ...palette, ground: mixHex(ground, tint.tint, tint.share) };
}
