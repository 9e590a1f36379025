/** What was filled as a layer over the picture, so that it can be taken away again. */

import type { Layer, Picture } from '../picture/index.ts';
import { createBitmap } from '../raster/index.ts';
import type { Colours, Holes } from './colours.ts';

/** The picture with one layer more, which shows the filled colours in the holes alone. */
export function addLayer(
  picture: Picture,
  filled: Colours,
  holes: Holes,
  { id, names }: Pick<Layer, 'id' | 'names'>,
): Picture {
  const bitmap = createBitmap(filled.width, filled.height);
  for (let at = 0; at < holes.data.length; at++) {
    if (!holes.data[at]) continue;
    for (let c = 0; c < 3; c++) bitmap.data[4 * at + c] = filled.data[3 * at + c]!;
    bitmap.data[4 * at + 3] = 255;
  }
  const taken = new Set(picture.layers.map((layer) => layer.id));
  let own = id;
  for (let n = 2; taken.has(own); n++) own = `${id}-${n}`;
  return { ...picture, layers: [...picture.layers, { id: own, names, bitmap, x: 0, y: 0 }] };
}
