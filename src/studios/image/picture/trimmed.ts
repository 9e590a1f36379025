/** Layers as small as they can be kept. */
import { cropBitmap, opaqueBox } from '../raster/index.ts';
import type { Layer } from './types.ts';

/** A layer without its transparent margins; one pixel of one that is all transparent. */
export function trimmed(layer: Layer): Layer {
  const box = opaqueBox(layer.bitmap) ?? { x: 0, y: 0, width: 1, height: 1 };
  return { ...layer, bitmap: cropBitmap(layer.bitmap, box), x: layer.x + box.x, y: layer.y + box.y };
}
