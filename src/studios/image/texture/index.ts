/** Surfaces: pictures that go on without a seam, and more of the same. */
export { makeTile, sideBeforeCut, type TileOptions } from './make-tile.ts';
export { measureSeam, repeatTile, type Seam } from './measure-seam.ts';
export { type QuiltOptions, quilt } from './quilt.ts';
