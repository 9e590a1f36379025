/** Plain opaque colour. */
export { type Air, airOf, litColour, shadeHex } from './air.ts';
export { type Firmament, firmamentOf } from './firmament.ts';
export { reflected } from './render-figure.ts';
export { type PlainLook, renderPlain } from './render-plain.ts';
