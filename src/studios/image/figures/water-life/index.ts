/** Drawers of what lives in water by element, and of all other fish. */
import type { Placed } from '../../composition/index.ts';
import { creaturesOf } from '../anatomy/index.ts';
import type { Drawer } from '../types.ts';
import fishes from './fishes.table.json' with { type: 'json' };

export const WATER_LIFE: Readonly<Record<string, Drawer>> = creaturesOf(fishes);

export const WATER_LIFE_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = { fish: WATER_LIFE.fish! };
