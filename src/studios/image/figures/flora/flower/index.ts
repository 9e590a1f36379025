/** Drawers of flowers by element. */
import type { Drawer, Shape } from '../../types.ts';
import { type Bed, bedOf, type Seat, settle } from '../growth/bed.ts';
import { drawBranch } from './branch.ts';
import { drawBouquet, drawCatkin, drawDandelion, drawFallenPetals } from './loose.ts';
import { drawLotus } from './lotus.ts';
import { drawOrchid } from './orchid.ts';
import { SPECIES, type Species } from './species.ts';
import { drawDrift, drawStalks } from './stalk.ts';
import { drawMorningGlory, drawWisteria } from './trailing.ts';

type Draw = (bed: Bed) => Shape[];

/** A drawer from a way of growing: on the ground in spread petals when fallen. */
function drawerOf(draw: Draw, species: Species | undefined, seat: Seat = 'foot'): Drawer {
  return (placed, context) => {
    const bed = bedOf(placed, context);
    const loose = species && placed.states.includes('fallen');
    return loose ? drawFallenPetals(species, bed) : settle(draw(bed), placed.box, seat);
  };
}

const WAYS = { branch: drawBranch, drift: drawDrift, stalks: drawStalks };

const OF_TABLE = Object.fromEntries(
  Object.entries(SPECIES).map(([id, species]) => [
    id,
    drawerOf(
      (bed) => WAYS[species.habit === 'branch' ? 'branch' : bed.rooted ? 'drift' : 'stalks'](species, bed),
      species,
    ),
  ]),
);

export const FLOWERS: Readonly<Record<string, Drawer>> = {
  ...OF_TABLE,
  lotus: drawerOf(drawLotus, SPECIES.lotus),
  orchid: drawerOf(drawOrchid, SPECIES.orchid),
  wisteria: drawerOf(drawWisteria, SPECIES.wisteria, 'top'),
  'morning-glory': drawerOf(drawMorningGlory, SPECIES['morning-glory']),
  dandelion: drawerOf(drawDandelion, SPECIES.dandelion),
  catkin: (placed, context) => drawCatkin(bedOf(placed, context)),
  bouquet: drawerOf(drawBouquet, SPECIES.rose),
};
