/** Many pictures on one sheet, to be looked at. */
import sharp from 'sharp';
import { writeDurably } from '../model/durable.ts';
import type { Pictures } from './picture-set.ts';
import { toBytes } from './read-picture.ts';

/** How a sheet looks. */
export interface SheetOptions {
  /** Whole number of pixels for each pixel. Default 1. */
  readonly scale?: number;
  /** Pixels between pictures and around them. Default 2. */
  readonly gap?: number;
  /** A line of text under each picture. Default none. */
  readonly labels?: readonly string[];
  /** `#rrggbb`. Default `#202020`. */
  readonly background?: string;
}

const LABEL_HEIGHT = 14;

/** Writes a PNG with the pictures row by row. */
export async function writeContactSheet(
  pictures: Pictures,
  columns: number,
  path: string,
  options: SheetOptions = {},
): Promise<void> {
  await writeDurably(path, await formatContactSheet(pictures, columns, options));
}

/** The PNG of a sheet; see `writeContactSheet`. */
export async function formatContactSheet(
  pictures: Pictures,
  columns: number,
  options: SheetOptions = {},
): Promise<Uint8Array> {
  const { scale = 1, gap = 2, labels, background = '#202020' } = options;
  const { width, height, channels } = pictures;
  const count = pictures.data.length / (width * height * channels);
  const cell = { width: width * scale + gap, height: height * scale + gap + (labels ? LABEL_HEIGHT : 0) };
  const sheet = { width: cell.width * columns + gap, height: cell.height * Math.ceil(count / columns) + gap };
  const pixels = new Uint8Array(3 * sheet.width * sheet.height);
  const colour = [1, 3, 5].map((at) => Number.parseInt(background.slice(at, at + 2), 16));
  for (let i = 0; i < pixels.length; i++) pixels[i] = colour[i % 3]!;
  for (let i = 0; i < count; i++) {
    const left = gap + (i % columns) * cell.width;
    const top = gap + Math.floor(i / columns) * cell.height;
    paste(pixels, sheet.width, pictures, i, { left, top, scale });
  }
  const image = sharp(pixels, { raw: { ...sheet, channels: 3 } });
  const written = labels ? image.composite([{ input: captions(labels, columns, cell, sheet, gap) }]) : image;
  return written.png().toBuffer();
}

/** The PNG of one picture of a batch, default the first. */
export function formatPicture(pictures: Pictures, index = 0): Promise<Uint8Array> {
  const area = pictures.width * pictures.height * pictures.channels;
  const data = pictures.data.subarray(index * area, (index + 1) * area);
  return formatContactSheet({ ...pictures, data }, 1, { gap: 0 });
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

function paste(pixels: Uint8Array, stride: number, pictures: Pictures, index: number, place: Place): void {
  const { width, height, channels } = pictures;
  const area = width * height;
  const bytes = toBytes(pictures.data.subarray(index * area * channels, (index + 1) * area * channels));
  for (let y = 0; y < height * place.scale; y++) {
    for (let x = 0; x < width * place.scale; x++) {
      const from = Math.floor(y / place.scale) * width + Math.floor(x / place.scale);
      const to = 3 * ((place.top + y) * stride + place.left + x);
      for (let c = 0; c < 3; c++) pixels[to + c] = bytes[(channels === 1 ? 0 : c) * area + from]!;
    }
  }
}

interface Box {
  readonly width: number;
  readonly height: number;
}

function captions(labels: readonly string[], columns: number, cell: Box, sheet: Box, gap: number): Buffer {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const texts = labels.map((label, i) => {
    const x = gap + (i % columns) * cell.width + (cell.width - gap) / 2;
    const y = Math.floor(i / columns) * cell.height + cell.height - 3;
    return `<text x="${x}" y="${y}" text-anchor="middle">${escaped(label)}</text>`;
  });
  const style = 'font-family="sans-serif" font-size="10" fill="#e0e0e0"';
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${sheet.width}" height="${sheet.height}"><g ${style}>${texts.join('')}</g></svg>`,
  );
}
