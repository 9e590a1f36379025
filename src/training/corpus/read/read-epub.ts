/** EPUB 2 and 3: container.xml → package (OPF) → chapters in the order of the spine, one piece each. After EPUB 3.3. */
import { posix } from 'node:path';
import type { Bilingual } from '../../refusal.ts';
import { type Piece, type Reading, type ReadLimits, unreadable } from '../document.ts';
import { decodeText } from '../encoding/decode-text.ts';
import { markupText } from './markup-text.ts';
import { type Archive, openArchive } from './open-archive.ts';
import { findAll, parseXml, textOf, type XmlElement } from './xml-tree.ts';

/** Reads a book. Throws the refusal of the file for a broken archive, a missing package or encrypted chapters. */
export function readEpub(bytes: Uint8Array, limits: ReadLimits): Reading {
  const archive = openArchive(bytes, limits.maxFileBytes);
  const path = findPackage(archive);
  const opf = parse(archive, path);
  const spine = findSpine(opf, path);
  refuseEncrypted(archive, spine);
  const title = textOf(findAll(opf, 'title')[0]);
  const author = textOf(findAll(opf, 'creator')[0]);
  const licence = textOf(findAll(opf, 'rights')[0]);
  const warnings: Bilingual[] = [];
  const pieces = spine.flatMap((href, i): Piece[] => {
    const content = href.startsWith('..') ? undefined : archive.find(href);
    if (!content) {
      warnings.push({ en: `the chapter ${href} is missing`, zh: `缺少章节 ${href}` });
      return [];
    }
    const { text, heading } = markupText(decodeText(content).text);
    return text ? [{ text, label: String(i + 1), title: heading ?? title, author, book: title, licence }] : [];
  });
  if (pieces.length === 0) throw unreadable('no chapter of the book has text', '书中没有任何含文字的章节');
  return { pieces, warnings };
}

function findPackage(archive: Archive): string {
  const container = archive.find('META-INF/container.xml');
  const named = container && findAll(parseXml(decodeText(container).text), 'rootfile')[0]?.attributes['full-path'];
  const path = named ?? archive.names.find((name) => name.endsWith('.opf'));
  if (path && archive.names.includes(path)) return path;
  throw unreadable(
    `it has no package document (OPF)${path ? `: ${path} is missing` : ''}`,
    `缺少 OPF 包文件${path ? `：没有 ${path}` : ''}`,
  );
}

function parse(archive: Archive, path: string): XmlElement {
  return parseXml(decodeText(archive.get(path)).text);
}

/** Paths of the chapters within the archive, in reading order, without the table of contents. */
function findSpine(opf: XmlElement, path: string): string[] {
  const items = new Map(findAll(opf, 'item').map(({ attributes }) => [attributes.id, attributes]));
  const refs = findAll(opf, 'itemref').filter(({ attributes }) => attributes.linear !== 'no');
  return refs.flatMap(({ attributes }) => {
    const item = items.get(attributes.idref);
    if (!item?.href || /\bnav\b/.test(item.properties ?? '') || !/html|xml|^$/.test(item['media-type'] ?? ''))
      return [];
    return [posix.join(posix.dirname(path), decodePath(item.href.replace(/#.*/, '')))];
  });
}

function decodePath(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

/** Fonts may be scrambled, chapters may not. */
function refuseEncrypted(archive: Archive, spine: readonly string[]): void {
  const list = archive.find('META-INF/encryption.xml');
  if (!list) return;
  const references = findAll(parseXml(decodeText(list).text), 'CipherReference').map(
    ({ attributes }) => attributes.URI,
  );
  if (!references.some((uri) => uri !== undefined && spine.includes(decodePath(uri)))) return;
  throw unreadable('its chapters are encrypted (DRM)', '章节已加密（DRM）');
}
