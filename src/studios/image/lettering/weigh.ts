/**
 * One weight of a variable typeface packed as WOFF2. The font reader knows how to vary outlines (OpenType `gvar`) and how to unpack them (WOFF2
 * `glyf` transform), but not both at once; here the unpacked outlines are moved where they are kept, before anything is drawn from them.
 */
import type { Font } from 'fontkit';

interface Corner {
  endContour: boolean;
  copy(): Corner;
}

/** What the reader keeps of a WOFF2 file. */
interface Unpacked {
  variationCoords: readonly number[] | null;
  readonly _transformedGlyphs: readonly { points?: Corner[] }[];
  _transformGlyfTable(): void;
  readonly _variationProcessor: { transformPoints(glyph: number, points: Corner[]): void };
}

/** Left and right side, top and bottom, that OpenType adds to the points of every glyph. */
const PHANTOMS = 4;

/** Sets the weight of a font just opened. */
export function weigh(font: Font, weight: number): void {
  const unpacked = font as unknown as Unpacked;
  unpacked.variationCoords = [weight];
  unpacked._transformGlyfTable();
  for (const [i, glyph] of unpacked._transformedGlyphs.entries()) {
    const { points } = glyph;
    if (!points?.[0]) continue;
    const phantoms = Array.from({ length: PHANTOMS }, () => Object.assign(points[0]!.copy(), { endContour: true }));
    const all = [...points, ...phantoms];
    unpacked._variationProcessor.transformPoints(i, all);
    glyph.points = all.slice(0, points.length);
  }
}
