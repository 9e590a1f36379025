/**
 * What a model has learned from, kept small beside it: `seen.json` says what each picture is called and whose it is,
 * `seen.bin` holds each as EDGE × EDGE bytes of red, green and blue. A picture that was made is held against all of them
 * and their mirror images.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../gpt/config.ts';
import { writeDurably } from '../model/durable.ts';
import { refusal } from '../refusal.ts';

const FILES = { list: 'seen.json', pictures: 'seen.bin' } as const;
const EDGE = 12;
const LENGTH = 3 * EDGE * EDGE;

const LIST = z.object({
  /** Below this distance a copy is suspected: hardly any picture that was held out comes so near. */
  suspect: z.number().positive(),
  names: z.array(z.string()),
  sources: z.array(z.string()),
});

/** Planes (3, height, width) in [−1, 1]. */
export interface SeenPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A picture learned from, and how far away it is: root mean square over small copies, 0 to 2. */
export interface NearestSeenPicture {
  readonly name: string;
  readonly source: string;
  readonly distance: number;
  readonly suspect: number;
}

export interface Seen {
  nearest(picture: SeenPicture): NearestSeenPicture;
}

/** A picture in small: means over EDGE × EDGE fields, one byte a number. */
export function smallPicture({ width, height, data }: SeenPicture): Uint8Array {
  const sums = new Float64Array(LENGTH);
  const counts = new Float64Array(LENGTH);
  for (let c = 0, at = 0; c < 3; c++) {
    for (let y = 0; y < height; y++) {
      const row = (c * EDGE + Math.floor((y * EDGE) / height)) * EDGE;
      for (let x = 0; x < width; x++, at++) {
        const field = row + Math.floor((x * EDGE) / width);
        sums[field]! += data[at]!;
        counts[field]! += 1;
      }
    }
  }
  return Uint8Array.from(sums, (sum, i) => Math.max(0, Math.min(255, Math.round(127.5 * (sum / counts[i]! + 1)))));
}

/** Distance of the nearest of many small pictures (n · LENGTH), mirrored ones too, and which it is. */
export function nearestSmall(
  small: Uint8Array,
  all: Uint8Array,
): { readonly index: number; readonly distance: number } {
  const turned = small.map((_, i) => small[i - (i % EDGE) + EDGE - 1 - (i % EDGE)]!);
  let [index, least] = [-1, Number.POSITIVE_INFINITY];
  for (let i = 0; i < all.length / LENGTH; i++) {
    const own = all.subarray(i * LENGTH, (i + 1) * LENGTH);
    const sum = Math.min(difference(small, own, least), difference(turned, own, least));
    if (sum < least) [index, least] = [i, sum];
  }
  return { index, distance: Math.sqrt(least / LENGTH) / 127.5 };
}

/** Writes what was learned from into a model's folder. */
export async function saveSeen(
  folder: string,
  seen: { readonly suspect: number; readonly names: string[]; readonly sources: string[]; readonly small: Uint8Array },
): Promise<void> {
  const { small, ...list } = seen;
  await writeDurably(join(folder, FILES.pictures), small);
  await writeDurably(join(folder, FILES.list), JSON.stringify(list));
}

/** Undefined where nothing is kept; throws `training/bad-seen`. */
export function loadSeen(folder: string): Seen | undefined {
  const path = join(folder, FILES.list);
  if (!existsSync(path)) return undefined;
  const parsed = LIST.safeParse(parseJson(readFileSync(path, 'utf8'), path));
  const all = existsSync(join(folder, FILES.pictures)) ? readFileSync(join(folder, FILES.pictures)) : Buffer.alloc(0);
  if (!parsed.success || all.length !== parsed.data.names.length * LENGTH || all.length === 0) throw badSeen(path);
  const { names, sources, suspect } = parsed.data;
  return {
    nearest: (picture) => {
      const { index, distance } = nearestSmall(smallPicture(picture), all);
      return { name: names[index]!, source: sources[index] ?? '', distance, suspect };
    },
  };
}

/** Sum of squares, given up once it is beyond `enough`. */
function difference(a: Uint8Array, b: Uint8Array, enough: number): number {
  let sum = 0;
  for (let i = 0; i < LENGTH; i++) {
    sum += (a[i]! - b[i]!) ** 2;
    if (i % EDGE === 0 && sum > enough) return Number.POSITIVE_INFINITY;
  }
  return sum;
}

function badSeen(path: string): Error {
  return refusal(
    'input',
    'training/bad-seen',
    {
      en: `'${path}' does not fit the pictures beside it.`,
      zh: `“${path}”与旁边的图片数据不符。`,
    },
    { en: 'Restore the model folder as it was published.', zh: '请恢复模型文件夹发布时的内容。' },
  );
}
