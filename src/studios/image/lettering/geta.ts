/** 〓, the turned sort that printers set where a character is missing: it is seen that something stands there. */
import type { Point } from '../raster/index.ts';
import type { Glyph } from './outlines.ts';

const bar = (top: number): Point[] => [
  [0.08, top],
  [0.92, top],
  [0.92, top + 0.16],
  [0.08, top + 0.16],
];

/** Two thick bars in the square of a character. */
export const GETA: Glyph = { outlines: [bar(-0.66), bar(-0.26)], advance: 1 };
