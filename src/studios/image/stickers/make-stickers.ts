/**
 * Words, or a picture and words, become stickers:
 *
 *   words ─▶ parts with weights ─▶ model, step by step ─▶ white ground taken out ─▶ layers: ground, sticker
 */
import type { NearestSeen, PictureModel, PictureRequest, PixelPlanes } from '../../../kernel/index.ts';
import type { Layer } from '../picture/index.ts';
import { type Bitmap, filledBitmap } from '../raster/index.ts';
import { cutOut } from './cut-out.ts';
import { bitmapOf, keptOf, planesOf, resized } from './planes.ts';
import { wantedOf } from './wanted.ts';

/** What is asked for. */
export interface StickerWish {
  readonly words: string;
  readonly without: string;
  /** On the way to these words, `count` stickers from one to the other. */
  readonly between?: string | undefined;
  readonly style?: string | undefined;
  readonly count: number;
  readonly seed: string;
  readonly guidance: number;
  readonly steps: number;
  readonly strength: number;
  /** Pixels of both sides. */
  readonly size: number;
  /** The picture to begin from. */
  readonly from?: Bitmap | undefined;
  /** White where it is made anew. */
  readonly mask?: Bitmap | undefined;
}

/** How it goes. */
export interface StickerHooks {
  readonly signal: AbortSignal;
  /** Share done of all, 0–1, and how the present sticker looks. */
  progress(done: number, look: Bitmap | undefined): void;
}

/** One sticker. */
export interface Sticker {
  readonly width: number;
  readonly height: number;
  /** Ground, hidden where the sticker is cut out, and sticker. */
  readonly layers: readonly Layer[];
  /** Whether the ground could be told from the sticker. */
  readonly clean: boolean;
  /** Of a way between two prompts: 0 is the first, 1 the second. */
  readonly share?: number;
  readonly nearest?: NearestSeen;
}

/** Makes them one after another; the model throws as it does. */
export async function makeStickers(model: PictureModel, wish: StickerWish, hooks: StickerHooks): Promise<Sticker[]> {
  const [width, height] = model.size ?? [wish.size, wish.size];
  const from = wish.from && (await planesOf(wish.from, width, height));
  const keep = wish.mask && (await keptOf(wish.mask, width, height));
  const made: Sticker[] = [];
  for (let i = 0; i < wish.count; i++) {
    const share = wish.between === undefined ? undefined : wish.count === 1 ? 0.5 : i / (wish.count - 1);
    const planes = await model.make({
      ...requestOf(wish, share),
      seed: share === undefined ? `${wish.seed}/${i}` : wish.seed,
      ...(from ? { from, strength: wish.strength } : {}),
      ...(keep ? { keep } : {}),
      signal: hooks.signal,
      onProgress: (done, look) => hooks.progress((i + done) / wish.count, look && bitmapOf(look)),
    });
    made.push(await stickerOf(model, planes, wish.size, share));
  }
  return made;
}

function requestOf(
  { words, without, between, style, guidance, steps }: StickerWish,
  share: number | undefined,
): Omit<PictureRequest, 'seed'> {
  return {
    labels: wantedOf(words),
    without: wantedOf(without),
    ...(style === undefined ? {} : { style }),
    ...(between === undefined || share === undefined ? {} : { between: { labels: wantedOf(between), share } }),
    guidance,
    steps,
  };
}

async function stickerOf(
  model: PictureModel,
  planes: PixelPlanes,
  size: number,
  share: number | undefined,
): Promise<Sticker> {
  const whole = await resized(bitmapOf(planes), size, Math.round((size * planes.height) / planes.width));
  const cut = cutOut(whole);
  const nearest = model.nearest?.(planes);
  const { width, height } = whole;
  const white = filledBitmap(width, height, [255, 255, 255]);
  return {
    width,
    height,
    layers: [
      { id: 'ground', names: { en: 'ground', zh: '底' }, bitmap: white, x: 0, y: 0, visible: cut === undefined },
      { id: 'sticker', names: { en: 'sticker', zh: '贴纸' }, bitmap: cut ?? whole, x: 0, y: 0 },
    ],
    clean: cut !== undefined,
    ...(share === undefined ? {} : { share }),
    ...(nearest ? { nearest } : {}),
  };
}
