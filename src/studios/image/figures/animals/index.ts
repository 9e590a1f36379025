/** Drawers of animals by element, and of all other animals. */
import type { Placed } from '../../composition/index.ts';
import { creaturesOf } from '../anatomy/index.ts';
import type { Drawer } from '../types.ts';
import { BUILDS } from './build.ts';
import { quadruped } from './quadruped.ts';
import special from './special.table.json' with { type: 'json' };

const quadrupeds = Object.fromEntries(Object.keys(BUILDS).map((id) => [id, quadruped(id)!]));

export const ANIMALS: Readonly<Record<string, Drawer>> = { ...quadrupeds, ...creaturesOf(special) };

/** Whoever has no drawer of its own is a dog. */
export const ANIMAL_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = { animal: quadrupeds.dog! };

export { BUILDS } from './build.ts';
export { drawBeast } from './quadruped.ts';
