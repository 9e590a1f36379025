/**
 * XML as a light tree: names, attributes, text, and the line of every element for errors.
 *
 * Nothing outside the document is ever fetched; documents that declare entities are refused, so none can grow when read.
 * Depth and number of elements are bounded while parsing.
 */
import { Parser } from 'htmlparser2';
import type { Bilingual } from '../../../../../kernel/index.ts';
import { refusal } from '../../../refusal.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text directly inside, trimmed. */
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

interface Open {
  name: string;
  attributes: Record<string, string>;
  children: Open[];
  text: string;
  line: number;
}

const DEEPEST = 60;
const MOST_ELEMENTS = 6_000_000;

/** The root element of a document; throws `music/bad-xml` with the line, or what `onElement` throws at an element's end. */
export function parseXml(text: string, onElement?: (element: XmlElement) => void): XmlElement {
  const lineAt = lineCounter(text);
  const open: Open[] = [];
  let root: Open | undefined;
  let count = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const line = lineAt(parser.startIndex);
        if (++count > MOST_ELEMENTS || open.length >= DEEPEST) throw tooMuch(line);
        const element: Open = { name, attributes, children: [], text: '', line };
        if (open.length > 0) open.at(-1)!.children.push(element);
        else if (root) throw badXml(line, { en: 'a second root element', zh: '出现第二个根元素' });
        else root = element;
        open.push(element);
      },
      ontext(data) {
        const element = open.at(-1);
        if (element) element.text += data;
        else if (data.trim() !== '') throw badXml(lineAt(parser.startIndex), outside);
      },
      onclosetag(name, implied) {
        const element = open.pop()!;
        if (implied && !closedByItself(text, parser)) throw badXml(element.line, unclosed(name));
        element.text = element.text.trim();
        onElement?.(element);
      },
      onprocessinginstruction(_, data) {
        if (/<!ENTITY/i.test(data) || /^!ENTITY/i.test(data)) throw badXml(lineAt(parser.startIndex), entities);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(text);
  parser.end();
  if (!root) throw badXml(1, { en: 'no element at all', zh: '没有任何元素' });
  return root;
}

/** htmlparser2 calls `<x/>` implied; a tag that is closed by another's end is, too, but does not end in `/>`. */
function closedByItself(text: string, parser: Parser): boolean {
  return text[parser.endIndex - 1] === '/' && text[parser.endIndex] === '>';
}

const outside: Bilingual = { en: 'text outside the root element', zh: '根元素之外有文字' };
const entities: Bilingual = { en: 'entity declarations are not read', zh: '不读取实体声明' };
const unclosed = (name: string): Bilingual => ({ en: `<${name}> is not closed`, zh: `<${name}> 没有闭合` });

function tooMuch(line: number): Error {
  return badXml(line, { en: 'too many or too deeply nested elements', zh: '元素过多或嵌套过深' });
}

/** `music/bad-xml`: the document is not well-formed XML, or not the XML that is read here. */
export function badXml(line: number, what: Bilingual): Error {
  return refusal(
    'input',
    'music/bad-xml',
    { en: `The XML is broken at line ${line}: ${what.en}.`, zh: `XML 第 ${line} 行有误：${what.zh}。` },
    { en: 'Export the file again from the notation program.', zh: '请从打谱软件重新导出该文件。' },
    { line },
  );
}

/** Line of an index; indices come in rising order. */
function lineCounter(text: string): (index: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (index) => {
    while (next >= 0 && next < index) {
      line++;
      next = text.indexOf('\n', next + 1);
    }
    return line;
  };
}
