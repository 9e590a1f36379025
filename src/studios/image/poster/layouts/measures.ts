/** Measures and colours that layouts share. */
import type { Triple } from '../../raster/index.ts';
import type { Box, Item, Page, Stack } from '../types.ts';

export const INK: Triple = [28, 26, 25];
export const PAPER: Triple = [246, 240, 226];
export const WHITE: Triple = [252, 250, 246];

/** A box, smaller by so much on every side. */
export function inset({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

/** A box, larger by so much on every side. */
export function around(box: Box, by: number): Box {
  return inset(box, -by);
}

/** Small type that every layout sets alike; Latin names in spaced capitals. */
export function author(page: Pick<Page, 'text'>, largest = 34): Item {
  const latin = !/\p{Script=Han}/u.test(page.text.author);
  return { role: 'author', sizes: [20, largest], face: 'book', tracking: latin ? 0.14 : 0.22, upper: latin };
}

/** What is left to say, in lines at the foot of a full picture. */
export function last({ width, height, margin }: Pick<Page, 'width' | 'height' | 'margin'>): Stack {
  return {
    box: { x: margin, y: height * 0.7, width: width - 2 * margin, height: height * 0.3 - margin },
    way: 'across',
    align: 'middle',
    stand: 'bottom',
    colours: [INK, WHITE],
    items: [
      { role: 'lines', sizes: [20, 32], face: 'book', leading: 1.4, most: 12 },
      { role: 'date', sizes: [20, 26], face: 'book', tracking: 0.1, gap: 26 },
    ],
  };
}

/** Units that small words need at the head or foot of a sheet, by a rough count of their lines. */
export function footHeight({ text: { author: name, date, lines } }: Pick<Page, 'text'>, width: number): number {
  const rows = lines.reduce((sum, line) => sum + Math.ceil(([...line].length * 16) / width), 0);
  return Math.max(60, rows * 40 + (rows ? 30 : 0) + (name ? 60 : 0) + (date ? 45 : 0));
}
