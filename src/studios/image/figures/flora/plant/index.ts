/** Drawers of plants by element. */
import type { Drawer, Shape } from '../../types.ts';
import { type Bed, bedOf, type Seat, settle } from '../growth/bed.ts';
import { drawFern } from './fern.ts';
import { drawCorn, drawRice, drawWheat } from './grain.ts';
import { drawFallenLeaves, drawLeaves } from './leaves.ts';
import { drawCactus, drawCoral, drawDuckweed, drawMoss, drawMushroom, drawSeedling } from './low.ts';
import { drawArtemisia, drawClover, drawGrass, drawReeds, drawSeaGrass } from './meadow.ts';
import { drawBonsai, drawBush, drawGourd, drawVine } from './woody.ts';

const seated =
  (draw: (bed: Bed) => Shape[], seat: Seat = 'foot'): Drawer =>
  (placed, context) =>
    settle(draw(bedOf(placed, context)), placed.box, seat);

export const PLANTS: Readonly<Record<string, Drawer>> = {
  grass: seated(drawGrass),
  reed: seated(drawReeds),
  vine: seated(drawVine, 'top'),
  moss: seated(drawMoss),
  fern: seated(drawFern),
  duckweed: seated(drawDuckweed),
  leaf: seated(drawLeaves),
  'fallen-leaves': (placed, context) => drawFallenLeaves(bedOf(placed, context)),
  wheat: seated(drawWheat),
  'rice-plant': seated(drawRice),
  corn: seated(drawCorn),
  cactus: seated(drawCactus),
  mushroom: seated(drawMushroom),
  gourd: seated(drawGourd, 'top'),
  bush: seated(drawBush),
  bonsai: seated(drawBonsai),
  seedling: seated(drawSeedling),
  clover: seated(drawClover),
  coral: seated(drawCoral),
  'sea-grass': seated(drawSeaGrass),
  artemisia: seated(drawArtemisia),
};
