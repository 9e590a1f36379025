/** A small picture of words: a page of verse or prose, a plan with its colours. Paper and ink, by day and by lamp. */
import sharp from 'sharp';
import type { ThumbnailLook } from '../../kernel/index.ts';
import { openTypeface } from '../../studios/image/index.ts';
import { type FaceOf, isHan, PAGE, type Placed, setLevel, setUpright } from './set-page.ts';

/** What stands on a page. */
export interface PageWords {
  readonly title: string;
  readonly text: string;
  /** In columns from the right, with a seal. */
  readonly upright: boolean;
  /** Colours as `#rrggbb`, shown in a row below the words. */
  readonly swatches: readonly string[];
}

const TONES = {
  light: { ink: '#1e1c19', paper: '#fffdf8', seal: '#a8372c' },
  dark: { ink: '#ece5d8', paper: '#1f1d1a', seal: '#c8584a' },
};

/** A WebP `width` pixels wide. */
export async function pagePicture(
  { title, text, upright, swatches }: PageWords,
  look: ThumbnailLook,
): Promise<Uint8Array> {
  const [han, latin] = await Promise.all([openTypeface('ma-shan-zheng'), openTypeface('cormorant-garamond')]);
  const faceOf: FaceOf = (character) => (isHan(character) ? han : latin);
  const { ink, paper, seal } = TONES[look.theme];
  const drawn = (placed: readonly Placed[], colour: string): string =>
    placed
      .map((each) => `<path d="${outline(each, faceOf)}" fill="${colour}" fill-opacity="${each.strength}"/>`)
      .join('');
  const parts: string[] = [];
  if (upright) {
    const set = setUpright(title, text);
    const { x, y, side } = set.seal;
    const sign = { character: '诗', x: x + side * 0.13, y: y + side * 0.78, size: side * 0.74, strength: 1 };
    parts.push(drawn(set.placed, ink));
    parts.push(
      `<rect x="${x}" y="${y}" width="${side}" height="${side}" rx="${side / 9}" fill="${seal}"/>${drawn([sign], paper)}`,
    );
  } else {
    const { placed, below } = setLevel(title, text, faceOf);
    parts.push(drawn(placed, ink));
    for (const [i, colour] of swatches.slice(0, 8).filter(isColour).entries()) {
      const y = Math.min(below + 6, PAGE.height - 110);
      parts.push(
        `<circle cx="${112 + i * 66}" cy="${y}" r="26" fill="${colour}" stroke="${ink}" stroke-opacity=".2"/>`,
      );
    }
  }
  const box = `viewBox="0 0 ${PAGE.width} ${PAGE.height}"`;
  const height = Math.round((look.width * PAGE.height) / PAGE.width);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${look.width}" height="${height}" ${box}><rect width="100%" height="100%" fill="${paper}"/>${parts.join('')}</svg>`;
  return sharp(Buffer.from(svg), { unlimited: true }).webp({ quality: 88 }).toBuffer();
}

const isColour = (colour: string): boolean => /^#[0-9a-f]{6}$/i.test(colour);

/** A character that no typeface has is a small ring, so that it is seen that something stands there. */
function outline({ character, x, y, size }: Placed, faceOf: FaceOf): string {
  const glyph = faceOf(character).glyph(character);
  if (!glyph) {
    if (character.trim() === '') return '';
    const ring = (r: number, turn: 0 | 1): string =>
      `M${round(x + size / 2 - r)} ${round(y - size * 0.36)}a${r} ${r} 0 1 ${turn} ${2 * r} 0a${r} ${r} 0 1 ${turn} ${-2 * r} 0z`;
    return ring(size * 0.22, 0) + ring(size * 0.17, 1);
  }
  const pieces = glyph.outlines.map((line) =>
    line.map(([px, py]) => `${round(x + px * size)} ${round(y + py * size)}`).join('L'),
  );
  return pieces.map((piece) => `M${piece}Z`).join('');
}

const round = (value: number): number => Math.round(value * 10) / 10;
