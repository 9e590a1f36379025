/**
 * One picture in the manner of another, without pretrained weights. From coarse to fine:
 *
 *   content in the style's colours ─▶ push its patches to be spread as the style's are ─▶ real patches of the style where they are most alike
 *        ─▶ push again … ─▶ what this scale changed goes on to the finer one
 *
 * Pushing (patch-distribution.ts) gives the whole the right mixture of patches, putting real ones in (Elad and Milanfar 2017; Granot et al. 2022)
 * gives each place true strokes. All the while the content's drawing is held as firmly as it slips (hold-edges.ts). Rejected: nearest patches
 * alone, which choose the calm patches over and over (patch distance 1.4–2.0 of colour transfer, now 0.4–0.6).
 */
import type { Random } from '../../../core/index.ts';
import type { Bitmap } from '../raster/index.ts';
import { bitmapOfChannels, type Channels, channelsOf, fitChannels, mapChannels, resizeChannels } from './channels.ts';
import { transferColours } from './colour-transfer.ts';
import { edgesOf, holdEdges, likenessOf } from './hold-edges.ts';
import { matchDistribution, SIDE } from './patch-distribution.ts';
import { matchPatches, vote } from './patch-match.ts';

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
const SCALES = [64, 128, 256];
const DIRECTIONS = 16;
const ROUNDS = 12;
const ROUNDS_AFTER = 4;

/** Restyled at the content's size. Both bitmaps opaque, at least 16 pixels a side. */
export async function restyle(content: Bitmap, style: Bitmap, options: RestyleOptions): Promise<Bitmap> {
  const { keepColours = false, random, progress } = options;
  const manner = keepColours ? transferColours(style, content, random.fork('style-colours')) : style;
  const coloured = keepColours ? content : transferColours(content, style, random.fork('colours'));
  const [drawing, base, keys] = [channelsOf(content), channelsOf(coloured), channelsOf(manner)];
  const longest = Math.max(content.width, content.height);
  const scales = [...SCALES.filter((side) => side < longest * 0.8), longest];
  let changed: Channels | undefined;
  for (const [i, side] of scales.entries()) {
    const own = fitChannels(base, side, SIDE);
    const picture = changed
      ? summed(own, resizeChannels(changed, own.width, own.height), 1)
      : fitChannels(base, side, SIDE);
    const scale = { picture, style: fitChannels(keys, side, SIDE), drawing: fitChannels(drawing, side, SIDE) };
    await paintScale(scale, i === 0 ? 0 : i === scales.length - 1 ? 1 : 2, options, random.fork(`scale-${i}`));
    changed = summed(picture, own, -1);
    progress((i + 1) / scales.length);
  }
  return bitmapOfChannels(summed(base, changed!, 1));
}

interface Scale {
  /** Changed in place. */
  readonly picture: Channels;
  readonly style: Channels;
  readonly drawing: Channels;
}

/** Pushed, then `passes` times given real patches of the style and pushed again. */
async function paintScale(
  { picture, style, drawing }: Scale,
  passes: number,
  { strength = 0.6, breathe }: RestyleOptions,
  random: Random,
): Promise<void> {
  const content = edgesOf(drawing);
  const wanted = 0.935 - 0.3 * strength;
  const afterRound = async (): Promise<void> => {
    const edges = edgesOf(picture);
    const slipped = Math.min(0.5, Math.max(0, 4 * (wanted - likenessOf(edges, content))));
    if (slipped > 0) holdEdges(picture, edges, content, slipped);
    for (const plane of picture.data) {
      for (let i = 0; i < plane.length; i++) plane[i] = Math.min(1, Math.max(0, plane[i]!));
    }
    await breathe();
  };
  const step = 0.5 * Math.min(1, 2 * strength);
  const push = (rounds: number, name: string): Promise<void> =>
    matchDistribution(picture, style, { directions: DIRECTIONS, rounds, step, random: random.fork(name), afterRound });
  await push(ROUNDS, 'push');
  for (let pass = 0; pass < passes; pass++) {
    const matches = matchPatches(picture, style, random.fork(`patches-${pass}`), 3);
    await breathe();
    const patched = vote(matches, style, picture.width, picture.height);
    blendInto(picture, patched, Math.min(1, strength * 1.3));
    await breathe();
    await push(ROUNDS_AFTER, `push-${pass}`);
  }
}

function blendInto(picture: Channels, other: Channels, share: number): void {
  for (const [c, plane] of picture.data.entries()) {
    const into = other.data[c]!;
    for (let i = 0; i < plane.length; i++) plane[i]! += (into[i]! - plane[i]!) * share;
  }
}

function summed(one: Channels, other: Channels, times: number): Channels {
  return mapChannels(one, (plane, c) => plane.map((value, i) => value + times * other.data[c]![i]!));
}
