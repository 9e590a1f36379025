/**
 * One picture brought to the size and colours of a set: turned upright, laid over a colour where it is transparent,
 * resized with bars (letterbox) or by cutting the edges (crop), and its rows split into planes (C, H, W).
 */
import sharp, { type Sharp } from 'sharp';
import type { PictureSize } from './picture-set.ts';

/** How pictures are brought to one size. */
export interface FitOptions {
  /** Pixels. */
  readonly width: number;
  /** Pixels. Default: the width. */
  readonly height?: number;
  /** 1 grey or 3 colours. Default 3. */
  readonly channels?: 1 | 3;
  /** `letterbox` shows all of it between bars, `crop` fills the size from its middle. Default `letterbox`. */
  readonly fit?: 'letterbox' | 'crop';
  /** What shows through transparent parts and in the bars, `#rrggbb`. Default white. */
  readonly background?: string;
  /** How pixels are resized; `nearest` keeps pixel art sharp. Default `smooth`. */
  readonly resampling?: 'smooth' | 'nearest';
}

/** The size that the options ask for. */
export function sizeOf({ width, height = width, channels = 3 }: FitOptions): PictureSize {
  return { width, height, channels };
}

/** The bytes (C, H, W) of a picture at the size asked for. */
export async function fitPicture(picture: Sharp, options: FitOptions): Promise<Uint8Array> {
  const { fit = 'letterbox', background = '#ffffff', resampling = 'smooth' } = options;
  const { width, height, channels } = sizeOf(options);
  const sized = picture
    .resize(width, height, {
      fit: fit === 'crop' ? 'cover' : 'contain',
      background,
      kernel: resampling === 'nearest' ? 'nearest' : 'lanczos3',
    })
    .flatten({ background })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb');
  const { data, info } = await sized.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return toPlanes(data, info.channels, channels);
}

/** A picture of raw red, green, blue, alpha bytes, pixel by pixel. */
export function rawPicture(data: Uint8Array, width: number, height: number): Sharp {
  return sharp(data, { raw: { width, height, channels: 4 } });
}

/** Interleaved pixels to planes; missing colour planes repeat the first, further ones are left out. */
export function toPlanes(pixels: Uint8Array, from: number, to: number): Uint8Array {
  const area = pixels.length / from;
  const planes = new Uint8Array(area * to);
  for (let c = 0; c < to; c++) {
    const source = from < 3 ? 0 : c;
    for (let i = 0; i < area; i++) planes[c * area + i] = pixels[i * from + source]!;
  }
  return planes;
}
