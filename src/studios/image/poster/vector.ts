/**
 * A poster as it goes to print: the picture as pixels, the type as outlines, sharp at any size.
 *
 *   SVG  one drawing in millimetres        PDF  one page with trim and bleed boxes (ISO 32000-1, 14.11.2)
 */
import pdfkit from 'pdfkit';
import sharp from 'sharp';
import svgToPdf from 'svg-to-pdfkit';
import { aboutOf, flatten, mergedOf, readOpenRaster } from '../picture/index.ts';
import { type Bitmap, formatHex } from '../raster/index.ts';
import { lettersFor } from './faces.ts';
import type { PosterFacts } from './make-poster.ts';
import { setStack } from './set-stack.ts';
import type { Outlines } from './types.ts';

const POINTS_PER_MM = 72 / 25.4;
/** Density of pictures that have no size on paper. */
const PLAIN_DPI = 150;
const QUALITY = 93;

/** How a poster was set; undefined for other pictures. Throws `image/bad-picture`. */
export function posterFactsOf(bytes: Uint8Array): PosterFacts | undefined {
  return aboutOf(bytes).poster as PosterFacts | undefined;
}

/** The poster as SVG with the picture inside. */
export async function posterSvg(bytes: Uint8Array): Promise<string> {
  const facts = posterFactsOf(bytes)!;
  const { width, height } = boxOf(facts);
  const { mmPerUnit } = facts.sheet;
  const picture = Buffer.from(await jpegOf(await withoutType(bytes, facts))).toString('base64');
  const image = `<image x="${-facts.sheet.bleed}" y="${-facts.sheet.bleed}" width="${width}" height="${height}" preserveAspectRatio="none" href="data:image/jpeg;base64,${picture}"/>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svgHead(facts, `width="${fixed(width * mmPerUnit)}mm" height="${fixed(height * mmPerUnit)}mm"`)}\n${image}\n${typePaths(facts)}\n</svg>\n`;
}

/** A page of a poster, or of any picture, as PDF. The same picture gives the same bytes. */
export async function picturePdf(bytes: Uint8Array, title: string): Promise<Uint8Array> {
  const facts = posterFactsOf(bytes);
  const pixels = facts ? await withoutType(bytes, facts) : await mergedOf(bytes);
  const mm = facts
    ? ([boxOf(facts).width * facts.sheet.mmPerUnit, boxOf(facts).height * facts.sheet.mmPerUnit] as const)
    : ([(pixels.width / PLAIN_DPI) * 25.4, (pixels.height / PLAIN_DPI) * 25.4] as const);
  const size = mm.map((side) => side * POINTS_PER_MM) as unknown as readonly [number, number];
  const info = { Title: title, Creator: 'LLMAgentOS', CreationDate: new Date(0) };
  const document = new pdfkit({ autoFirstPage: false, size, margin: 0, info });
  const collected = collect(document);
  document.addPage({ size, margin: 0 });
  if (facts) setBoxes(document, facts, size);
  document.image(await jpegOf(pixels), 0, 0, { width: size[0] });
  if (facts) {
    const drawing = `${svgHead(facts, '')}${typePaths(facts)}</svg>`;
    svgToPdf(document, drawing, 0, 0, { width: size[0], height: size[1], assumePt: true, warningCallback: () => {} });
  }
  document.end();
  return collected;
}

/** The sheet with its bleed, in units. */
function boxOf({ sheet: { width, height, bleed } }: PosterFacts): { width: number; height: number } {
  return { width: width + 2 * bleed, height: height + 2 * bleed };
}

function svgHead(facts: PosterFacts, size: string): string {
  const { bleed } = facts.sheet;
  const { width, height } = boxOf(facts);
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="${[-bleed, -bleed, width, height].map(fixed).join(' ')}">`;
}

/** Every text as one path. */
function typePaths({ stacks, text, style, ruby }: PosterFacts): string {
  const options = { lettersOf: lettersFor(text, style), ruby: ruby === true ? 'pinyin' : ruby || undefined } as const;
  return stacks
    .flatMap((stack) =>
      setStack(stack, text, options)!.map(
        ({ role, letters }) =>
          `<path id="${role}" fill="${formatHex(stack.colour)}" d="${letters.map(pathOf).join('')}"/>`,
      ),
    )
    .join('\n');
}

function pathOf(outlines: Outlines): string {
  return outlines.map((line) => `M${line.map(([x, y]) => `${fixed(x)} ${fixed(y)}`).join('L')}Z`).join('');
}

const fixed = (value: number): string => `${Math.round(value * 100) / 100}`;

async function withoutType(bytes: Uint8Array, { stacks }: PosterFacts): Promise<Bitmap> {
  const roles = new Set<string>(stacks.flatMap(({ items }) => items.map(({ role }) => role)));
  const picture = await readOpenRaster(bytes);
  return flatten({ ...picture, layers: picture.layers.filter(({ id }) => !roles.has(id)) });
}

async function jpegOf({ width, height, data }: Bitmap): Promise<Uint8Array> {
  const raw = sharp(data, { raw: { width, height, channels: 4 } }).flatten({ background: '#ffffff' });
  return new Uint8Array(await raw.jpeg({ quality: QUALITY, chromaSubsampling: '4:4:4' }).toBuffer());
}

/** What a printer cuts to, and how far the picture goes on. */
function setBoxes(document: pdfkit, { sheet }: PosterFacts, [width, height]: readonly [number, number]): void {
  const edge = sheet.bleed * sheet.mmPerUnit * POINTS_PER_MM;
  const page = (
    document as unknown as { readonly page: { readonly dictionary: { readonly data: Record<string, unknown> } } }
  ).page;
  page.dictionary.data.BleedBox = [0, 0, width, height];
  page.dictionary.data.TrimBox = [edge, edge, width - edge, height - edge];
}

function collect(document: pdfkit): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    document.on('data', (chunk) => chunks.push(chunk));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    document.on('error', reject);
  });
}
