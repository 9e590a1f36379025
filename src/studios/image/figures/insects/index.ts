/** Drawers of insects and their like by element, and of all others. */
import type { Placed } from '../../composition/index.ts';
import { creaturesOf } from '../anatomy/index.ts';
import type { Drawer } from '../types.ts';
import table from './insects.table.json' with { type: 'json' };

export const INSECTS: Readonly<Record<string, Drawer>> = creaturesOf(table);

export const INSECT_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = { insect: INSECTS.butterfly! };
