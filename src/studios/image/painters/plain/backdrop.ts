/** The backdrop: sky above the horizon, ground below it, or a quiet wall behind one near subject. */
import type { Composition } from '../../composition/index.ts';
import {
  type Bitmap,
  createBitmap,
  fromOklab,
  type Noise,
  parseHex,
  type Triple,
  toOklab,
} from '../../raster/index.ts';
import type { Air } from './air.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** An opaque bitmap; `scale` pixels to a unit. */
export function backdropBitmap(
  composition: Composition,
  air: Air,
  { width, height }: Size,
  scale: number,
  noise: Noise,
): Bitmap {
  const bitmap = createBitmap(width, height);
  const horizon = composition.horizon * scale;
  const near = horizon > height;
  const colours = (near ? wallOf(composition, air) : [air.top, air.low, air.groundFar, air.groundNear]).map((hex) =>
    toOklab(parseHex(hex)),
  );
  for (let y = 0, at = 0; y < height; y++) {
    const [from, to, share] = near
      ? [colours[0]!, colours[1]!, y / height]
      : y < horizon
        ? [colours[0]!, colours[1]!, (y / horizon) ** 1.3]
        : [colours[2]!, colours[3]!, ((y - horizon) / Math.max(1, height - horizon)) ** 0.7];
    for (let x = 0; x < width; x++, at += 4) {
      const cloud = near ? 0.03 : y < horizon ? 0.018 : 0.03;
      const size = (near ? 240 : y < horizon ? 300 : 60 + 120 * share) * scale;
      const wobble = cloud * noise(x / size, (y / size) * (near ? 1 : 3));
      const mixed = from.map((value, i) => value + (to[i]! - value) * share) as unknown as Triple;
      const [r, g, b] = fromOklab([mixed[0] + wobble, mixed[1], mixed[2]]);
      bitmap.data[at] = r;
      bitmap.data[at + 1] = g;
      bitmap.data[at + 2] = b;
      bitmap.data[at + 3] = 255;
    }
  }
  return bitmap;
}

function wallOf({ hour, light, palette }: Composition, air: Air): string[] {
  return hour === 'night' || light.source === 'moon' ? [air.top, air.low] : [palette.ground, palette.ground];
}
