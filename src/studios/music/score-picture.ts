/** The beginning of an engraved score as a small picture, ink on paper or paper on ink. */
import type { ThumbnailLook } from '../../kernel/index.ts';
import { engraveSvg } from './render/index.ts';
import type { Score } from './score/index.ts';

/** Height of the picture over its width. */
const SHAPE = 0.72;

/** Ink and paper of each theme, 0–255. */
const TONES = {
  light: { ink: [30, 28, 25], paper: [255, 253, 248] },
  dark: { ink: [236, 229, 216], paper: [31, 29, 26] },
};

/** A WebP `look.width` pixels wide. */
export async function scorePicture(score: Score, { width, theme }: ThumbnailLook): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const [page] = await engraveSvg(score, { firstPages: 1 });
  const height = Math.round(width * SHAPE);
  const engraved = await sharp(Buffer.from(page!), { density: 144 })
    .flatten({ background: '#ffffff' })
    .resize({ width })
    .grayscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { ink, paper } = TONES[theme];
  const out = Buffer.alloc(3 * width * height);
  for (let i = 0; i < width * height; i++) {
    const light = i < engraved.info.width * engraved.info.height ? engraved.data[i * engraved.info.channels]! / 255 : 1;
    for (let c = 0; c < 3; c++) out[3 * i + c] = ink[c]! + (paper[c]! - ink[c]!) * light;
  }
  return sharp(out, { raw: { width, height, channels: 3 } })
    .webp({ quality: 86 })
    .toBuffer();
}
