/** What is in the sky and what the weather does, by element and by kind. */
import type { Placed } from '../../composition/index.ts';
import type { Drawer } from '../types.ts';
import { drawAurora, drawRainbow } from './bows.ts';
import { drawCloud, drawSky, drawSunrise, drawSunset } from './clouds.ts';
import { drawMoon } from './moon.ts';
import { drawBlackHole, drawComet, drawEarth, drawMeteor, drawPlanet } from './planets.ts';
import { drawConstellation, drawMilkyWay, drawNebula, drawStar, drawStarrySky, drawUniverse } from './stars.ts';
import { drawEclipse, drawSun } from './sun.ts';
import { drawMist, drawSandstorm, drawTornado, drawWind } from './weather/drifting.ts';
import { drawHail, drawRain, drawSnow } from './weather/falling.ts';
import { drawDew, drawFrost, drawIcicle } from './weather/settled.ts';
import { drawLightning, drawStorm } from './weather/storms.ts';

export const HEAVENS: Readonly<Record<string, Drawer>> = {
  moon: drawMoon,
  sun: drawSun,
  sunrise: drawSunrise,
  sunset: drawSunset,
  star: drawStar,
  'starry-sky': drawStarrySky,
  'milky-way': drawMilkyWay,
  constellation: drawConstellation,
  planet: drawPlanet,
  earth: drawEarth,
  comet: drawComet,
  meteor: drawMeteor,
  aurora: drawAurora,
  cloud: drawCloud,
  rainbow: drawRainbow,
  sky: drawSky,
  nebula: drawNebula,
  eclipse: drawEclipse,
  'black-hole': drawBlackHole,
  universe: drawUniverse,
  rain: drawRain,
  snow: drawSnow,
  mist: drawMist,
  wind: drawWind,
  storm: drawStorm,
  lightning: drawLightning,
  frost: drawFrost,
  dew: drawDew,
  sandstorm: drawSandstorm,
  tornado: drawTornado,
  hail: drawHail,
  icicle: drawIcicle,
};

export const HEAVENS_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = { sky: drawCloud, weather: drawMist };

export { veil } from './shining.ts';
