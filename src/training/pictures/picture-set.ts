/**
 * A set of pictures of one size, kept as bytes and handed out as the numbers a network learns from.
 *
 *   folder ─┐                                   ┌─▶ batch(indices)  (n, C, H, W) in [−1, 1]
 *   atlas  ─┼─▶ (C, H, W) bytes, labels ─▶ set ─┼─▶ splitPictures   train | validation, by hash of the key
 *   emoji  ─┘                                   └─▶ digest          what a training run is known by
 */
import { hashJson, type Sha256, sha256 } from '../../core/index.ts';
import { refusal } from '../refusal.ts';
import type { Skipped } from './skipped.ts';

/** What a picture may be called by, in any language, and how it is made. */
export interface Caption {
  readonly names: readonly string[];
  readonly tags: readonly string[];
  /** Words for its one colour; none where it has several. */
  readonly colours: readonly string[];
  readonly style: string;
}

/** What is known of one picture. */
export interface PictureLabel {
  readonly name: string;
  readonly tags: readonly string[];
  readonly category: string;
  /** The file or index entry it came from. */
  readonly source: string;
  /** Pictures with one key (variants of one thing, styles of one emoji) fall on the same side of a split. */
  readonly key: string;
  /** Where it is known. */
  readonly caption?: Caption;
}

/** Pictures in memory, (n, C, H, W) row-major in [−1, 1]; n is what the length says. */
export interface Pictures {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
  /** 1 grey or 3 red, green, blue. */
  readonly channels: number;
}

/** Many pictures of one size, in an order that depends on their names alone. */
export interface PictureSet {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly count: number;
  readonly labels: readonly PictureLabel[];
  /** SHA-256 over size, keys and bytes. */
  readonly digest: Sha256;
  /** What was found and not taken, with the reason. */
  readonly skipped: readonly Skipped[];
  /** Pictures as (n, C, H, W) in [−1, 1]; where `flip` says so, mirrored left to right. */
  batch(indices: readonly number[], flip?: (position: number) => boolean): Float32Array;
  /** The bytes of one picture, (C, H, W). */
  bytes(index: number): Uint8Array;
}

/** The size of every picture of a set. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** One picture before it is put in a set. */
export interface PictureEntry {
  readonly label: PictureLabel;
  /** (C, H, W) bytes. */
  readonly bytes: Uint8Array;
}

const MOST_BYTES = 2 ** 31;

/** Refuses a set that would not fit in memory; throws `training/too-many-pictures`. */
export function checkRoom(count: number, { width, height, channels }: PictureSize): void {
  const bytes = count * width * height * channels;
  if (bytes <= MOST_BYTES) return;
  const gigabytes = (bytes / 2 ** 30).toFixed(1);
  throw refusal(
    'input',
    'training/too-many-pictures',
    {
      en: `${count} pictures of ${width}×${height} would take ${gigabytes} GiB of memory; at most 2 are allowed.`,
      zh: `${count} 张 ${width}×${height} 的图片需要 ${gigabytes} GiB 内存，上限为 2 GiB。`,
    },
    { en: 'Choose a smaller size or fewer pictures.', zh: '请选用更小的尺寸或更少的图片。' },
  );
}

/** Makes a set of entries; throws `training/no-pictures` when there is none. */
export function createPictureSet(
  entries: readonly PictureEntry[],
  size: PictureSize,
  options: { readonly skipped?: readonly Skipped[]; readonly source?: string } = {},
): PictureSet {
  const { skipped = [], source = '' } = options;
  if (entries.length === 0) throw noPictures(source, skipped);
  const { width, height, channels } = size;
  const area = channels * height * width;
  return {
    width,
    height,
    channels,
    count: entries.length,
    labels: entries.map(({ label }) => label),
    digest: digestOf(entries, size),
    skipped,
    batch: (indices, flip) => {
      const out = new Float32Array(indices.length * area);
      indices.forEach((index, i) => {
        const bytes = entries[index]!.bytes;
        for (let at = 0; at < area; at++) out[i * area + at] = bytes[at]! / 127.5 - 1;
        if (flip?.(i)) mirror(out.subarray(i * area, (i + 1) * area), width);
      });
      return out;
    },
    bytes: (index) => entries[index]!.bytes,
  };
}

/** The chosen pictures of a set, in the order given. */
export function selectPictures(set: PictureSet, indices: readonly number[]): PictureSet {
  const entries = indices.map((index) => ({ label: set.labels[index]!, bytes: set.bytes(index) }));
  return createPictureSet(entries, set as PictureSize);
}

function digestOf(entries: readonly PictureEntry[], size: PictureSize): Sha256 {
  return hashJson({
    width: size.width,
    height: size.height,
    channels: size.channels,
    pictures: entries.map(({ label, bytes }) => [label.key, sha256(bytes)]),
  });
}

function mirror(values: Float32Array, width: number): void {
  for (let row = 0; row < values.length; row += width) values.subarray(row, row + width).reverse();
}

function noPictures(source: string, skipped: readonly Skipped[]): Error {
  const first = skipped[0];
  const because = first
    ? { en: ` (${first.file}: ${first.reason.en})`, zh: `（${first.file}：${first.reason.zh}）` }
    : { en: '', zh: '' };
  return refusal(
    'input',
    'training/no-pictures',
    {
      en: `'${source}' holds no picture that can be used; ${skipped.length} were skipped${because.en}.`,
      zh: `“${source}”中没有可用的图片；跳过了 ${skipped.length} 个文件${because.zh}。`,
    },
    { en: 'Put PNG, JPEG, WebP or GIF files there.', zh: '请放入 PNG、JPEG、WebP 或 GIF 文件。' },
  );
}
