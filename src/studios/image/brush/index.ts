/** Brushes, washes and paper: what ink and watercolour painters share. */
export { type BrushStroke, drawBrush, type Grain } from './bristles.ts';
export { createGlaze, type Glaze, glazeBitmap, glazeLayer, lift, type Pigment, pigmentOf, stain } from './glaze.ts';
export { filledPatch, type Patch, patchAround, type Sheet } from './patch.ts';
export { createGrain, type PaperLook, paperBitmap } from './sheet-of-paper.ts';
export { type WashOptions, washed } from './wash.ts';
