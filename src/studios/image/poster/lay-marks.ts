/** Ground, picture, plates, frames, shades and veils as layers. */
import sharp from 'sharp';
import type { Layer } from '../picture/types.ts';
import { type Bitmap, createBitmap, filledBitmap, type Triple } from '../raster/index.ts';
import type { Sheet } from './sheet.ts';
import type { Box, Design, Mark } from './types.ts';

/** A box of units → whole pixels on the sheet with its bleed; an edge of the trim goes on into the bleed. */
export function pixelBox({ x, y, width, height }: Box, sheet: Sheet): Box {
  const { bleed, scale } = sheet;
  const left = x <= 0 ? 0 : Math.round((x + bleed) * scale);
  const top = y <= 0 ? 0 : Math.round((y + bleed) * scale);
  const right = x + width >= sheet.width - 0.01 ? sheet.pixels[0] : Math.round((x + width + bleed) * scale);
  const bottom = y + height >= sheet.height - 0.01 ? sheet.pixels[1] : Math.round((y + height + bleed) * scale);
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** The ground and the picture in its window. */
export async function layPicture(
  source: Bitmap,
  { ground, window, round = false }: Design,
  sheet: Sheet,
): Promise<Layer[]> {
  const box = pixelBox(window, sheet);
  const bitmap = await covering(source, box.width, box.height);
  if (round) cutRound(bitmap);
  return [
    { id: 'ground', names: { en: 'ground', zh: '底色' }, bitmap: filledBitmap(...sheet.pixels, ground), x: 0, y: 0 },
    { id: 'picture', names: { en: 'picture', zh: '画' }, bitmap, x: box.x, y: box.y },
  ];
}

/** The picture as it covers a size, its middle kept. */
export async function covering({ width, height, data }: Bitmap, wide: number, tall: number): Promise<Bitmap> {
  const { data: made, info } = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize({ width: wide, height: tall, fit: 'cover', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(made) };
}

function cutRound({ width, height, data }: Bitmap): void {
  const radius = Math.min(width, height) / 2;
  for (let y = 0, at = 3; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const away = Math.hypot(x + 0.5 - width / 2, y + 0.5 - height / 2);
      data[at] = 255 * Math.min(1, Math.max(0, radius - away));
    }
  }
}

/** One mark. */
export function layMark(mark: Mark, sheet: Sheet): Layer {
  const box = pixelBox(mark.box, sheet);
  const { id, names } = mark;
  const place = { id, names, x: box.x, y: box.y };
  if (mark.kind === 'plate') {
    return { ...place, bitmap: filledBitmap(box.width, box.height, mark.colour), opacity: mark.opacity ?? 1 };
  }
  if (mark.kind === 'frame')
    return { ...place, bitmap: frame(box, mark.colour, Math.max(1, mark.thick * sheet.scale)) };
  return { ...place, bitmap: shade(box, mark.colour, mark.opacity, mark.from) };
}

function frame({ width, height }: Box, colour: Triple, thick: number): Bitmap {
  const bitmap = createBitmap(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const edge = Math.min(x, y, width - 1 - x, height - 1 - y);
      const alpha = 255 * Math.min(1, Math.max(0, thick - edge));
      if (alpha > 0) bitmap.data.set([...colour, alpha], at);
    }
  }
  return bitmap;
}

/** Full at one end, gone at the other, without a visible beginning. */
function shade({ width, height }: Box, colour: Triple, opacity: number, from: 'top' | 'bottom'): Bitmap {
  const bitmap = createBitmap(width, height);
  for (let y = 0; y < height; y++) {
    const share = from === 'bottom' ? (y + 0.5) / height : 1 - (y + 0.5) / height;
    const alpha = 255 * opacity * smooth(share);
    for (let x = 0, at = y * width * 4; x < width; x++, at += 4) bitmap.data.set([...colour, alpha], at);
  }
  return bitmap;
}

const smooth = (share: number): number => {
  const held = Math.min(1, Math.max(0, share));
  return held * held * (3 - 2 * held);
};

/** Units over which a veil fades. */
const FADE = 120;

/** A soft cloud of one colour behind a box of units. */
export function layVeil(around: Box, colour: Triple, opacity: number, id: string, sheet: Sheet): Layer {
  const box = pixelBox(
    { x: around.x - FADE, y: around.y - FADE, width: around.width + 2 * FADE, height: around.height + 2 * FADE },
    { ...sheet },
  );
  const held = {
    x: box.x,
    y: box.y,
    width: Math.min(box.width, sheet.pixels[0] - box.x),
    height: Math.min(box.height, sheet.pixels[1] - box.y),
  };
  const bitmap = createBitmap(held.width, held.height);
  const { bleed, scale } = sheet;
  for (let y = 0, at = 0; y < held.height; y++) {
    for (let x = 0; x < held.width; x++, at += 4) {
      const [ux, uy] = [(held.x + x + 0.5) / scale - bleed, (held.y + y + 0.5) / scale - bleed];
      const dx = Math.max(around.x - ux, 0, ux - around.x - around.width);
      const dy = Math.max(around.y - uy, 0, uy - around.y - around.height);
      bitmap.data.set([...colour, 255 * opacity * smooth(1 - Math.hypot(dx, dy) / FADE)], at);
    }
  }
  return { id, names: { en: 'veil', zh: '衬底' }, bitmap, x: held.x, y: held.y };
}
