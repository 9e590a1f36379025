/** Drawers of buildings by element, and of all other buildings. */
import type { Placed } from '../../composition/index.ts';
import { drawersOf } from '../drafting/index.ts';
import type { Drawer } from '../types.ts';
import { drawBridge } from './bridge.ts';
import {
  drawCorridor,
  drawHall,
  drawPagoda,
  drawPalace,
  drawPavilion,
  drawRoofAlone,
  drawTemple,
  drawTower,
} from './chinese.ts';
import { drawCity, drawSkyscraper } from './city.ts';
import { drawCourtyard, drawHut, drawVillage } from './dwellings.ts';
import { drawFerrisWheel } from './ferris-wheel.ts';
import { drawArchway, drawGate, drawPass } from './gates.ts';
import { drawGardenWall, drawGreatWall } from './walls.ts';
import western from './western.table.json' with { type: 'json' };

export const BUILT: Readonly<Record<string, Drawer>> = {
  ...drawersOf(western),
  pavilion: drawPavilion,
  temple: drawTemple,
  pagoda: drawPagoda,
  tower: drawTower,
  palace: drawPalace,
  gate: drawGate,
  archway: drawArchway,
  pass: drawPass,
  hall: drawHall,
  courtyard: drawCourtyard,
  corridor: drawCorridor,
  roof: drawRoofAlone,
  hut: drawHut,
  village: drawVillage,
  city: drawCity,
  skyscraper: drawSkyscraper,
  bridge: drawBridge,
  wall: drawGardenWall,
  'great-wall': drawGreatWall,
  'ferris-wheel': drawFerrisWheel,
};

/** Whoever has no drawer of its own is a hall. */
export const BUILT_KINDS: Readonly<Partial<Record<Placed['kind'], Drawer>>> = { building: drawHall };

export { block } from './frame.ts';
