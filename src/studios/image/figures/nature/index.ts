/** Drawers of nature by element and by kind. */
import type { Placed } from '../../composition/index.ts';
import type { Drawer } from '../types.ts';
import { drawDistantMountain, drawMountain, drawMountainRange, drawVolcano } from './land/mountain.ts';
import { drawGrave, drawRuins } from './land/remains.ts';
import { drawHill, drawIsland, drawOasis, drawValley } from './land/slopes.ts';
import { drawCanyon, drawCave, drawCliff } from './land/walls.ts';

export const NATURE: Readonly<Record<string, Drawer>> = {
  mountain: drawMountain,
  peak: drawMountain,
  'mountain-range': drawMountainRange,
  'distant-mountain': drawDistantMountain,
  volcano: drawVolcano,
  hill: drawHill,
  valley: drawValley,
  island: drawIsland,
  oasis: drawOasis,
  cliff: drawCliff,
  canyon: drawCanyon,
  cave: drawCave,
  ruins: drawRuins,
  grave: drawGrave,
};

export const NATURE_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = { land: drawMountain };
