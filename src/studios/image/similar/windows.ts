/** The windows of a picture that are compared: the whole, and parts of it at three sizes, so that a crop finds what it was cut from. */

/** A part of a picture, in shares of its sides. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** The whole first. */
export const WINDOWS: readonly Window[] = [
  { x: 0, y: 0, size: 1 },
  ...gridOf(0.8, 3),
  ...gridOf(0.6, 3),
  ...gridOf(0.4, 3),
];

function gridOf(size: number, rows: number): Window[] {
  const step = (1 - size) / (rows - 1);
  return Array.from({ length: rows * rows }, (_, i) => ({
    x: (i % rows) * step,
    y: Math.floor(i / rows) * step,
    size,
  }));
}
