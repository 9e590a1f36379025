/** Palettes: the colours of a picture, their names, harmonies of them, and the picture in other colours. */
export { drawSwatch } from './draw-swatch.ts';
export { extractPalette, type PaletteColour } from './extract.ts';
export { HARMONIES, type Harmony, harmonise, leadingColour } from './harmony.ts';
export { type ColourNames, nameColour } from './name-colour.ts';
export { type Recoloured, recolour } from './recolour.ts';
