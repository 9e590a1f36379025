/** The paper: formats and their sizes in units (shorter side 1000) and in pixels. */
import type { SceneWish } from '../../../kernel/index.ts';
import type { Composition } from './types.ts';

type Format = NonNullable<SceneWish['format']>;

const RATIOS: Readonly<Record<Format, number>> = {
  landscape: 4 / 3,
  portrait: 3 / 4,
  square: 1,
  scroll: 1 / 2.4,
  handscroll: 3,
  fan: 2,
  round: 1,
};

export interface Paper {
  readonly width: number;
  readonly height: number;
  readonly frame: Composition['frame'];
}

/** The paper of a format, or of pixels that were asked for. */
export function paperOf(format: Format | undefined, size?: readonly [number, number]): Paper {
  const ratio = size ? size[0] / size[1] : RATIOS[format ?? 'square'];
  const frame = format === 'fan' || format === 'round' ? format : 'rectangle';
  return ratio >= 1 ? { width: 1000 * ratio, height: 1000, frame } : { width: 1000, height: 1000 / ratio, frame };
}

/** Pixels of a paper whose longer side has `longest`. */
export function pixelsOf({ width, height }: Paper, longest: number): { width: number; height: number } {
  const scale = longest / Math.max(width, height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
