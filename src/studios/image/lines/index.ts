/** Lines: drawings cleaned, outlines taken out of pictures, and both as paths. */
export { drawLines, inkBitmap, type LineMode, type LineOptions } from './draw-lines.ts';
export { linesSvg, type TracedDrawing } from './lines-svg.ts';
export { type TracedPath, type TraceOptions, tracePaths } from './trace.ts';
