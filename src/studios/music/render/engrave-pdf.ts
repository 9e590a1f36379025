/**
 * Engraved pages as a PDF: vectors, with the letters of a Chinese font where there is Chinese.
 *
 * Without a font that has its characters a page with Chinese becomes a picture, drawn by the system's own text engine, which
 * may know fonts that we do not find.
 */
import pdfkit from 'pdfkit';
import svgToPdf from 'svg-to-pdfkit';
import type { Score } from '../score/index.ts';
import { type EngraveOptions, engraveSvg } from './engrave-svg.ts';
import { pngOf } from './picture.ts';
import { type FontFile, findChineseFont } from './text-fonts.ts';

const POINTS_PER_MM = 72 / 25.4;
/** Name under which the Chinese font is known in the document. */
const CHINESE = 'Chinese';
/** Characters that the built-in fonts of PDF have. */
const LATIN = /^[\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026]*$/;
const PICTURE_DPI = 200;

export interface PdfOptions extends EngraveOptions {
  /** Default: what the system has; `null` for none. */
  readonly font?: FontFile | null;
}

/** The score as PDF bytes; the same score gives the same bytes on the same machine. */
export async function engravePdf(score: Score, options: PdfOptions = {}): Promise<Uint8Array> {
  const pages = await engraveSvg(score, options);
  const { pageWidth = 210, pageHeight = 297, signal } = options;
  const size = [pageWidth * POINTS_PER_MM, pageHeight * POINTS_PER_MM] as const;
  const font = options.font === undefined ? findChineseFont() : (options.font ?? undefined);
  const document = new pdfkit({ autoFirstPage: false, size, margin: 0, info: infoOf(score) });
  if (font) document.registerFont(CHINESE, font.path, font.face);
  const bytes = collect(document);
  for (const page of pages) {
    signal?.throwIfAborted();
    document.addPage({ size, margin: 0 });
    if (font || !hasOtherLetters(page)) drawVectors(document, page, size);
    else document.image(await pngOf(page, Math.round((pageWidth * PICTURE_DPI) / 25.4)), 0, 0, { width: size[0] });
  }
  document.end();
  return bytes;
}

function infoOf({ title, composer }: Score): Record<string, string | Date> {
  return {
    Title: title,
    ...(composer ? { Author: composer } : {}),
    Creator: 'LLMAgentOS',
    CreationDate: new Date(0),
  };
}

function drawVectors(document: pdfkit, page: string, [width, height]: readonly [number, number]): void {
  // Only the view box counts: the size on paper is the document's.
  const drawing = markLetters(page).replace(/<svg width="[^"]*" height="[^"]*"/, '<svg');
  svgToPdf(document, drawing, 0, 0, {
    width,
    height,
    assumePt: true,
    fontCallback: (family, bold, italic) => (family.includes(CHINESE) ? CHINESE : latinFace(bold, italic)),
    warningCallback: () => {},
  });
}

function latinFace(bold: boolean, italic: boolean): string {
  if (bold) return italic ? 'Times-BoldItalic' : 'Times-Bold';
  return italic ? 'Times-Italic' : 'Times-Roman';
}

/** Words in other than Latin letters ask for the Chinese font by name. */
function markLetters(page: string): string {
  return page.replace(/<tspan([^<>]*)>([^<>]+)<\/tspan>/g, (whole, attributes: string, text: string) =>
    LATIN.test(text) || text.trim() === ''
      ? whole
      : `<tspan${attributes.replace(/\sfont-family="[^"]*"/, '')} font-family="${CHINESE}">${text}</tspan>`,
  );
}

function hasOtherLetters(page: string): boolean {
  return markLetters(page) !== page;
}

function collect(document: pdfkit): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    document.on('data', (chunk) => chunks.push(chunk));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    document.on('error', reject);
  });
}
