/** Masks to take parts of pictures away with, each from its seed: scratches, blobs, rectangles. */
import type { Random } from '../../src/core/index.ts';

export const MASK_KINDS = ['scratches', 'blobs', 'rectangles'] as const;
export type MaskKind = (typeof MASK_KINDS)[number];

type Set = (x: number, y: number) => void;

/** 1 where a picture of this size is taken away. */
export function drawMask(kind: MaskKind, width: number, height: number, random: Random): Uint8Array {
  const data = new Uint8Array(width * height);
  const set: Set = (x, y) => {
    if (x >= 0 && y >= 0 && x < width && y < height) data[Math.floor(y) * width + Math.floor(x)] = 1;
  };
  const size = Math.min(width, height);
  if (kind === 'scratches') for (let i = 0; i < 6; i++) scratch(set, width, height, random);
  if (kind === 'blobs') {
    for (let i = 0; i < 3; i++) {
      disc(set, random.next() * width, random.next() * height, size * (0.03 + 0.05 * random.next()));
    }
  }
  if (kind === 'rectangles') {
    for (let i = 0; i < 2; i++) {
      const [w, h] = [size * (0.08 + 0.14 * random.next()), size * (0.08 + 0.14 * random.next())];
      const [left, top] = [random.next() * (width - w), random.next() * (height - h)];
      for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) set(left + x, top + y);
    }
  }
  return data;
}

/** A line that wanders, two to four pixels wide. */
function scratch(set: Set, width: number, height: number, random: Random): void {
  let [x, y] = [random.next() * width, random.next() * height];
  let angle = random.next() * 2 * Math.PI;
  const radius = 1 + random.next();
  const steps = Math.min(width, height) * (0.3 + 0.5 * random.next());
  for (let i = 0; i < steps; i++) {
    disc(set, x, y, radius);
    angle += 0.15 * random.normal();
    x += Math.cos(angle);
    y += Math.sin(angle);
  }
}

function disc(set: Set, cx: number, cy: number, radius: number): void {
  for (let y = -Math.ceil(radius); y <= radius; y++) {
    for (let x = -Math.ceil(radius); x <= radius; x++) if (x * x + y * y <= radius * radius) set(cx + x, cy + y);
  }
}
