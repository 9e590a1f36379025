/** Drawers of flowers and plants by element and by kind. */
import type { Placed } from '../../composition/index.ts';
import type { Drawer } from '../types.ts';
import { FLOWERS } from './flower/index.ts';
import { PLANTS } from './plant/index.ts';

export const FLORA: Readonly<Record<string, Drawer>> = { ...PLANTS, ...FLOWERS };

export const FLORA_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = {
  flower: FLOWERS.flower!,
  plant: PLANTS.grass!,
};
