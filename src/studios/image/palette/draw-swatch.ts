/** A palette drawn as a card: colours as broad as their shares, each again beside its value and names. */
import { openTypeface } from '../lettering/index.ts';
import { type Bitmap, createField, filledBitmap, fillPolygon, type Point, parseHex } from '../raster/index.ts';
import { nameColour } from './name-colour.ts';

interface Swatch {
  readonly hex: string;
  /** 0–1; none for colours of a harmony. */
  readonly share?: number;
}

const WIDTH = 720;
const ROW = 64;
const BAND = 120;
const EDGE = 24;
const INK = [44, 40, 36] as const;
/** Ems over the baseline that a line of writing may fill. */
const ABOVE = 1.1;

/** The card: a band of the picture's colours, then a row for each; `others` (a harmony, the wanted colours) stand below a gap. */
export function drawSwatch(colours: readonly Swatch[], others: readonly Swatch[] = []): Bitmap {
  const rows = [...colours, ...others];
  const gap = others.length > 0 ? EDGE : 0;
  const height = BAND + 2 * EDGE + rows.length * ROW + gap + EDGE;
  const card = filledBitmap(WIDTH, height, parseHex('#faf8f3'));
  const whole = colours.reduce((sum, { share = 0 }) => sum + share, 0) || 1;
  let left = EDGE;
  for (const { hex, share = 0 } of colours) {
    const right = left + ((WIDTH - 2 * EDGE) * share) / whole;
    fillBox(card, { left, right, top: EDGE, bottom: EDGE + BAND }, hex);
    left = right;
  }
  for (const [i, swatch] of rows.entries()) {
    drawRow(card, swatch, BAND + 2 * EDGE + i * ROW + (i >= colours.length ? gap : 0));
  }
  return card;
}

function drawRow(card: Bitmap, { hex, share }: Swatch, top: number): void {
  const { plain, traditional } = nameColour(hex);
  fillBox(card, { left: EDGE, right: EDGE + 96, top: top + 6, bottom: top + ROW - 6 }, hex);
  writeLine(card, hex, 144, top + 42, 26);
  writeLine(card, share === undefined ? '' : `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`, 262, top + 42, 24);
  writeLine(card, `${traditional.zh} ${traditional.en}`, 352, top + 32, 24);
  writeLine(card, `${plain.zh} ${plain.en}`, 352, top + 55, 18);
}

interface Sides {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function fillBox(card: Bitmap, { left, right, top, bottom }: Sides, hex: string): void {
  const [r, g, b] = parseHex(hex);
  for (let y = Math.round(top); y < Math.round(bottom); y++)
    for (let x = Math.round(left); x < Math.round(right); x++) card.data.set([r, g, b, 255], 4 * (y * card.width + x));
}

/** Chinese in the brush face, the rest in the Latin one; baseline at `y`. */
function writeLine(card: Bitmap, text: string, x: number, y: number, size: number): void {
  const [chinese, latin] = [openTypeface('ma-shan-zheng'), openTypeface('cormorant-garamond')];
  const outlines: Point[][] = [];
  let at = x;
  for (const character of text) {
    const glyph = (/\p{Script=Han}/u.test(character) ? chinese : latin).glyph(character);
    for (const line of glyph?.outlines ?? [])
      outlines.push(line.map(([px, py]): Point => [at + px * size, (py + ABOVE) * size]));
    at += (glyph?.advance ?? 0.3) * size;
  }
  const cover = fillPolygon(createField(card.width, Math.ceil(size * (ABOVE + 0.4))), outlines);
  const first = Math.round(y - ABOVE * size) * card.width;
  for (let i = 0; i < cover.data.length; i++) {
    const share = cover.data[i]!;
    if (share === 0) continue;
    for (let c = 0; c < 3; c++) card.data[4 * (first + i) + c]! += (INK[c]! - card.data[4 * (first + i) + c]!) * share;
  }
}
