/** The sheet of a poster: its format in millimetres, in units, and in pixels with its bleed. */
import formats from './formats.table.json' with { type: 'json' };
import type { FormatName } from './types.ts';

export interface Sheet {
  /** Units of the trimmed sheet: the shorter side is 1000. */
  readonly width: number;
  readonly height: number;
  /** Units kept beyond every edge. */
  readonly bleed: number;
  readonly mmPerUnit: number;
  /** Pixels a unit. */
  readonly scale: number;
  /** Pixels with bleed. */
  readonly pixels: readonly [width: number, height: number];
}

export interface SheetOptions {
  readonly format: FormatName;
  /** Millimetres beyond the trim. */
  readonly bleed: number;
  /** Pixels an inch; decides the size where given. */
  readonly dpi?: number | undefined;
  /** Pixels of the longer trimmed side. */
  readonly longest: number;
}

/** The sheet of a format. */
export function sheetOf({ format, bleed, dpi, longest }: SheetOptions): Sheet {
  const [wide, tall] = formats[format].mm as [number, number];
  const mmPerUnit = Math.min(wide, tall) / 1000;
  const [width, height] = [wide / mmPerUnit, tall / mmPerUnit];
  const scale = dpi ? (mmPerUnit * dpi) / 25.4 : longest / Math.max(width, height);
  const beyond = bleed / mmPerUnit;
  const pixels = [Math.round((width + 2 * beyond) * scale), Math.round((height + 2 * beyond) * scale)] as const;
  return { width, height, bleed: beyond, mmPerUnit, scale, pixels };
}
