/** What works of this studio are. */

/** Medium of all works of this studio. */
export const PICTURE = 'picture';

/** Type of their bytes. */
export const OPEN_RASTER = 'image/openraster';
