/** Letters as layers. */
import { patchAround } from '../brush/index.ts';
import type { Layer } from '../picture/types.ts';
import { type Bitmap, createBitmap, fillPolygon, type Point } from '../raster/index.ts';
import type { Sheet } from './sheet.ts';
import type { Role, SetText } from './types.ts';

/** Names of the layers. */
const NAMES: Readonly<Record<Role, Layer['names']>> = {
  title: { en: 'title', zh: '题目' },
  subtitle: { en: 'subtitle', zh: '副题' },
  author: { en: 'author', zh: '作者' },
  date: { en: 'date', zh: '日期' },
  lines: { en: 'lines', zh: '正文' },
};

/** A set text as a layer of its own. */
export function layType({ role, letters, ink, colour }: SetText, sheet: Sheet): Layer {
  const { scale, bleed, pixels } = sheet;
  const x = Math.max(0, Math.floor((ink.x + bleed) * scale) - 1);
  const y = Math.max(0, Math.floor((ink.y + bleed) * scale) - 1);
  const width = Math.min(pixels[0] - x, Math.ceil(ink.width * scale) + 3);
  const height = Math.min(pixels[1] - y, Math.ceil(ink.height * scale) + 3);
  const bitmap = createBitmap(width, height);
  for (let at = 0; at < bitmap.data.length; at += 4) bitmap.data.set([...colour, 0], at);
  for (const outlines of letters) {
    fillLetter(
      bitmap,
      outlines.map((line) => line.map(([px, py]): Point => [(px + bleed) * scale - x, (py + bleed) * scale - y])),
    );
  }
  return { id: role, names: NAMES[role], bitmap, x, y };
}

function fillLetter(bitmap: Bitmap, outlines: readonly (readonly Point[])[]): void {
  const patch = patchAround(outlines.flat(), 1, bitmap);
  if (!patch) return;
  const { x: left, y: top, field } = patch;
  fillPolygon(
    field,
    outlines.map((line) => line.map(([x, y]): Point => [x - left, y - top])),
  );
  for (let i = 0; i < field.data.length; i++) {
    const at = ((top + Math.floor(i / field.width)) * bitmap.width + left + (i % field.width)) * 4 + 3;
    const alpha = 255 * field.data[i]!;
    if (alpha > bitmap.data[at]!) bitmap.data[at] = alpha;
  }
}
