/** Plain opaque colour. */
export { type Air, airOf, litColour, shadeHex } from './air.ts';
export { type PlainLook, renderPlain } from './render-plain.ts';
