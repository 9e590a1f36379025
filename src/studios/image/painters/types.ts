/** Painters: one manner each. All get the same composition and figures and give a picture in layers. */
import type { Random } from '../../../core/index.ts';
import type { Bilingual } from '../../../kernel/index.ts';
import type { Composition } from '../composition/types.ts';
import type { Figure } from '../figures/types.ts';
import type { Layer } from '../picture/types.ts';
import type { Bitmap } from '../raster/index.ts';

export interface PaintJob {
  readonly composition: Composition;
  /** Farthest first. */
  readonly figures: readonly Figure[];
  /** Pixels; the ratio is that of the composition within a pixel. */
  readonly width: number;
  readonly height: number;
  /** Pixels to a unit. */
  readonly scale: number;
  readonly random: Random;
  /** The painter's own wishes, checked by its `options`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Await it between figures: lets events and cancellation through. */
  breathe(): Promise<void>;
  /** 0–1. */
  progress(done: number): void;
  /** Shows what is there, seldom (a few times a picture). */
  preview?(bitmap: Bitmap): void;
}

/** A picture that is there already, and what a painter needs to go over it. */
export interface RepaintJob extends Pick<PaintJob, 'random' | 'options' | 'breathe' | 'progress'> {
  /** Opaque. */
  readonly motif: Bitmap;
  /** Pixels to a thousandth of its shorter side. */
  readonly scale: number;
}

export interface Painter {
  readonly id: string;
  readonly names: Bilingual;
  readonly summary: Bilingual;
  /** Bottom first. One layer per figure or group of figures, paper and inscription apart, each with its name. */
  paint(job: PaintJob): Promise<readonly Layer[]>;
  /** Goes over any picture, such as a photograph, in its manner; absent where it needs to know what it paints. Bottom first. */
  repaint?(job: RepaintJob): Promise<readonly Layer[]>;
}
