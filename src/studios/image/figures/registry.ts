/** Which drawer draws what: by element, and by kind for all others. */
import { ABSTRACT, ABSTRACT_KINDS } from './abstract/index.ts';
import { ANIMAL_KINDS, ANIMALS } from './animals/index.ts';
import { BEING_KINDS, BEINGS } from './beings/index.ts';
import { BIRD_KINDS, BIRDS } from './birds/index.ts';
import { BUILT, BUILT_KINDS } from './built/index.ts';
import { FLORA, FLORA_KINDS } from './flora/index.ts';
import { GROUND } from './ground/index.ts';
import { HEAVENS, HEAVENS_KINDS } from './heavens/index.ts';
import { INSECT_KINDS, INSECTS } from './insects/index.ts';
import { NATURE, NATURE_KINDS } from './nature/index.ts';
import { PEOPLE, PEOPLE_KINDS } from './people/index.ts';
import { THING_KINDS, THINGS } from './things/index.ts';
import { TREES, TREES_KINDS } from './trees/index.ts';
import type { Drawer } from './types.ts';
import { VEHICLE_KINDS, VEHICLES } from './vehicles/index.ts';
import { WATER_LIFE, WATER_LIFE_KINDS } from './water-life/index.ts';
import { WATERS, WATERS_KINDS } from './waters/index.ts';

export const DRAWERS: Readonly<Record<string, Drawer>> = {
  ...ANIMALS,
  ...INSECTS,
  ...BEINGS,
  ...WATER_LIFE,
  ...BIRDS,
  ...PEOPLE,
  ...GROUND,
  ...TREES,
  ...HEAVENS,
  ...WATERS,
  ...NATURE,
  ...FLORA,
  ...BUILT,
  ...VEHICLES,
  ...THINGS,
  ...ABSTRACT,
};

export const KINDS: Readonly<Record<string, Drawer>> = {
  ...ANIMAL_KINDS,
  ...INSECT_KINDS,
  ...BEING_KINDS,
  ...WATER_LIFE_KINDS,
  ...BIRD_KINDS,
  ...PEOPLE_KINDS,
  ...TREES_KINDS,
  ...HEAVENS_KINDS,
  ...WATERS_KINDS,
  ...NATURE_KINDS,
  ...FLORA_KINDS,
  ...BUILT_KINDS,
  ...VEHICLE_KINDS,
  ...THING_KINDS,
  ...ABSTRACT_KINDS,
};
