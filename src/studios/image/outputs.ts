/** The files in which a picture leaves the house: flat ones, and in layers. */
import type { Sharp } from 'sharp';
import { z } from 'zod';
import type { Format, InputWork } from '../../kernel/index.ts';
import type { Composition } from './composition/index.ts';
import type { TracedDrawing } from './lines/index.ts';

const flatSettings = z.strictObject({
  longest: z.int().min(16).max(16_384).optional().describe('pixels of the longer side; as it was painted when absent'),
  quality: z.int().min(1).max(100).optional().describe('of WebP, AVIF and JPEG'),
  bare: z.boolean().optional().describe('leaves out how it was made'),
});

type Encode = (picture: Sharp, quality: number | undefined) => Sharp;

/** How it was made goes with it, so that the file dropped back restores everything. */
function flat(name: string, mime: string, extension: string, summary: Format['summary'], encode: Encode): Format {
  return {
    name,
    mime,
    extension,
    ...(summary && { summary }),
    settings: flatSettings,
    write: async (work: InputWork, given = {}) => {
      const { longest, quality, bare } = flatSettings.parse(given);
      const { mergedOf } = await import('./picture/index.ts');
      const { default: sharp } = await import('sharp');
      const { encodeWithRecord } = await import('./metadata/index.ts');
      const { recordOf } = await import('./record-of.ts');
      const { width, height, data } = await mergedOf(work.bytes);
      const raw = sharp(data, { raw: { width, height, channels: 4 } });
      const seen = name !== 'jpeg' && isClear(data) ? raw : raw.flatten({ background: '#ffffff' });
      const sized = longest
        ? seen.resize({ width: longest, height: longest, fit: 'inside', kernel: 'lanczos3' })
        : seen;
      const picture = encode(sized, quality);
      if (bare) return new Uint8Array(await picture.toBuffer());
      return encodeWithRecord(picture, { record: recordOf(work), size: [width, height], isPng: name === 'png' });
    },
  };
}

/** Whether something shines through anywhere. */
function isClear(data: Uint8ClampedArray): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i]! < 250) return true;
  return false;
}

export const pictureFormats: readonly Format[] = [
  flat('png', 'image/png', 'png', { en: 'PNG', zh: 'PNG 图像' }, (picture) => picture.png({ compressionLevel: 9 })),
  flat('webp', 'image/webp', 'webp', { en: 'WebP', zh: 'WebP 图像' }, (picture, quality = 90) =>
    picture.webp({ quality }),
  ),
  flat('avif', 'image/avif', 'avif', { en: 'AVIF', zh: 'AVIF 图像' }, (picture, quality = 70) =>
    picture.avif({ quality }),
  ),
  flat('jpeg', 'image/jpeg', 'jpg', { en: 'JPEG', zh: 'JPEG 图像' }, (picture, quality = 92) =>
    picture.jpeg({ quality }),
  ),
  {
    name: 'ora',
    mime: 'image/openraster',
    extension: 'ora',
    summary: { en: 'OpenRaster, in layers (Krita, GIMP)', zh: 'OpenRaster 分层文件（Krita、GIMP）' },
    write: ({ bytes }) => bytes,
  },
  {
    name: 'psd',
    mime: 'image/vnd.adobe.photoshop',
    extension: 'psd',
    summary: { en: 'Photoshop document, in layers', zh: 'Photoshop 分层文件' },
    write: async ({ bytes }) => {
      const { readOpenRaster, writePsd } = await import('./picture/index.ts');
      return writePsd(await readOpenRaster(bytes));
    },
  },
  {
    name: 'svg',
    mime: 'image/svg+xml',
    extension: 'svg',
    summary: { en: 'its drawing as lines, for plotters', zh: '线稿（可供绘图机）' },
    write: async ({ bytes }) => {
      const { aboutOf } = await import('./picture/index.ts');
      if (aboutOf(bytes).poster) {
        const { posterSvg } = await import('./poster/index.ts');
        return new TextEncoder().encode(await posterSvg(bytes));
      }
      const { composition, traced } = aboutOf(bytes) as { composition?: Composition; traced?: TracedDrawing };
      if (traced || !composition) return new TextEncoder().encode(await linesOf(bytes, traced));
      const { drawScene, plotSvg } = await import('./paint-scene.ts');
      return new TextEncoder().encode(plotSvg(composition, drawScene(composition)));
    },
  },
  {
    name: 'pdf',
    mime: 'application/pdf',
    extension: 'pdf',
    summary: { en: 'PDF; posters with trim, bleed and type as outlines', zh: 'PDF；海报带裁切线与出血，文字为轮廓' },
    write: async ({ bytes, work }) => {
      const { picturePdf } = await import('./poster/index.ts');
      return picturePdf(bytes, work.title ?? '');
    },
  },
  {
    name: 'json',
    mime: 'application/json',
    extension: 'json',
    summary: { en: 'how it was made', zh: '如何画成' },
    write: async ({ bytes }) => {
      const { aboutOf } = await import('./picture/index.ts');
      return new TextEncoder().encode(`${JSON.stringify(aboutOf(bytes), null, 2)}\n`);
    },
  },
];

/** The paths of a picture of lines; of any other picture those that can be found in it. */
async function linesOf(bytes: Uint8Array, traced: TracedDrawing | undefined): Promise<string> {
  const { drawLines, linesSvg, tracePaths } = await import('./lines/index.ts');
  if (traced) return linesSvg(traced);
  const { mergedOf } = await import('./picture/index.ts');
  const bitmap = await mergedOf(bytes);
  const { width, height } = bitmap;
  return linesSvg({ width, height, paths: tracePaths(drawLines(bitmap).cover) });
}
