/** A small picture in characters: two pixels to each, the upper as the colour of ▀, the lower as its ground. */

/** Opaque pixels, RGBA. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Lines of a picture in true colour, one for two rows of pixels. */
export function halfBlocks({ width, height, data }: Pixels): string[] {
  const channels = (x: number, y: number): string => {
    const at = (Math.min(y, height - 1) * width + x) * 4;
    return `${data[at]};${data[at + 1]};${data[at + 2]}`;
  };
  return Array.from({ length: Math.ceil(height / 2) }, (_, row) => {
    const cells = Array.from(
      { length: width },
      (_, x) => `\u001b[38;2;${channels(x, row * 2)}m\u001b[48;2;${channels(x, row * 2 + 1)}m▀`,
    );
    return `${cells.join('')}\u001b[0m`;
  });
}
