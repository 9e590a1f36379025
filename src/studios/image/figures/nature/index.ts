/** Drawers of nature by element and by kind. */
import type { Placed } from '../../composition/index.ts';
import type { Drawer } from '../types.ts';
import { drawDistantMountain, drawMountain, drawMountainRange, drawVolcano } from './land/mountain.ts';

export const NATURE: Readonly<Record<string, Drawer>> = {
  mountain: drawMountain,
  peak: drawMountain,
  'mountain-range': drawMountainRange,
  'distant-mountain': drawDistantMountain,
  volcano: drawVolcano,
};

export const NATURE_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = { land: drawMountain };
