/**
 * OpenRaster 0.0.6 (freedesktop.org): the file that a picture is kept in. Krita, GIMP and MyPaint open it.
 *
 *   mimetype · stack.xml · data/<layer>.png … · mergedimage.png · Thumbnails/thumbnail.png · llmagentos.json (how it was made)
 *
 * The same picture gives the same bytes: times in the archive are fixed.
 */
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { z } from 'zod';
import { canonicalJson, type Json } from '../../../core/index.ts';
import type { Bitmap } from '../raster/index.ts';
import { refusal } from '../refusal.ts';
import { flatten } from './flatten.ts';
import { decodePng, encodePng, shrink } from './png.ts';
import { trimmed } from './trimmed.ts';
import type { Blend, Layer, Picture } from './types.ts';

const OPEN_RASTER = 'image/openraster';

/** Dates of all entries: the beginning of the ZIP calendar. */
const MTIME = new Date(1980, 0, 1);

const OPERATORS: Readonly<Record<Blend, string>> = {
  normal: 'svg:src-over',
  multiply: 'svg:multiply',
  screen: 'svg:screen',
  overlay: 'svg:overlay',
  'soft-light': 'svg:soft-light',
  darken: 'svg:darken',
  lighten: 'svg:lighten',
  plus: 'svg:plus',
};

/** Side of the thumbnail at most, as the format has it. */
const THUMBNAIL = 256;

/** Writes a picture as a file; transparent margins of layers are cut off. */
export async function writeOpenRaster(picture: Picture): Promise<Uint8Array> {
  const merged = flatten(picture);
  const layers = picture.layers.map(trimmed);
  const files: Zippable = { mimetype: [strToU8(OPEN_RASTER), { level: 0, mtime: MTIME }] };
  const put = (name: string, bytes: Uint8Array): void => {
    files[name] = [bytes, { level: name.endsWith('.png') ? 0 : 6, mtime: MTIME }];
  };
  put('stack.xml', strToU8(stackXml(picture, layers)));
  for (const [i, { bitmap }] of layers.entries()) put(`data/layer-${i}.png`, await encodePng(bitmap));
  put('mergedimage.png', await encodePng(merged));
  put('Thumbnails/thumbnail.png', await encodePng(await shrink(merged, THUMBNAIL)));
  const shows = layers.map(({ id, names, shows: seen }) => ({ id, names, ...(seen && { shows: seen }) }));
  put('llmagentos.json', strToU8(canonicalJson({ about: picture.about, layers: shows } as unknown as Json)));
  return zipSync(files);
}

/** Layers stand top first. */
function stackXml({ width, height }: Picture, layers: readonly Layer[]): string {
  const rows = layers.map(({ names, x, y, opacity = 1, blend = 'normal', visible = true }, i) => {
    const name = escapeXml(`${names.zh} ${names.en}`);
    return `    <layer name="${name}" src="data/layer-${i}.png" x="${x}" y="${y}" opacity="${opacity}" visibility="${visible ? 'visible' : 'hidden'}" composite-op="${OPERATORS[blend]}"/>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<image version="0.0.6" w="${width}" h="${height}" xres="72" yres="72">\n  <stack>\n${rows.reverse().join('\n')}\n  </stack>\n</image>\n`;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const kept = z.object({
  about: z.record(z.string(), z.unknown()),
  layers: z.array(
    z.object({
      id: z.string(),
      names: z.object({ en: z.string(), zh: z.string() }),
      shows: z.array(z.string()).exactOptional(),
    }),
  ),
});

/** Reads a file that `writeOpenRaster` wrote, layers and all. Throws `image/bad-picture`. Files of other programs come in through a safer door. */
export async function readOpenRaster(bytes: Uint8Array): Promise<Picture> {
  const { files, layers: facts, about } = openOwn(bytes);
  const stack = strFromU8(files['stack.xml']!);
  const [, width, height] = /<image[^>]* w="(\d+)" h="(\d+)"/.exec(stack)!;
  const rows = [...stack.matchAll(/<layer [^>]*\/>/g)].map(([row]) => row).reverse();
  const layers = await Promise.all(
    rows.map(async (row, i): Promise<Layer> => {
      const attribute = (name: string): string => new RegExp(` ${name}="([^"]*)"`).exec(row)![1]!;
      const blend = Object.entries(OPERATORS).find(
        ([, operator]) => operator === attribute('composite-op'),
      )![0] as Blend;
      return {
        ...facts[i]!,
        bitmap: await decodePng(files[attribute('src')]!),
        x: Number(attribute('x')),
        y: Number(attribute('y')),
        opacity: Number(attribute('opacity')),
        visible: attribute('visibility') === 'visible',
        blend,
      };
    }),
  );
  return { width: Number(width), height: Number(height), layers, about };
}

/** The whole picture as it was flattened when it was written. Throws `image/bad-picture`. */
export function mergedOf(bytes: Uint8Array): Promise<Bitmap> {
  const { files } = openOwn(bytes, (name) => name === 'mergedimage.png' || name === 'llmagentos.json');
  return decodePng(files['mergedimage.png']!);
}

/** How a picture was made. Throws `image/bad-picture`. */
export function aboutOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  return outlineOf(bytes).about;
}

/** How a picture was made and what its layers are, without a pixel. Throws `image/bad-picture`. */
export function outlineOf(bytes: Uint8Array): Pick<z.output<typeof kept>, 'about' | 'layers'> {
  const { about, layers } = openOwn(bytes, (name) => name === 'llmagentos.json');
  return { about, layers };
}

function openOwn(bytes: Uint8Array, wanted: (name: string) => boolean = () => true) {
  try {
    const files = unzipSync(bytes, { filter: ({ name }) => wanted(name) });
    return { files, ...kept.parse(JSON.parse(strFromU8(files['llmagentos.json']!))) };
  } catch {
    throw refusal(
      'input',
      'image/bad-picture',
      { en: 'This is not a picture of ours, or it is damaged.', zh: '这不是本系统的图画文件，或文件已损坏。' },
      {
        en: 'Bring pictures of other programs as PNG, JPEG or WebP.',
        zh: '其他程序的图画请以 PNG、JPEG 或 WebP 带入。',
      },
    );
  }
}
