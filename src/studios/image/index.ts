/** The image studio: pictures in layers, from words, by painters that compose. What paints is loaded with the first picture. */
import { type Bilingual, defineStudio } from '../../kernel/index.ts';
import { critiquePicture } from './critique.ts';
import type { Typeface } from './lettering/index.ts';
import { blendTwo } from './ops/blend.ts';
import { byModelOptions } from './ops/by-model-options.ts';
import { layContactSheet } from './ops/contact-sheet.ts';
import { cutOutPicture } from './ops/cut-out.ts';
import { inpaintPicture } from './ops/inpaint.ts';
import { drawLinesOf } from './ops/lines.ts';
import { lookAtPictures } from './ops/look.ts';
import { PICTURE } from './ops/medium.ts';
import { outpaintPicture } from './ops/outpaint.ts';
import { paintPicture } from './ops/paint.ts';
import { paintAgain } from './ops/paint-again.ts';
import { paintByModel } from './ops/paint-by-model.ts';
import { paintSketch } from './ops/paint-sketch.ts';
import { findPalette } from './ops/palette.ts';
import { designPoster } from './ops/poster.ts';
import { readPictureFile } from './ops/read.ts';
import { recolourPicture } from './ops/recolour.ts';
import { relightPicture } from './ops/relight.ts';
import { repaintPicture } from './ops/repaint.ts';
import { restylePicture } from './ops/restyle.ts';
import { compareToOthers } from './ops/similar.ts';
import { makeSticker } from './ops/sticker.ts';
import { growTexture } from './ops/texture.ts';
import { tilePicture } from './ops/tile.ts';
import { upscalePicture } from './ops/upscale.ts';
import { varyPicture } from './ops/vary.ts';
import { pictureFormats } from './outputs.ts';
import type { Bitmap } from './raster/index.ts';

export const imageStudio = defineStudio({
  name: 'image',
  medium: PICTURE,
  ops: [
    designPoster,
    varyPicture,
    blendTwo,
    compareToOthers,
    paintPicture,
    paintAgain,
    paintByModel,
    layContactSheet,
    paintSketch,
    readPictureFile,
    restylePicture,
    repaintPicture,
    upscalePicture,
    inpaintPicture,
    outpaintPicture,
    cutOutPicture,
    findPalette,
    recolourPicture,
    drawLinesOf,
    tilePicture,
    growTexture,
    relightPicture,
    makeSticker,
    lookAtPictures,
  ],
  formats: pictureFormats,
  words: async ({ work, bytes }) =>
    work.medium === PICTURE ? (await import('./picture-words.ts')).pictureWords(bytes) : '',
  thumbnail: async ({ bytes }, { width }) => (await import('./small-picture.ts')).smallPicture(bytes, width),
  critique: critiquePicture,
});

/** Which op paints with such options: an engine where they name a model, else our own painters. */
export function paintingOp(options: object): 'image/paint' | 'image/paint-by-model' {
  return 'model' in options && options.model !== undefined ? 'image/paint-by-model' : 'image/paint';
}

/** Whether an engine could be asked for all that these options of a painting say; some are for our own painters alone. */
export function engineUnderstands(options: object): boolean {
  return Object.keys(options).every((name) => name in byModelOptions.shape);
}

/** Kept pictures by how alike they are to one, most alike first. Throws `image/bad-picture`. */
export async function rankPictures(
  bytes: Uint8Array,
  ids: readonly string[],
  load: (id: string) => Promise<Uint8Array>,
): Promise<readonly { readonly id: string; readonly likeness: number }[]> {
  const similar = await import('./similar/index.ts');
  return similar.rankPictures(bytes, ids, load);
}

export type { Generation } from './metadata/index.ts';
export {
  expandPrompt,
  type ParsedPrompt,
  parsePrompt,
  type WeightedPiece,
  type Wildcards,
} from './prompt/index.ts';

/** A picture's file as a small bitmap to look at, within so many pixels. Throws `image/bad-picture`. */
export async function viewOf(bytes: Uint8Array, width: number, height: number): Promise<Bitmap> {
  const { mergedOf, shrink } = await import('./picture/index.ts');
  return shrink(await mergedOf(bytes), width, height);
}

/** A picture's file as a small PNG, its longer side within so many pixels. Throws `image/bad-picture`. */
export async function pngViewOf(
  bytes: Uint8Array,
  longest: number,
): Promise<{ readonly png: Uint8Array; readonly width: number; readonly height: number }> {
  const { encodePng, mergedOf, shrink } = await import('./picture/index.ts');
  const { width, height, ...rest } = await shrink(await mergedOf(bytes), longest);
  return { png: await encodePng({ width, height, ...rest }), width, height };
}

/** What a job shows of a picture in progress, as a bitmap within so many pixels; undefined when it shows none. */
export async function previewOf(data: unknown, width: number, height: number): Promise<Bitmap | undefined> {
  const { png, picture } = (data ?? {}) as { readonly png?: unknown; readonly picture?: unknown };
  const { decodePng, shrink } = await import('./picture/index.ts');
  if (typeof png === 'string') return shrink(await decodePng(Buffer.from(png, 'base64')), width, height);
  const { rgba, ...size } = (picture ?? {}) as {
    readonly rgba?: string;
    readonly width: number;
    readonly height: number;
  };
  if (rgba === undefined) return undefined;
  return shrink(
    { width: size.width, height: size.height, data: new Uint8ClampedArray(Buffer.from(rgba, 'base64')) },
    width,
    height,
  );
}

/** The manners of painting there are, without what paints them. */
export async function listPainters(): Promise<
  readonly { readonly id: string; readonly names: Bilingual; readonly summary: Bilingual }[]
> {
  const { PAINTERS } = await import('./painters/index.ts');
  return PAINTERS.map(({ id, names, summary }) => ({ id, names, summary }));
}

/** Texts that lie in a picture file, by their keys, such as `parameters`; nothing is decoded, and nothing throws. */
export async function pictureTexts(bytes: Uint8Array): Promise<Readonly<Record<string, string>>> {
  const { readTexts } = await import('./metadata/index.ts');
  return readTexts(bytes);
}

export type { Typeface } from './lettering/index.ts';

/** A typeface of the house, `ma-shan-zheng` for Chinese or `cormorant-garamond`, as outlines of its characters. */
export async function openTypeface(name: 'ma-shan-zheng' | 'cormorant-garamond'): Promise<Typeface> {
  return (await import('./lettering/index.ts')).openTypeface(name);
}
