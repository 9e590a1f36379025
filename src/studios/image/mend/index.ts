/** Mending of pictures: holes filled from the rest, edges gone beyond, small made large. */
export { addLayer } from './add-layer.ts';
export { coloursBehind } from './behind.ts';
export { bitmapOf, type Colours, coloursOf, grow, type Holes } from './colours.ts';
export { type CompleteOptions, complete } from './complete.ts';
export { type EnlargeOptions, enlargeByModel } from './enlarge.ts';
export { enlargeByLanczos } from './lanczos.ts';
export { addBoxes, holesOf } from './mask.ts';
export { fillMembrane } from './membrane.ts';
