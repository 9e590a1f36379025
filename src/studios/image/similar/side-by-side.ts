/** Two pictures beside each other, framed where they are alike. */
import type { Layer, Picture } from '../picture/index.ts';
import { type Bitmap, createBitmap, filledBitmap, type Triple } from '../raster/index.ts';
import type { Match } from './compare.ts';
import type { Window } from './windows.ts';

const GAP = 16;
const GROUND: Triple = [236, 234, 230];
/** One colour a pair of parts. */
const FRAMES: readonly Triple[] = [
  [214, 60, 40],
  [32, 112, 190],
  [226, 156, 20],
  [40, 140, 80],
];

/** Bitmaps of one height on a ground, the first apart from the others; parts of `matches[i]` framed on the first and on the i-th other. */
export function sideBySide(
  one: Bitmap,
  others: readonly { readonly bitmap: Bitmap; readonly parts: readonly Match[] }[],
): Picture {
  const all = [one, ...others.map(({ bitmap }) => bitmap)];
  const width = all.reduce((sum, each) => sum + each.width + GAP, GAP);
  const height = Math.max(...all.map((each) => each.height)) + 2 * GAP;
  const ground: Layer = {
    id: 'ground',
    names: { en: 'ground', zh: '底' },
    bitmap: filledBitmap(width, height, GROUND),
    x: 0,
    y: 0,
  };
  let x = GAP;
  const layers = all.flatMap((bitmap, i): Layer[] => {
    const place = { x, y: GAP };
    x += bitmap.width + GAP;
    const parts =
      i === 0 ? (others[0]?.parts ?? []).map(({ here }) => here) : others[i - 1]!.parts.map(({ there }) => there);
    const names = i === 0 ? { en: 'picture', zh: '此画' } : { en: `alike ${i}`, zh: `相似 ${i}` };
    const shown: Layer = { id: i === 0 ? 'picture' : `alike-${i}`, names, bitmap, ...place };
    const frames: Layer = {
      id: `${shown.id}-parts`,
      names: { en: 'parts', zh: '相似处' },
      bitmap: framed(bitmap, parts),
      ...place,
    };
    return parts.length > 0 ? [shown, frames] : [shown];
  });
  return { width, height, layers: [ground, ...layers], about: {} };
}

function framed({ width, height }: Bitmap, parts: readonly Window[]): Bitmap {
  const bitmap = createBitmap(width, height);
  const thick = Math.max(2, Math.round(Math.min(width, height) / 90));
  for (const [i, { x, y, size }] of parts.entries()) {
    const [x0, y0] = [Math.round(x * width), Math.round(y * height)];
    const [x1, y1] = [Math.round((x + size) * width) - 1, Math.round((y + size) * height) - 1];
    const colour = FRAMES[i % FRAMES.length]!;
    for (let py = y0; py <= y1; py++) {
      for (let px = x0; px <= x1; px++) {
        if (Math.min(px - x0, x1 - px, py - y0, y1 - py) < thick)
          bitmap.data.set([...colour, 255], (py * width + px) * 4);
      }
    }
  }
  return bitmap;
}
