/** XML as a plain tree with prefixes left off, for the small documents inside epub, docx and MusicXML. */
import { Parser } from 'htmlparser2';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (XmlElement | string)[];
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
const DEEPEST = 500;

/** Parses; broken XML gives what could be read. Elements nested deeper than 500 are put at that depth. */
export function parseXml(text: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] };
  const stack = [root];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const own = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [local(key), value]));
        const element: XmlElement = { name: local(name), attributes: own, children: [] };
        stack[Math.min(stack.length, DEEPEST) - 1]!.children.push(element);
        stack.push(element);
      },
      ontext: (data) => {
        stack[Math.min(stack.length, DEEPEST) - 1]!.children.push(data);
      },
      onclosetag: () => {
        if (stack.length > 1) stack.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  return root;
}

/** All elements of a name, in document order. */
export function findAll(root: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (element: XmlElement): void => {
    if (element.name === name) found.push(element);
    for (const child of element.children) if (typeof child !== 'string') visit(child);
  };
  visit(root);
  return found;
}

/** The text within, trimmed, or undefined when there is none. */
export function textOf(element: XmlElement | undefined): string | undefined {
  const join = (of: XmlElement): string =>
    of.children.map((child) => (typeof child === 'string' ? child : join(child))).join('');
  return (element && join(element).replace(/\s+/g, ' ').trim()) || undefined;
}
