/** Masks: where a change goes, 0 nowhere … 1 wholly. */
import { type Bitmap, createBitmap } from '../raster/index.ts';
import { channelsOf, lumaOf, resizeChannels } from './channels.ts';

/** Lightness of a picture as a mask of this size; the picture is stretched. */
export function coverOf(picture: Bitmap, width: number, height: number): Float32Array {
  return lumaOf(resizeChannels(channelsOf(picture), width, height));
}

/** `over` where the mask is 1, `under` where it is 0; all of one size. */
export function paintWhere(under: Bitmap, over: Bitmap, mask: Float32Array): Bitmap {
  const out = createBitmap(under.width, under.height);
  for (let i = 0; i < out.data.length; i++) {
    const before = under.data[i]!;
    out.data[i] = before + (over.data[i]! - before) * mask[i >> 2]!;
  }
  return out;
}
