/** One picture from a file: checked before it is decoded, so that a broken or monstrous file costs nothing. */
import { readFile, stat } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { refusal } from '../refusal.ts';
import { toPlanes } from './fit-picture.ts';
import type { Pictures } from './picture-set.ts';
import { isUnfit, type Unfit } from './skipped.ts';

/** What a file may be at most. */
export interface PictureLimits {
  /** Default 64 million, such as 8,000 × 8,000. */
  readonly mostPixels?: number;
  /** Bytes. Default 100 MiB. */
  readonly mostBytes?: number;
  /** What to do with moving pictures. Default `first-frame`. */
  readonly animated?: 'first-frame' | 'skip';
}

const FORMATS = ['png', 'jpeg', 'webp', 'gif'];

/** Opens a file, upright and on its first frame. Throws `Unfit` for what cannot be read or is beyond the limits. */
export async function openPicture(path: string, limits: PictureLimits = {}): Promise<Sharp> {
  const { mostPixels = 64e6, mostBytes = 100 * 2 ** 20, animated = 'first-frame' } = limits;
  const { size } = await stat(path);
  if (size === 0) throw unfit('the file is empty', '文件是空的');
  if (size > mostBytes) throw unfit(`${mebibytes(size)} MiB are too many`, `文件太大（${mebibytes(size)} MiB）`);
  const bytes = await readFile(path);
  const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' });
  const metadata = await picture.metadata().catch((cause: Error) => {
    if (/pixel limit/i.test(cause.message)) throw unfit(`more than ${mostPixels} pixels`, `超过 ${mostPixels} 个像素`);
    throw unfit('it is not a picture, or broken', '不是图片，或已损坏');
  });
  check(metadata, mostPixels, animated);
  return picture.autoOrient();
}

function check({ format, width, height, pages = 1 }: Metadata, most: number, animated: string): void {
  if (!format || !FORMATS.includes(format)) throw unfit(`the format ${format} is not taken`, `不支持 ${format} 格式`);
  if (width * height > most) throw unfit(`${width}×${height} are too many pixels`, `${width}×${height} 像素太多`);
  if (pages > 1 && animated === 'skip') throw unfit(`it moves (${pages} frames)`, `是动图（${pages} 帧）`);
}

/** One picture at its own size over a background (`#rrggbb`, default white), (1, C, H, W). Throws `training/bad-picture`. */
export async function readPicture(
  path: string,
  options: PictureLimits & { readonly channels?: 1 | 3; readonly background?: string } = {},
): Promise<Pictures> {
  const { channels = 3, background = '#ffffff' } = options;
  try {
    const opened = (await openPicture(path, options)).flatten({ background });
    const { data, info } = await opened
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const planes = toPlanes(data, info.channels, channels);
    return { data: fromBytes(planes), width: info.width, height: info.height, channels };
  } catch (cause) {
    throw badPicture(path, cause);
  }
}

/** Bytes 0 to 255 as numbers in [−1, 1]. */
export function fromBytes(bytes: Uint8Array): Float32Array {
  return Float32Array.from(bytes, (byte) => byte / 127.5 - 1);
}

/** Numbers in [−1, 1] as bytes; what lies outside is cut off. */
export function toBytes(values: Float32Array): Uint8Array {
  return Uint8Array.from(values, (value) => Math.max(0, Math.min(255, Math.round((value + 1) * 127.5))));
}

/** Why a file was not taken, from what its reading threw. */
export function reasonOf(cause: unknown): Unfit['unfit'] {
  if (isUnfit(cause)) return cause.unfit;
  const facts = cause instanceof Error ? cause.message.split('\n')[0]! : String(cause);
  return { en: `it cannot be decoded: ${facts}`, zh: `无法解码：${facts}` };
}

function badPicture(path: string, cause: unknown): Error {
  const { en, zh } = reasonOf(cause);
  return refusal(
    'input',
    'training/bad-picture',
    { en: `'${path}' cannot be used as a picture: ${en}.`, zh: `“${path}”不能用作图片：${zh}。` },
    { en: 'Save it again as PNG, JPEG, WebP or GIF.', zh: '请另存为 PNG、JPEG、WebP 或 GIF。' },
    cause instanceof Error ? cause : undefined,
  );
}

function unfit(en: string, zh: string): Unfit {
  return { unfit: { en, zh } };
}

function mebibytes(size: number): number {
  return Math.round(size / 2 ** 20);
}
