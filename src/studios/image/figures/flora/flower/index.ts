/** Drawers of flowers by element. */
import type { Drawer } from '../../types.ts';
import { bedOf, settle } from '../growth/bed.ts';
import { drawBranch } from './branch.ts';
import { SPECIES, type Species } from './species.ts';
import { drawStalks } from './stalk.ts';

const drawerOf =
  (species: Species): Drawer =>
  (placed, context) => {
    const bed = bedOf(placed, context);
    return settle(species.habit === 'branch' ? drawBranch(species, bed) : drawStalks(species, bed), placed.box);
  };

export const FLOWERS: Readonly<Record<string, Drawer>> = Object.fromEntries(
  Object.entries(SPECIES).map(([id, species]) => [id, drawerOf(species)]),
);
