/** Pixels: bitmaps, fields, colours, coverage, noise. */
export { type Bitmap, createBitmap, cropBitmap, filledBitmap, opaqueBox, type PixelBox } from './bitmap.ts';
export { formatHex, fromOklab, mixHex, parseHex, type Triple, toChannel, toLinear, toOklab } from './colour.ts';
export { drawStroke, fillPolygon, type Point, type RoundStroke } from './coverage.ts';
export { blurField, createField, type Field, sampleField } from './field.ts';
export { createNoise, fractal, type Noise } from './noise.ts';
