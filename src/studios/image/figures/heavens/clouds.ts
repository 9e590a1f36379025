/** Clouds by state, hour and nearness, the sky they drift in, and skies that burn at the ends of the day. */
import type { Random } from '../../../../core/index.ts';
import type { Composition, Placed } from '../../composition/index.ts';
import { mixHex, type Point } from '../../raster/index.ts';
import { blob, scatterIn } from '../geometry/index.ts';
import { between, lines } from '../marks.ts';
import type { Drawer, Shape } from '../types.ts';
import { bandedCloud, type CloudLook, heapCloud, longBand, swirlCloud } from './cloud-forms.ts';
import { puff, starDots, veil } from './shining.ts';
import { hasOwn, sunDisc } from './sun.ts';

function lookOf({ states, colour }: Pick<Placed, 'states' | 'colour'>, { weather }: Composition): CloudLook {
  const dark = states.includes('dark') || weather === 'storm';
  if (dark) return { colour: colour ?? '#5d646d', tone: 0.62, opacity: 0.86, line: 0.5 };
  return { colour: colour ?? '#f6f7f5', tone: 0.07, opacity: 0.9, line: 0.4 };
}

export const drawCloud: Drawer = (placed, { composition, random }) => {
  const { box, states, depth } = placed;
  const look = lookOf(placed, composition);
  if (!states.includes('dark') && (depth > 0.55 || states.includes('auspicious'))) return swirlCloud(box, look, random);
  const ends = composition.hour === 'dusk' || composition.hour === 'dawn';
  const banded = random.next() < (ends ? 0.75 : composition.weather === 'wind' ? 0.7 : 0.4);
  if (banded && !states.includes('dark')) {
    const wide = { ...box, x: box.x - box.width * 0.25, width: box.width * 1.5 };
    return bandedCloud(wide, { ...look, opacity: 0.75 }, random);
  }
  return heapCloud(box, look, random);
};

/** A sky that is itself the subject: a few far clouds, or faint stars at night. */
export const drawSky: Drawer = (placed, context) => {
  const { composition, random } = context;
  const { box } = placed;
  if (composition.hour === 'night') {
    const places = scatterIn(box, random, { spacing: 14, most: 160 });
    return [lines('stars', 'light', '#ffffff', 0, starDots(places, random, 0.8), { glow: 1 })];
  }
  const count = { clear: 3, cloudy: 6, overcast: 8, mist: 2, rain: 6, storm: 8, snow: 5, wind: 5 }[composition.weather];
  const look = lookOf(placed, composition);
  return Array.from({ length: count }, (_, i) => {
    const share = (i + 0.5) / count;
    const size = (1.25 - 0.75 * share) * between(random, 0.7, 1.2);
    const width = composition.width * 0.34 * size;
    const own = {
      x: box.x + random.next() * (box.width - width * 0.6) - width * 0.2,
      y: box.y + box.height * (0.04 + 0.72 * share),
      width,
      height: width * 0.3,
    };
    return share > 0.5 || random.next() < 0.4
      ? bandedCloud(own, { ...look, opacity: 0.7 }, random)
      : heapCloud(own, look, random);
  }).flat();
};

const BURNING = {
  sunset: {
    glow: ['#f7b267', '#f2845c', '#c8607a'],
    clouds: ['#f9c98a', '#f0936a', '#d96a63', '#a35b7d', '#6f5480'],
    sun: '#e0452c',
  },
  sunrise: {
    glow: ['#fbdca6', '#f7b58c', '#e9a3a8'],
    clouds: ['#fbe3bd', '#f8c49d', '#eda594', '#c58ea6', '#8f8db0'],
    sun: '#ec6244',
  },
} as const;

/** Light over the horizon, the sun half in it, bands of cloud lit from below, darker the higher. */
function burningSky(which: keyof typeof BURNING): Drawer {
  return ({ box, colour }, context) => {
    const { composition, random } = context;
    const { glow, clouds, sun } = BURNING[which];
    const floor = Math.min(composition.horizon, box.y + box.height);
    const [seen, at] = sunAt(composition, box, floor);
    const tall = floor - box.y;
    const veils = glow.map((own, i) =>
      puff(
        [at[0], floor - tall * 0.07 * i],
        composition.width * (0.75 - 0.12 * i),
        tall * (0.2 + 0.16 * i),
        own,
        0.34 - 0.06 * i,
        random,
      ),
    );
    const radius = Math.min(64, tall * 0.13);
    const disc = seen && !hasOwn(context, 'sun') ? sunDisc(at, radius, true, colour ?? sun, floor) : [];
    return [...veils.reverse(), ...disc, ...litBands(box, floor, at, clouds, random)];
  };
}

/** Where the sun stands: under the light of the picture, a little over the horizon. */
function sunAt({ light, width }: Composition, box: Placed['box'], floor: number): [seen: boolean, at: Point] {
  const [x] = light.at;
  const seen = x > 0 && x < width;
  return [seen, [seen ? x : box.x + box.width * 0.62, floor - Math.min(36, (floor - box.y) * 0.08)]];
}

function litBands(
  { x, y, width }: Placed['box'],
  floor: number,
  sun: Point,
  colours: readonly string[],
  random: Random,
): Shape[] {
  const count = 13;
  const tall = floor - y;
  return Array.from({ length: count }, (_, i) => {
    const share = (i + 0.6 * random.next()) / count;
    const height = tall * (0.9 - 0.84 * share ** 0.8);
    const at: Point = [x + width * between(random, 0.02, 0.98), floor - height];
    const half = width * between(random, 0.14, 0.34) * (1.15 - 0.5 * share);
    const near = Math.max(0, 1 - Math.hypot((at[0] - sun[0]) / (width * 0.6), (at[1] - sun[1]) / tall));
    const place = (1 - near) * (colours.length - 1);
    const low = Math.floor(place);
    const colour = mixHex(colours[low]!, colours[Math.min(colours.length - 1, low + 1)]!, place - low);
    const thick = tall * (0.034 - 0.022 * share) * between(random, 0.8, 1.5);
    const body = {
      ...longBand(at, half, thick, colour, 0.72, random),
      glow: 0.2,
      material: 'fire' as const,
      tone: 0.3 - 0.2 * near,
    };
    const rim = {
      ...longBand([at[0], at[1] + thick * 0.55], half * 0.7, thick * 0.3, colours[0]!, 0.6, random),
      glow: 0.3,
      part: 'rim',
    };
    return [body, rim];
  }).flat();
}

export const drawSunset = burningSky('sunset');
export const drawSunrise = burningSky('sunrise');

/** Clouds of gas that shine in their own colours. */
export function gasShapes([x, y]: Point, rx: number, ry: number, random: Random): Shape[] {
  const hues = ['#6a4fb0', '#b0508f', '#d9736a', '#4a7fc4', '#e6b26a'];
  return Array.from({ length: 26 }, (_, i) => {
    const [angle, away] = [random.next() * 2 * Math.PI, Math.sqrt(random.next()) * 0.75];
    const at: Point = [x + Math.cos(angle + 2.2 * away) * rx * away, y + Math.sin(angle + 2.2 * away) * ry * away];
    const size = between(random, 0.16, 0.46) * (1.1 - 0.6 * away);
    return veil(
      'gas',
      blob(at, rx * size, ry * size, random, { wobble: 0.4, corners: 12 }),
      hues[i % hues.length]!,
      0.17,
    );
  });
}
