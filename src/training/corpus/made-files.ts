/** For tests: books, documents and scores made by code, as other programs would write them. */
import { strToU8, zipSync } from 'fflate';

/** A chapter of a made-up book. */
export interface MadeChapter {
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

const xml = (body: string): Uint8Array => strToU8(`<?xml version="1.0" encoding="utf-8"?>\n${body}`);

/** An EPUB 3 with a table of contents, and spine in an order other than the files' names. */
export function makeEpub(
  title: string,
  author: string,
  chapters: readonly MadeChapter[],
  changes: Readonly<Record<string, Uint8Array | undefined>> = {},
): Uint8Array {
  const href = (i: number): string => `text/c${chapters.length - i}.xhtml`;
  const items = chapters.map((_, i) => `<item id="c${i}" href="${href(i)}" media-type="application/xhtml+xml"/>`);
  const refs = chapters.map((_, i) => `<itemref idref="c${i}"/>`);
  const nav = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>';
  const files: Record<string, Uint8Array | undefined> = {
    mimetype: strToU8('application/epub+zip'),
    'META-INF/container.xml': xml(
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    ),
    'OEBPS/book.opf': xml(
      `<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title><dc:creator>${author}</dc:creator></metadata><manifest>${nav}${items.join('')}</manifest><spine><itemref idref="nav"/>${refs.join('')}</spine></package>`,
    ),
    'OEBPS/nav.xhtml': xml('<html><body><nav><ol><li>contents</li></ol></nav></body></html>'),
    ...Object.fromEntries(chapters.map((chapter, i) => [`OEBPS/${href(i)}`, xml(chapterMarkup(chapter))])),
    ...changes,
  };
  return zip(files);
}

function chapterMarkup({ heading, paragraphs }: MadeChapter): string {
  const body = paragraphs.map((text) => `<p>${text}</p>`).join('');
  return `<html><head><title/><script src="x.js"/></head><body><h2>${heading}</h2>${body}</body></html>`;
}

/** A Word document of paragraphs given as XML runs or plain text. */
export function makeDocx(
  paragraphs: readonly string[],
  changes: Readonly<Record<string, Uint8Array | undefined>> = {},
): Uint8Array {
  const run = (text: string): string =>
    text.startsWith('<') ? text : `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
  const body = paragraphs.map((text) => `<w:p><w:pPr><w:jc w:val="both"/></w:pPr>${run(text)}</w:p>`).join('');
  return zip({
    'word/document.xml': xml(`<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`),
    'docProps/core.xml': xml(
      '<cp:coreProperties xmlns:cp="cp" xmlns:dc="dc"><dc:title>雨夜</dc:title><dc:creator>林一</dc:creator></cp:coreProperties>',
    ),
    ...changes,
  });
}

/** A zip archive; entries given as undefined are left out. */
export function zip(files: Readonly<Record<string, Uint8Array | undefined>>): Uint8Array {
  const kept = Object.entries(files).filter((entry): entry is [string, Uint8Array] => entry[1] !== undefined);
  return zipSync(Object.fromEntries(kept), { level: 6, mtime: new Date(2020, 0, 1) });
}

/** A MIDI file of empty tracks. */
export function makeMidi(format: number, tracks: number, ppq: number): Uint8Array {
  const header = Buffer.from('MThd\0\0\0\x06\0\0\0\0\0\0', 'latin1');
  [format, tracks, ppq].forEach((value, i) => {
    header.writeUInt16BE(value, 8 + 2 * i);
  });
  const track = Buffer.from('MTrk\0\0\0\x04\0\xff\x2f\0', 'latin1');
  return Buffer.concat([header, ...Array.from({ length: tracks }, () => track)]);
}

/** A score of one bar. */
export const MADE_SCORE =
  '<?xml version="1.0"?><score-partwise><work><work-title>小调</work-title></work><identification><creator type="composer">林一</creator></identification><part-list><score-part id="P1"><part-name>Flute</part-name></score-part></part-list><part id="P1"><measure number="1"><note><rest/></note></measure></part></score-partwise>';
