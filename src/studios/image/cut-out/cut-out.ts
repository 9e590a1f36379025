/**
 * Takes the background away from a picture:
 *
 *   picture ─▶ small (OKLab) ─▶ subject or background (segment.ts) ─▶ as large as the picture ─▶ its edge (matte.ts)
 *
 * How sure it is, is said: where the two cannot be told apart by their colours, nothing can be done well.
 */
import type { Random } from '../../../core/index.ts';
import { coloursOf, type Holes } from '../mend/index.ts';
import { type Bitmap, createBitmap, type PixelBox, toOklab } from '../raster/index.ts';
import { chooseSubject } from './islands.ts';
import { matte } from './matte.ts';
import { KNOWN, type Segments, segment } from './segment.ts';

export interface CutOutOptions {
  readonly random: Random;
  /** The subject lies within it. */
  readonly box?: PixelBox | undefined;
  /** The subject lies within it, roughly; 1 inside. */
  readonly mask?: Holes | undefined;
}

export interface CutOut {
  /** The subject on nothing. */
  readonly bitmap: Bitmap;
  /** 0–1: how well subject and background can be told apart. */
  readonly confidence: number;
  /** Share of the picture that the subject takes. */
  readonly share: number;
}

/** Pixels of the longer side on which the cut is made. */
const LOOK = 320;
/** Share of the picture's sides that is taken for background where nothing is said. */
const BORDER = 0.02;

/** Undefined when nothing stands out. The bitmap is taken as opaque. */
export function cutOut(bitmap: Bitmap, options: CutOutOptions): CutOut | undefined {
  const small = shrinkTo(bitmap, LOOK);
  const known = knownOf(small, bitmap, options);
  const found = segment(small, known, options.random);
  if (!found) return undefined;
  const { width, height } = bitmap;
  const { subject: whole, doubt } = options.mask
    ? { subject: found.subject, doubt: 0 }
    : chooseSubject(found.subject, small.width);
  const subject = enlarged(whole, small, width, height);
  const band = Math.max(2, Math.round((1.5 * Math.max(width, height)) / Math.max(small.width, small.height)));
  const { alpha, colours } = matte(coloursOf(bitmap), subject, band);
  const out = createBitmap(width, height);
  for (let i = 0; i < alpha.length; i++) {
    for (let c = 0; c < 3; c++) out.data[4 * i + c] = colours.data[3 * i + c]!;
    out.data[4 * i + 3] = Math.round(255 * alpha[i]!);
  }
  const share = alpha.reduce((a, b) => a + b, 0) / alpha.length;
  return { bitmap: out, confidence: (1 - doubt) * confidenceOf(found, known), share };
}

/** OKLab colours of the picture, at most so many pixels a side, each the mean of what it covers. */
function shrinkTo({ width, height, data }: Bitmap, most: number) {
  const by = Math.max(1, Math.max(width, height) / most);
  const [w, h] = [Math.max(1, Math.round(width / by)), Math.max(1, Math.round(height / by))];
  const out = new Float32Array(w * h * 3);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const sum = [0, 0, 0];
      const [x0, x1] = [Math.floor((x * width) / w), Math.max(Math.floor(((x + 1) * width) / w), 1)];
      const [y0, y1] = [Math.floor((y * height) / h), Math.max(Math.floor(((y + 1) * height) / h), 1)];
      for (let py = y0; py < y1; py++) {
        for (let px = x0; px < x1; px++) for (let c = 0; c < 3; c++) sum[c]! += data[4 * (py * width + px) + c]!;
      }
      const area = (x1 - x0) * (y1 - y0);
      out.set(toOklab([sum[0]! / area, sum[1]! / area, sum[2]! / area]), 3 * (y * w + x));
    }
  }
  return { width: w, height: h, data: out };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Outside box and mask, or along the border, is background. */
function knownOf({ width, height }: Size, whole: Size, { box, mask }: CutOutOptions): Uint8Array {
  const known = new Uint8Array(width * height);
  const edge = Math.max(1, Math.round(BORDER * Math.min(width, height)));
  for (let at = 0; at < known.length; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const px = Math.floor(((x + 0.5) * whole.width) / width);
    const py = Math.floor(((y + 0.5) * whole.height) / height);
    const inBox = !box || (px >= box.x && py >= box.y && px < box.x + box.width && py < box.y + box.height);
    const inMask = !mask || mask.data[py * whole.width + px] === 1;
    const border = !box && !mask && (Math.min(x, y) < edge || x >= width - edge || y >= height - edge);
    known[at] = !inBox || !inMask || border ? KNOWN.ground : KNOWN.open;
  }
  if (!known.includes(KNOWN.ground)) known[0] = KNOWN.ground;
  return known;
}

/** The mask as large as the picture, smooth between the small pixels. */
function enlarged(subject: Uint8Array, small: Size, width: number, height: number): Holes {
  const data = new Uint8Array(width * height);
  const value = (x: number, y: number): number =>
    subject[Math.max(0, Math.min(small.height - 1, y)) * small.width + Math.max(0, Math.min(small.width - 1, x))]!;
  for (let at = 0; at < data.length; at++) {
    const x = (((at % width) + 0.5) * small.width) / width - 0.5;
    const y = ((Math.floor(at / width) + 0.5) * small.height) / height - 0.5;
    const [x0, y0] = [Math.floor(x), Math.floor(y)];
    const [fx, fy] = [x - x0, y - y0];
    const top = value(x0, y0) * (1 - fx) + value(x0 + 1, y0) * fx;
    const bottom = value(x0, y0 + 1) * (1 - fx) + value(x0 + 1, y0 + 1) * fx;
    data[at] = Number(top * (1 - fy) + bottom * fy >= 0.5);
  }
  return { width, height, data };
}

/** The share of pixels whose own colour says what the cut says, beyond doubt; of both kinds the worse one. */
function confidenceOf({ subject, margin }: Segments, known: Uint8Array): number {
  const sure = [0, 0];
  const all = [0, 0];
  for (let i = 0; i < subject.length; i++) {
    if (known[i] !== KNOWN.open) continue;
    const kind = subject[i]!;
    all[kind]!++;
    if (margin[i]! > 1) sure[kind]!++;
  }
  const shares = all.map((count, kind) => (count > 0 ? sure[kind]! / count : 1));
  return Math.min(...shares);
}
