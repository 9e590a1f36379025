/** Drawers of things, food and lights by element, and of all others of these kinds. */
import type { Placed } from '../../composition/index.ts';
import { drawerOf, drawersOf } from '../drafting/index.ts';
import type { Drawer } from '../types.ts';
import food from './food.table.json' with { type: 'json' };
import { FRUITS } from './fruit.ts';
import { LIGHTS } from './light.ts';
import { drawRock } from './rock.ts';
import table from './things.table.json' with { type: 'json' };

export const THINGS: Readonly<Record<string, Drawer>> = {
  ...drawersOf(table),
  ...drawersOf(food),
  ...FRUITS,
  ...LIGHTS,
  rock: drawRock,
};

/** Unknown things are a box, unknown food a bowl of fruit, unknown lights a lantern. */
export const THING_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = {
  thing: drawerOf(table.box),
  food: drawerOf(food.fruit),
  light: LIGHTS.lantern!,
};
