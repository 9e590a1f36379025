/** Washes: wet colour in an area, its edge feathered by the paper, darker at its rim, uneven as it dries. */
import { blurField, createField, type Field, type Noise, sampleField } from '../raster/index.ts';
import type { Patch } from './patch.ts';

export interface WashOptions {
  /** Pixels over which the edge is lost. */
  readonly softness: number;
  /** Pixels by which the paper pulls the edge about. */
  readonly feather: number;
  /** 0 none … 1: pigment gathers at the rim as the wash dries. */
  readonly rim: number;
  /** 0 even … 1 cloudy. */
  readonly unevenness: number;
  /** How dense at a place (pixels on the sheet), 0–1; 1 everywhere when absent. */
  readonly gradient?: ((x: number, y: number) => number) | undefined;
  readonly noise: Noise;
  /** Pixels of one feature of unevenness. */
  readonly size: number;
}

/** A mask as a wash: a new patch of the same size. */
export function washed({ x: left, y: top, field }: Patch, options: WashOptions): Patch {
  const { softness, feather, rim, unevenness, gradient, noise, size } = options;
  const torn = feather > 0 ? pulled(field, [left, top], feather, noise) : field;
  const soft = softness > 0.3 ? blurField(torn, softness) : torn;
  const inner = rim > 0 ? blurField(torn, Math.max(1.5, size / 14)) : undefined;
  const out = createField(field.width, field.height);
  for (let y = 0, at = 0; y < field.height; y++) {
    for (let x = 0; x < field.width; x++, at++) {
      const covered = soft.data[at]!;
      if (covered <= 0.002) continue;
      const cloud = unevenness > 0 ? 1 + unevenness * 0.8 * noise((x + left) / size, (y + top) / size) : 1;
      const gathered = inner ? 1 + rim * 1.6 * Math.max(0, 1 - inner.data[at]!) : 1;
      out.data[at] = covered * cloud * gathered * (gradient ? gradient(x + left, y + top) : 1);
    }
  }
  return { x: left, y: top, field: out };
}

/** The field with every point looked up a little aside. */
function pulled(field: Field, [left, top]: readonly [number, number], amount: number, noise: Noise): Field {
  const out = createField(field.width, field.height);
  const fine = Math.max(3, amount * 1.7);
  for (let y = 0, at = 0; y < field.height; y++) {
    for (let x = 0; x < field.width; x++, at++) {
      const [px, py] = [(x + left) / fine, (y + top) / fine];
      out.data[at] = sampleField(field, x + amount * noise(px, py), y + amount * noise(px + 57.1, py + 13.7));
    }
  }
  return out;
}
