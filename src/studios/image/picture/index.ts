/** Pictures in layers, and the file they are kept in. */
export { flatten, layOver } from './flatten.ts';
export { aboutOf, mergedOf, outlineOf, readOpenRaster, writeOpenRaster } from './open-raster.ts';
export { decodePng, encodePng, resizeTo, shrink } from './png.ts';
export { writePsd } from './psd.ts';
export type { Blend, Layer, Picture } from './types.ts';
