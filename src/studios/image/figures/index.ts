/** Figures: what things look like, before a brush is chosen. */
export { drawFigure, figureBounds, hasDrawer } from './draw-figure.ts';
export type { Drawer, DrawingContext, Figure, Material, Shape, Stroke, StrokeRole, Texture } from './types.ts';
