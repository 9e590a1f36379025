/** Drawers of people by element, and of all other people. */
import type { Placed } from '../../composition/index.ts';
import type { Drawer } from '../types.ts';
import { drawCouple, drawCrowd, drawFamily, drawLionDance, personOf } from './groups.ts';
import { ROLES } from './role.ts';

export const PEOPLE: Readonly<Record<string, Drawer>> = {
  ...Object.fromEntries(Object.entries(ROLES).map(([id, role]) => [id, personOf(role)])),
  couple: drawCouple,
  family: drawFamily,
  crowd: drawCrowd,
  dancers: drawLionDance,
};

/** Whoever has no drawer of its own is a person in a robe. */
export const PEOPLE_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = { person: personOf(ROLES.person!) };
