/** Colours where a picture is transparent: what lies beside shines through, so that nothing dark bleeds in at soft edges. */
import type { Bitmap } from '../raster/index.ts';
import { type Colours, coloursOf } from './colours.ts';
import { fillMembrane } from './membrane.ts';

/** The colours of every pixel, those of all but transparent ones carried over from their neighbours. */
export function coloursBehind(bitmap: Bitmap): Colours {
  const { width, height, data } = bitmap;
  const holes = new Uint8Array(width * height);
  for (let i = 0; i < holes.length; i++) holes[i] = data[4 * i + 3]! < 8 ? 1 : 0;
  return fillMembrane(coloursOf(bitmap), { width, height, data: holes });
}
