/** Word documents: the paragraphs of word/document.xml, without deleted text, field codes and notes. After ECMA-376. */
import { type Reading, type ReadLimits, unreadable } from '../document.ts';
import { decodeText, nameOfBinary } from '../encoding/decode-text.ts';
import { openArchive } from './open-archive.ts';
import { findAll, parseXml, textOf, type XmlElement } from './xml-tree.ts';

/** `Fallback` repeats for older programs what its `Choice` says. */
const SILENT = new Set(['del', 'moveFrom', 'instrText', 'delText', 'Fallback', 'pPr', 'rPr', 'drawing', 'pict']);

/** Reads a document. Throws the refusal of the file for encrypted, old or broken ones. */
export function readDocx(bytes: Uint8Array, limits: ReadLimits): Reading {
  if (nameOfBinary(bytes) === 'Office') {
    throw unreadable(
      'it is encrypted with a password, or an old .doc under the name .docx',
      '文件带密码加密，或是改名为 .docx 的旧版 .doc',
    );
  }
  const archive = openArchive(bytes, limits.maxFileBytes);
  const body = parseXml(decodeText(archive.get('word/document.xml')).text);
  const core = archive.find('docProps/core.xml');
  const about = core && parseXml(decodeText(core).text);
  const paragraphs = findAll(body, 'p');
  const nested = new Set(paragraphs.flatMap((outer) => findAll(outer, 'p').slice(1))); // text boxes, read with their outer
  const text = paragraphs
    .filter((paragraph) => !nested.has(paragraph))
    .map(paragraphText)
    .join('\n\n');
  const known = about
    ? { title: textOf(findAll(about, 'title')[0]), author: textOf(findAll(about, 'creator')[0]) }
    : {};
  return { pieces: [{ text: text.replace(/\n{3,}/g, '\n\n').trim(), ...known }] };
}

function paragraphText(element: XmlElement): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return element.name === 't' ? child : '';
      if (SILENT.has(child.name)) return '';
      if (child.name === 'tab') return '\t';
      if (child.name === 'br' || child.name === 'cr') return '\n';
      return paragraphText(child);
    })
    .join('');
}
