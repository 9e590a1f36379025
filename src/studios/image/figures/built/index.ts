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
import { drawJiangnanHouse, drawJiangnanRow } from './jiangnan.ts';
import { drawGardenWall, drawGreatWall } from './walls.ts';
import western from './western.table.json' with { type: 'json' };

const WESTERN = drawersOf(western);

/** What is drawn otherwise where it stands in Jiangnan, or in an old Chinese picture. */
const styled =
  (usual: Drawer, inJiangnan: Drawer, inChina: Drawer = usual): Drawer =>
  (placed, context) => {
    const draw = placed.states.includes('jiangnan') ? inJiangnan : placed.states.includes('chinese') ? inChina : usual;
    return draw(placed, context);
  };

export const BUILT: Readonly<Record<string, Drawer>> = {
  ...WESTERN,
  house: styled(WESTERN.house!, drawJiangnanHouse, drawHall),
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
  village: styled(drawVillage, drawJiangnanRow),
  shop: styled(WESTERN.shop ?? drawHall, drawJiangnanHouse, drawHall),
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
