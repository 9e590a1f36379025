/**
 * Named measurements of a picture in human words, computed from its pixels in OKLab at a fixed small size, so that they do not depend on
 * its resolution. What taste will learn from.
 */
import type { InputWork, Measure } from '../../kernel/index.ts';
import { type Bitmap, toOklab } from './raster/index.ts';

/** Side of the picture that is measured. */
const SIDE = 128;

const SUMMARIES = {
  lightness: { en: 'Lightness, 0 black to 1 white', zh: '明度（0 黑 1 白）' },
  contrast: { en: 'Contrast: spread of lightness', zh: '反差：明度的离散' },
  colourfulness: { en: 'Colourfulness: mean chroma', zh: '鲜艳：平均彩度' },
  warmth: { en: 'Cold (−1) to warm (1)', zh: '冷（−1）暖（1）' },
  density: { en: 'Share of the paper that is painted on', zh: '着笔之处占画面的比例' },
  edges: { en: 'Edge energy: how much line and detail', zh: '边缘能量：线条与细节的多少' },
  symmetry: { en: 'Symmetry between left and right', zh: '左右对称' },
  balance: { en: 'Visual mass left (−1) or right (1)', zh: '重心偏左（−1）或偏右（1）' },
  height: { en: 'Visual mass below (−1) or above (1)', zh: '重心在下（−1）或在上（1）' },
  variety: { en: 'Entropy of its colours, 0–1', zh: '色彩的熵（0–1）' },
} as const;

type Name = keyof typeof SUMMARIES;

/** Measures a picture. */
export async function critiquePicture({ bytes }: InputWork): Promise<readonly Measure[]> {
  const { mergedOf, shrink } = await import('./picture/index.ts');
  const values = measureBitmap(await shrink(await mergedOf(bytes), SIDE));
  return (Object.keys(SUMMARIES) as Name[]).map((name) => ({ name, value: values[name], summary: SUMMARIES[name] }));
}

/** The measurements of a small opaque bitmap. */
export function measureBitmap({ width, height, data }: Bitmap): Record<Name, number> {
  const count = width * height;
  const light = new Float32Array(count);
  let [chroma, warm] = [0, 0];
  const bins = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const [l, a, b] = toOklab([data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!]);
    light[i] = l;
    chroma += Math.hypot(a, b);
    warm += (a + b) / 2;
    const bin = Math.round(l * 6) * 10_000 + Math.round((a + 0.4) * 15) * 100 + Math.round((b + 0.4) * 15);
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  const mean = average(light);
  const mass = massOf(light, width, height);
  return {
    lightness: mean,
    contrast: Math.sqrt(average(light.map((value) => (value - mean) ** 2))),
    colourfulness: chroma / count,
    warmth: Math.max(-1, Math.min(1, (warm / count) * 12)),
    edges: edgesOf(light, width, height),
    symmetry: symmetryOf(light, width, height),
    variety: entropyOf([...bins.values()], count) / Math.log(343),
    ...mass,
  };
}

const average = (values: Float32Array): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

/** The ground is the commonest lightness; what differs from it has weight. */
function massOf(
  light: Float32Array,
  width: number,
  height: number,
): Pick<Record<Name, number>, 'density' | 'balance' | 'height'> {
  const histogram = new Map<number, number>();
  for (const value of light) histogram.set(Math.round(value * 40), (histogram.get(Math.round(value * 40)) ?? 0) + 1);
  const ground = [...histogram].reduce((a, b) => (b[1] > a[1] ? b : a))[0] / 40;
  let [sum, across, down, painted] = [1e-9, 0, 0, 0];
  for (let i = 0; i < light.length; i++) {
    const weight = Math.abs(light[i]! - ground);
    if (weight > 0.08) painted++;
    sum += weight;
    across += weight * ((i % width) / Math.max(1, width - 1) - 0.5);
    down += weight * (Math.floor(i / width) / Math.max(1, height - 1) - 0.5);
  }
  return { density: painted / light.length, balance: (2 * across) / sum, height: (-2 * down) / sum };
}

function edgesOf(light: Float32Array, width: number, height: number): number {
  let sum = 0;
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const at = y * width + x;
      sum += Math.hypot(light[at + 1]! - light[at]!, light[at + width]! - light[at]!);
    }
  }
  return sum / Math.max(1, (width - 1) * (height - 1));
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

function entropyOf(counts: readonly number[], whole: number): number {
  return -counts.reduce((sum, count) => sum + (count / whole) * Math.log(count / whole), 0);
}
