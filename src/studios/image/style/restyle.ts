/**
 * One picture in the manner of another, without pretrained weights: patches of the style, from coarse to fine, put where the content is most
 * like them (Granot et al. 2022, patch nearest neighbours; Elad and Milanfar 2017, style transfer via texture synthesis).
 *
 *   content in the style's colours ─▶ coarse: nearest patches, vote ─▶ blended with the content ─▶ finer … ─▶ full size
 */
import type { Random } from '../../../core/index.ts';
import type { Bitmap } from '../raster/index.ts';
import { transferColours } from './colour-transfer.ts';
import { matchPatches, REACH, vote } from './patch-match.ts';
import { bitmapOfPlanes, type Planes, planesOf, resizePlanes } from './planes.ts';

export interface RestyleOptions {
  /** 0 the content in new colours … 1 little but the style; default 0.6. */
  readonly strength?: number;
  /** Whether the content keeps its colours; default false. */
  readonly keepColours?: boolean;
  readonly random: Random;
  breathe(): Promise<void>;
  progress(done: number): void;
}

/** Sides of the scales, coarse to fine; larger pictures end with their own. */
const SCALES = [64, 112, 192, 320];
const PASSES = 2;

/** Restyled at the content's size. Both bitmaps opaque, at least 16 pixels a side. */
export async function restyle(content: Bitmap, style: Bitmap, options: RestyleOptions): Promise<Bitmap> {
  const { strength = 0.6, keepColours = false, random, breathe, progress } = options;
  const manner = keepColours ? transferColours(style, content, random.fork('style-colours')) : style;
  const base = planesOf(keepColours ? content : transferColours(content, style, random.fork('colours')));
  const keys = planesOf(manner);
  const longest = Math.max(content.width, content.height);
  const scales = [...SCALES.filter((side) => side < longest * 0.9), longest];
  let current: Planes | undefined;
  for (const [i, side] of scales.entries()) {
    const [own, theirs] = [fitted(base, side), fitted(keys, side)];
    // What the coarser scale found, held to the content the more the less the style is wanted.
    let image = current ? blend(resizePlanes(current, own.width, own.height), own, (1 - strength) * 0.8) : own;
    for (let pass = 0; pass < (i === scales.length - 1 ? 1 : PASSES); pass++) {
      const matches = matchPatches(image, theirs, random.fork(`${i}/${pass}`), 4);
      await breathe();
      image = vote(matches, theirs, own.width, own.height);
      await breathe();
    }
    current = blend(image, own, (1 - strength) * 0.35);
    progress((i + 1) / scales.length);
  }
  return bitmapOfPlanes(current!);
}

/** Scaled so that the longer side has `side` pixels, never less than a patch. */
function fitted(planes: Planes, side: number): Planes {
  const scale = side / Math.max(planes.width, planes.height);
  const least = 2 * REACH + 2;
  return resizePlanes(
    planes,
    Math.max(least, Math.round(planes.width * scale)),
    Math.max(least, Math.round(planes.height * scale)),
  );
}

function blend(a: Planes, b: Planes, share: number): Planes {
  return { ...a, data: a.data.map((value, i) => value + (b.data[i]! - value) * share) };
}
