/** Waters by element and by kind. */
import type { Placed } from '../../composition/index.ts';
import type { Drawer } from '../types.ts';
import { drawBubble, drawPond, drawPuddle, drawUnderwater } from './basins.ts';
import { drawHarbour, drawIce, drawLake, drawReflection, drawRipple, drawSea, drawWater, drawWave } from './broad.ts';
import { drawFountain, drawSpring, drawWaterfall } from './falling-water.ts';
import { drawRapids, drawRiver, drawStream } from './running.ts';

export const WATERS: Readonly<Record<string, Drawer>> = {
  river: drawRiver,
  stream: drawStream,
  waterfall: drawWaterfall,
  lake: drawLake,
  sea: drawSea,
  underwater: drawUnderwater,
  pond: drawPond,
  spring: drawSpring,
  wave: drawWave,
  ripple: drawRipple,
  water: drawWater,
  ice: drawIce,
  rapids: drawRapids,
  puddle: drawPuddle,
  fountain: drawFountain,
  bubble: drawBubble,
  reflection: drawReflection,
  harbour: drawHarbour,
};

export const WATERS_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = { water: drawWater };
