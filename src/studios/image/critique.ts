/**
 * Named measurements of a picture in human words, computed from its pixels in OKLab at one small size, so that they do not depend on its
 * resolution. What taste will learn from.
 *
 *   picture ─▶ 128 pixels at its longer side, each the mean of what it covers ─▶ lightness, colour, mass, edges ─▶ numbers
 */
import type { Beside, InputWork, Measure } from '../../kernel/index.ts';
import { type Bitmap, toOklab } from './raster/index.ts';

/** Longer side of the picture that is measured. */
const SIDE = 128;

const SUMMARIES = {
  lightness: { en: 'Lightness: 0 black to 1 white', zh: '明度：0 黑至 1 白' },
  contrast: { en: 'Contrast: spread of lightness, 0.5 half black half white', zh: '反差：明度的离散，半黑半白为 0.5' },
  colourfulness: { en: 'Colourfulness: mean chroma, 0 grey', zh: '鲜艳：平均彩度，0 为灰' },
  warmth: { en: 'Warmth: −1 cold to 1 warm', zh: '冷暖：−1 冷至 1 暖' },
  unity: { en: 'Unity of hue: 0 all hues, 1 one', zh: '色调统一：0 各色俱全，1 只有一种色相' },
  variety: { en: 'Variety of colours: entropy, 0 one colour to 1', zh: '色彩丰富：熵，0 为单色' },
  density: { en: 'Density: share of the sheet that is painted on', zh: '疏密：着笔之处占画面的比例' },
  void: { en: 'Void: largest empty rectangle, share of the sheet', zh: '留白：最大空白矩形占画面的比例' },
  edges: { en: 'Edge energy: how much line and detail', zh: '边缘：线条与细节的多少' },
  depth: {
    en: 'Depth: contrast stronger below (1) or above (−1), as air makes it',
    zh: '纵深：下方反差强（1）或上方强（−1），如空气透视',
  },
  symmetry: { en: 'Symmetry: between left and right, 0–1', zh: '对称：左右对称，0–1' },
  balance: { en: 'Balance: mass left (−1) or right (1)', zh: '均衡：重心偏左（−1）或偏右（1）' },
  height: { en: 'Height: mass below (−1) or above (1)', zh: '高低：重心在下（−1）或在上（1）' },
} as const;

/** Names of the measures that warn; they are there only where there is something to say. */
export const NEAR_COPY = 'nearCopy';
export const LEARNED_COPY = 'learnedCopy';

type Name = keyof typeof SUMMARIES;

/** Measures a picture; also whether it is nearly a copy: of what its model learned from, and, beside others, of one of them. */
export async function critiquePicture(input: InputWork, beside?: Beside): Promise<readonly Measure[]> {
  const { mergedOf } = await import('./picture/index.ts');
  const values = measureBitmap(await mergedOf(input.bytes));
  const own = (Object.keys(SUMMARIES) as Name[]).map((name) => ({
    name,
    value: values[name],
    summary: SUMMARIES[name],
  }));
  return [...own, ...learnedFrom(input), ...(await copyOf(input, beside))];
}

/** What the op noted: the picture of its model's lessons that this one comes suspiciously near to. */
function learnedFrom({ work }: InputWork): Measure[] {
  const { nearest } = work.measures as {
    readonly nearest?: { name: string; source: string; distance: number; copy: boolean };
  };
  if (!nearest?.copy) return [];
  const { name, source, distance } = nearest;
  const summary = {
    en: `Near what its model learned from: “${name}” (${source}), 0 the same picture`,
    zh: `近于模型学过的图：《${name}》（${source}），0 为同一幅`,
  };
  return [{ name: LEARNED_COPY, value: distance, summary }];
}

