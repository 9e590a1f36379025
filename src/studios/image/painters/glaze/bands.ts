/** The sheets of glaze that a painting is made on: one for every element, farthest first, fewer where the picture is very large. */
import type { Bilingual } from '../../../../kernel/index.ts';
import { createGlaze, type Glaze, lift, type Patch, type Sheet } from '../../brush/index.ts';
import type { Figure } from '../../figures/types.ts';
import { groupFigures, layerNames } from '../group-figures.ts';

export interface Band {
  readonly id: string;
  readonly names: Bilingual;
  readonly glaze: Glaze;
  readonly figures: readonly Figure[];
}

/** Floats that all glazes together may hold: 400 MB. */
const MOST_FLOATS = 100e6;
const MOST_BANDS = 12;

/** Figures grouped by element, in order of depth; where there are too many the farthest share. */
export function createBands(figures: readonly Figure[], sheet: Sheet): Band[] {
  const most = Math.max(2, Math.min(MOST_BANDS, Math.floor(MOST_FLOATS / (sheet.width * sheet.height * 3))));
  const groups = groupFigures(figures, most);
  const names = layerNames(groups);
  return groups.map((own, i) => ({
    id: `${i + 1}-${own[0]!.placed.name}`,
    names: names[i]!,
    glaze: createGlaze(sheet),
    figures: own,
  }));
}

/** Takes away, in all bands up to one, what a patch hides. */
export function hide(bands: readonly Band[], upTo: number, patch: Patch, share: number): void {
  for (let i = 0; i <= upTo; i++) lift(bands[i]!.glaze, patch, share);
}
