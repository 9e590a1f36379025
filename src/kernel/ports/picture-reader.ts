/** The port to whoever opens picture files that the artist brings. Foreign files are opened where they can do no harm. */

/** A picture as pixels: RGBA, 8 bits a channel, sRGB, upright, alpha not multiplied in, row by row from the top left. */
export interface ReadPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
  /** What the file was, by its content: `png`, `jpeg`, `webp` … */
  readonly format: string;
  /** Texts that lay in the file, such as `parameters` of an image generator, by their keys. */
  readonly texts: Readonly<Record<string, string>>;
}

export interface ReadPictureOptions {
  /** Larger pictures are made smaller to so many pixels on the longer side; default 4096. */
  readonly longest?: number;
  readonly signal?: AbortSignal;
}

export interface PictureReader {
  /** Throws `pictures/…` for files that are no pictures, broken, too large, or not to be trusted; `core/cancelled`. */
  read(bytes: Uint8Array, options?: ReadPictureOptions): Promise<ReadPicture>;
}