async function copyOf(input: InputWork, beside: Beside | undefined): Promise<Measure[]> {
  if (!beside) return [];
  const { nearCopyOf } = await import('./similar/index.ts');
  const found = await nearCopyOf(input, beside);
  if (!found) return [];
  const { work, likeness } = found;
  const id = work.id.slice(0, 8);
  const summary = {
    en: `Near copy: of “${work.title}” (${id}), 1 the same picture`,
    zh: `近似复制：与《${work.title}》（${id}）几乎相同，1 为同一幅`,
  };
  return [{ name: NEAR_COPY, value: Math.round(likeness * 1000) / 1000, summary, work: work.id }];
}

/** A picture as planes of L, a and b. */
interface Planes {
  readonly width: number;
  readonly height: number;
  readonly light: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
}

/** The measurements of a bitmap of any size; what is transparent counts as white. */
export function measureBitmap(bitmap: Bitmap): Record<Name, number> {
  const planes = planesOf(bitmap);
  const { width, height, light } = planes;
  const mean = average(light);
  const away = awayFromGround(planes);
  return {
    lightness: mean,
    contrast: Math.sqrt(average(light.map((value) => (value - mean) ** 2))),
    ...coloursOf(planes),
    density: away.reduce((sum, value) => sum + (value > PAINTED ? 1 : 0), 0) / away.length,
    void: emptiest(away, width, height),
    edges: edgesBetween(planes, 0, height),
    depth: depthOf(planes),
    symmetry: symmetryOf(light, width, height),
    ...massOf(away, width, height),
  };
}

function planesOf(bitmap: Bitmap): Planes {
  const longest = Math.max(bitmap.width, bitmap.height);
  const width = Math.max(1, Math.round((bitmap.width / longest) * SIDE));
  const height = Math.max(1, Math.round((bitmap.height / longest) * SIDE));
  const [light, a, b] = [0, 1, 2].map(() => new Float32Array(width * height)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let y = 0, at = 0; y < height; y++) {
    const rows = spanOf(y, height, bitmap.height);
    for (let x = 0; x < width; x++, at++) {
      [light[at], a[at], b[at]] = toOklab(meanColour(bitmap, spanOf(x, width, bitmap.width), rows)) as [
        number,
        number,
        number,
      ];
    }
  }
  return { width, height, light, a, b };
}

/** The source pixels of one measured pixel. */
function spanOf(i: number, count: number, length: number): readonly [from: number, to: number] {
  const from = Math.min(length - 1, Math.floor((i * length) / count));
  return [from, Math.max(from + 1, Math.floor(((i + 1) * length) / count))];
}

function meanColour(
  { width, data }: Bitmap,
  [x0, x1]: readonly [number, number],
  [y0, y1]: readonly [number, number],
): readonly [number, number, number] {
  let [r, g, b] = [0, 0, 0];
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const at = (y * width + x) * 4;
      const alpha = data[at + 3]! / 255;
      r += 255 + (data[at]! - 255) * alpha;
      g += 255 + (data[at + 1]! - 255) * alpha;
      b += 255 + (data[at + 2]! - 255) * alpha;
    }
  }
  const count = (x1 - x0) * (y1 - y0);
  return [r / count, g / count, b / count];
}

const average = (values: Float32Array): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

