/** What painters behind an address have in common. */
export { layKept, maskOf, planesOf, pngOf } from './planes.ts';
export { refuseStrange, seedOf, sizeOf, type Weighting, wordsOf } from './wish.ts';
