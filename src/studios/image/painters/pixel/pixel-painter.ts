/**
 * The pixel painter 像素: few large pixels, few colours, ordered dithering between them, dark edges.
 *
 *   plain colour at 128 pixels ─▶ palette ─▶ dithered (Bayer) ─▶ large squares
 */
import { z } from 'zod';
import type { Random } from '../../../../core/index.ts';
import { flatten, shrink } from '../../picture/index.ts';
import type { Layer } from '../../picture/types.ts';
import { type Bitmap, createBitmap, fromOklab, parseHex, type Triple, toOklab } from '../../raster/index.ts';
import { nearestOf, paletteOf } from '../palette-of.ts';
import { renderPlain } from '../plain/index.ts';
import type { Painter, PaintJob, RepaintJob } from '../types.ts';

export const pixelOptions = z.object({
  grid: z.int().min(24).max(512).default(144).describe('large pixels along the longer side'),
  colours: z.int().min(2).max(64).default(20).describe('colours in the palette, when none is given'),
  palette: z
    .array(z.string().regex(/^#[0-9a-f]{6}$/i))
    .min(2)
    .max(64)
    .optional()
    .describe('the only colours that may be used'),
  dither: z.number().min(0).max(1).default(0.55).describe('0 flat … 1 strong dithering'),
});

export const pixelPainter: Painter = {
  id: 'pixel',
  names: { en: 'pixel art', zh: '像素画' },
  summary: { en: 'Large pixels, few colours, ordered dithering.', zh: '大像素、少色、有序抖动。' },
  paint: paintPixels,
  repaint: repaintInPixels,
};

/** Thresholds −½ … ½ (Bayer 1973). */
const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5].map((value) => (value + 0.5) / 16 - 0.5);

async function paintPixels(job: PaintJob): Promise<readonly Layer[]> {
  const { grid, dither, ...colours } = pixelOptions.parse(job.options);
  const shrunk = Math.min(1, grid / Math.max(job.width, job.height));
  const [width, height] = [Math.max(1, Math.round(job.width * shrunk)), Math.max(1, Math.round(job.height * shrunk))];
  const small = { ...job, width, height, scale: (job.scale * width) / job.width };
  const layers = await renderPlain(small, { modelling: 0.9, steps: 0, outline: 3.2, outlineColour: '#20222c' });
  const chosen = chosenPalette(flatten({ width, height, layers, about: {} }), colours, job.random);
  return layers.map((layer) => ({
    ...layer,
    bitmap: enlarge(reduced(layer.bitmap, chosen, dither), job.width, job.height),
  }));
}

/** Colours count more than in a drawn scene, whose shades are few. */
async function repaintInPixels({ motif, random, options }: RepaintJob): Promise<readonly Layer[]> {
  const { grid, dither, ...colours } = pixelOptions.parse(options);
  const small = await shrink(motif, grid);
  const pixels = reduced(small, chosenPalette(small, colours, random, 4), dither);
  const bitmap = enlarge(pixels, motif.width, motif.height);
  return [{ id: 'pixels', names: { en: 'pixels', zh: '像素' }, bitmap, x: 0, y: 0 }];
}

function chosenPalette(
  motif: Bitmap,
  { colours, palette }: Pick<z.output<typeof pixelOptions>, 'colours' | 'palette'>,
  random: Random,
  hue = 1,
): Triple[] {
  return palette?.map((hex) => toOklab(parseHex(hex))) ?? paletteOf(motif, colours, random.fork('palette'), hue);
}

/** Only colours of the palette; half-covered pixels become whole or nothing. */
function reduced({ width, height, data }: Bitmap, palette: readonly Triple[], dither: number): Bitmap {
  const out = createBitmap(width, height);
  const channels = palette.map(fromOklab);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      if (data[at + 3]! < 110) continue;
      const [l, a, b] = toOklab([data[at]!, data[at + 1]!, data[at + 2]!]);
      const colour = channels[nearestOf(palette, [l + dither * 0.09 * BAYER[(y % 4) * 4 + (x % 4)]!, a, b])]!;
      for (let c = 0; c < 3; c++) out.data[at + c] = colour[c]!;
      out.data[at + 3] = 255;
    }
  }
  return out;
}

function enlarge(from: Bitmap, width: number, height: number): Bitmap {
  const out = createBitmap(width, height);
  const source = new Uint32Array(from.data.buffer);
  const target = new Uint32Array(out.data.buffer);
  for (let y = 0; y < height; y++) {
    const row = Math.min(from.height - 1, Math.floor((y * from.height) / height)) * from.width;
    for (let x = 0; x < width; x++)
      target[y * width + x] = source[row + Math.min(from.width - 1, Math.floor((x * from.width) / width))]!;
  }
  return out;
}
