/** Drafting of made things: a pen in the units of a drawing, paths, paints, drawings as data. */
export { type Paint, type PaintName, paintOf } from './paint.ts';
export { parsePath } from './path.ts';
export { createPen, type Design, type Drawn, drawnIn, type FillOptions, type LineOptions, type Pen } from './pen.ts';
export { type DrawingSheet, drawerOf, drawersOf, drawParts } from './sheet.ts';
