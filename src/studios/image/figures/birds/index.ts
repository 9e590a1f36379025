/** Drawers of birds by element, and of all other birds. */
import type { Placed } from '../../composition/index.ts';
import { creaturesOf } from '../anatomy/index.ts';
import type { Drawer } from '../types.ts';
import { birdOf } from './bird.ts';
import { PLUMAGES } from './plumage.ts';
import special from './special.table.json' with { type: 'json' };

export const BIRDS: Readonly<Record<string, Drawer>> = {
  ...Object.fromEntries(Object.entries(PLUMAGES).map(([id, plumage]) => [id, birdOf(plumage)])),
  ...creaturesOf(special),
};

/** Whoever has no drawer of its own is a small bird. */
export const BIRD_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = { bird: BIRDS.bird! };
