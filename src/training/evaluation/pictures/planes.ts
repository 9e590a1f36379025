/** Pictures taken apart: counts, single pictures, and a check that two batches can be compared. */
import { OsError } from '../../../core/index.ts';
import type { Pictures } from '../../pictures/index.ts';

/** Numbers one picture holds. */
export function areaOf({ width, height, channels }: Pictures): number {
  return width * height * channels;
}

/** How many pictures a batch holds. */
export function countOf(pictures: Pictures): number {
  return pictures.data.length / areaOf(pictures);
}

/** The numbers of one picture, (C, H, W), a view. */
export function pictureAt(pictures: Pictures, index: number): Float32Array {
  const area = areaOf(pictures);
  return pictures.data.subarray(index * area, (index + 1) * area);
}

/** Throws `training/pictures-differ` unless both hold pictures of one size, and, where `paired`, as many. */
export function checkComparable(a: Pictures, b: Pictures, paired: boolean): void {
  const sizes = [a, b].map((p) => `${paired ? `${countOf(p)} × ` : ''}${p.width}×${p.height}×${p.channels}`);
  if (sizes[0] === sizes[1]) return;
  throw new OsError({
    kind: 'bug',
    code: 'training/pictures-differ',
    message: `Pictures of different size or number cannot be compared: ${sizes[0]} and ${sizes[1]}.`,
    hint: 'Fit both to one width, height and number of channels first.',
    zh: {
      message: `尺寸或数量不同的图片无法比较：${sizes[0]} 与 ${sizes[1]}。`,
      hint: '请先把两组图片统一为相同的宽、高和通道数。',
    },
  });
}
