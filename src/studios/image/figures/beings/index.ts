/** Drawers of beings by element, and of all others; those with the body of a person, beast or bird are in their rooms. */
import type { Placed } from '../../composition/index.ts';
import { creaturesOf } from '../anatomy/index.ts';
import { PEOPLE } from '../people/index.ts';
import type { Drawer } from '../types.ts';
import table from './beings.table.json' with { type: 'json' };

export const BEINGS: Readonly<Record<string, Drawer>> = creaturesOf(table);

export const BEING_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = { being: PEOPLE.immortal! };
