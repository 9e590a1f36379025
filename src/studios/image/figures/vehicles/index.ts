/** Drawers of vehicles by element, and of all other vehicles. */
import type { Placed } from '../../composition/index.ts';
import { drawerOf, drawersOf } from '../drafting/index.ts';
import type { Drawer } from '../types.ts';
import { drawTrain } from './train.ts';
import table from './vehicles.table.json' with { type: 'json' };

export const VEHICLES: Readonly<Record<string, Drawer>> = { ...drawersOf(table), train: drawTrain };

/** Whoever has no drawer of its own is a cart. */
export const VEHICLE_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = { vehicle: drawerOf(table.cart) };
