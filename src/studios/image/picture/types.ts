/** A picture: layers over one another, as artists know them from their programs. */
import type { Bilingual } from '../../../kernel/index.ts';
import type { Bitmap } from '../raster/index.ts';

/** Modes that both OpenRaster and PSD know. */
export type Blend = 'normal' | 'multiply' | 'screen' | 'overlay' | 'soft-light' | 'darken' | 'lighten' | 'plus';

export interface Layer {
  /** Unique in the picture: `ground`, `willow-2`. */
  readonly id: string;
  readonly names: Bilingual;
  /** May be smaller than the picture. */
  readonly bitmap: Bitmap;
  /** Top left of the bitmap on the picture, in pixels. */
  readonly x: number;
  readonly y: number;
  /** 0–1; default 1. */
  readonly opacity?: number;
  /** Default normal. */
  readonly blend?: Blend;
  readonly visible?: boolean;
  /** Names of placed things that are seen on it. */
  readonly shows?: readonly string[];
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Bottom first. */
  readonly layers: readonly Layer[];
  /** Plain data kept in the file: scene, composition, painter, options, seed. */
  readonly about: Readonly<Record<string, unknown>>;
}
