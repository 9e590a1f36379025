/** Sketches: made ready for a network that paints, and painted by it. */
export { layGrain } from './lay-grain.ts';
export { bitmapOf, paintByNetwork } from './paint-by-network.ts';
export { type ReadySketch, readySketch, widthOfLines } from './ready-sketch.ts';
export { type Sealed, sealOn } from './seal.ts';
