/** SVG → PNG. */
import sharp from 'sharp';

/** A drawing as PNG, `width` pixels wide; its own background, else white. */
export async function pngOf(svg: string, width: number): Promise<Uint8Array> {
  const own = Number(/<svg\b[^>]*?\swidth="([\d.]+)/.exec(svg)?.[1] ?? width);
  const unit = /<svg\b[^>]*?\swidth="[\d.]+mm"/.test(svg) ? 25.4 : 72;
  const density = Math.min(2400, Math.max(1, (width * unit) / own));
  const picture = sharp(Buffer.from(svg), { density, limitInputPixels: 400_000_000 });
  return new Uint8Array(await picture.resize({ width }).flatten({ background: '#fff' }).png().toBuffer());
}