function coloursOf({
  light,
  a,
  b,
}: Planes): Pick<Record<Name, number>, 'colourfulness' | 'warmth' | 'unity' | 'variety'> {
  let [chroma, warm, across, up] = [0, 0, 0, 0];
  const bins = new Map<number, number>();
  for (let i = 0; i < light.length; i++) {
    chroma += Math.hypot(a[i]!, b[i]!);
    warm += (a[i]! + b[i]!) / 2;
    // Hues as arrows: of one hue they add up, of all they cancel.
    across += a[i]!;
    up += b[i]!;
    const bin =
      Math.round(light[i]! * 6) * 10_000 + Math.round((a[i]! + 0.4) * 15) * 100 + Math.round((b[i]! + 0.4) * 15);
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  const count = light.length;
  return {
    colourfulness: chroma / count,
    warmth: Math.max(-1, Math.min(1, (warm / count) * 12)),
    unity: chroma / count < 0.004 ? 1 : Math.hypot(across, up) / chroma,
    variety: entropyOf([...bins.values()], count) / Math.log(343),
  };
}

function entropyOf(counts: readonly number[], whole: number): number {
  return -counts.reduce((sum, count) => sum + (count / whole) * Math.log(count / whole), 0);
}

/** Difference from the ground in OKLab that counts as painted. */
const PAINTED = 0.08;

/** How far every pixel is from the ground, which is the commonest colour. */
function awayFromGround({ light, a, b }: Planes): Float32Array {
  const bins = new Map<string, number[]>();
  for (let i = 0; i < light.length; i++) {
    const key = [light[i]! * 20, a[i]! * 20, b[i]! * 20].map(Math.round).join();
    const bin = bins.get(key);
    if (bin) bin.push(i);
    else bins.set(key, [i]);
  }
  const ground = [...bins.values()].reduce((most, bin) => (bin.length > most.length ? bin : most));
  const mean = (plane: Float32Array): number => ground.reduce((sum, i) => sum + plane[i]!, 0) / ground.length;
  const [l, ga, gb] = [mean(light), mean(a), mean(b)];
  return light.map((value, i) => Math.hypot(value - l, a[i]! - ga, b[i]! - gb));
}

function massOf(away: Float32Array, width: number, height: number): Pick<Record<Name, number>, 'balance' | 'height'> {
  let [sum, across, down] = [1e-9, 0, 0];
  for (let i = 0; i < away.length; i++) {
    sum += away[i]!;
    across += away[i]! * (((i % width) + 0.5) / width - 0.5);
    down += away[i]! * ((Math.floor(i / width) + 0.5) / height - 0.5);
  }
  return { balance: (2 * across) / sum, height: (-2 * down) / sum };
}

/** The largest rectangle of ground, as a share, by heights of empty columns (the largest rectangle under a histogram). */
function emptiest(away: Float32Array, width: number, height: number): number {
  const tall = new Int32Array(width + 1);
  let largest = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) tall[x] = away[y * width + x]! > PAINTED ? 0 : tall[x]! + 1;
    const open: number[] = [];
    for (let x = 0; x <= width; x++) {
      while (open.length > 0 && tall[open.at(-1)!]! >= tall[x]!) {
        const high = tall[open.pop()!]!;
        largest = Math.max(largest, high * (x - (open.at(-1) ?? -1) - 1));
      }
      open.push(x);
    }
  }
  return largest / (width * height);
}

/** Mean step of lightness from pixel to pixel between two rows. */
function edgesBetween({ light, width, height }: Planes, from: number, to: number): number {
  let [sum, count] = [0, 0];
  for (let y = from; y < Math.min(to, height - 1); y++) {
    for (let x = 0; x < width - 1; x++, count++) {
      const at = y * width + x;
      sum += Math.hypot(light[at + 1]! - light[at]!, light[at + width]! - light[at]!);
    }
  }
  return sum / Math.max(1, count);
}

/** Far things are pale and soft, and stand above: edges of the lower half against those of the upper. */
function depthOf(planes: Planes): number {
  const middle = Math.round(planes.height / 2);
  const [above, below] = [edgesBetween(planes, 0, middle), edgesBetween(planes, middle, planes.height)];
  return (below - above) / Math.max(0.004, below + above);
}

function symmetryOf(light: Float32Array, width: number, height: number): number {
  let [difference, spread] = [0, 1e-6];
  const mean = average(light);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width / 2; x++) {
      const [one, other] = [light[y * width + x]!, light[y * width + width - 1 - x]!];
      difference += Math.abs(one - other);
      spread += Math.abs(one - mean) + Math.abs(other - mean);
    }
  }
  return Math.max(0, 1 - difference / spread);
}
