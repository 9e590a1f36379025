/** HTML and XHTML to plain text: a line a block, an empty line between paragraphs; scripts, navigation and ruby notes left out. */
import { Parser } from 'htmlparser2';

export interface MarkupText {
  readonly text: string;
  readonly title?: string;
  readonly author?: string;
  /** The first heading of the body. */
  readonly heading?: string;
}

const SILENT = new Set([
  'script',
  'style',
  'nav',
  'svg',
  'math',
  'template',
  'noscript',
  'rt',
  'rp',
  'select',
  'button',
  'form',
  'iframe',
  'object',
]);
const BLOCKS = new Set(
  'address article aside blockquote body caption center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul'.split(
    ' ',
  ),
);
const HEADING = /^h[1-3]$/;

/** Reads markup as browsers do: unclosed and misplaced tags are borne. */
export function markupText(markup: string): MarkupText {
  const out = { lines: [] as string[], line: '', title: '', author: '', heading: '', silent: 0, pre: 0 };
  const open: string[] = [];
  const endLine = (): void => {
    const line = out.line.trim();
    if (line) out.lines.push(line);
    out.line = '';
  };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        open.push(name);
        if (SILENT.has(name)) out.silent++;
        if (name === 'pre') out.pre++;
        if (name === 'meta' && attributes.name?.toLowerCase() === 'author') out.author = attributes.content ?? '';
        if (name === 'br') endLine();
        else if (BLOCKS.has(name)) paragraph();
      },
      ontext: (data) => {
        const inside = open.at(-1);
        if (inside === 'title' && !open.includes('body')) out.title += data;
        else if (out.silent === 0 && !open.includes('head')) add(data);
      },
      onclosetag: (name) => {
        const at = open.lastIndexOf(name);
        if (at >= 0) open.splice(at, 1);
        if (SILENT.has(name)) out.silent = Math.max(0, out.silent - 1);
        if (name === 'pre') out.pre = Math.max(0, out.pre - 1);
        if (HEADING.test(name) && !out.heading) out.heading = out.line.trim();
        if (BLOCKS.has(name)) paragraph();
      },
    },
    { recognizeSelfClosing: true, decodeEntities: true },
  );
  const paragraph = (): void => {
    endLine();
    if (out.lines.length > 0 && out.lines.at(-1) !== '') out.lines.push('');
  };
  const add = (data: string): void => {
    if (out.pre > 0) {
      const [first, ...more] = data.split('\n');
      out.line += first!;
      for (const line of more) {
        endLine();
        out.line = line;
      }
    } else out.line = (out.line + data.replace(/[ \t\r\n\f]+/g, ' ')).replace(/ {2,}/g, ' ');
  };
  parser.end(markup);
  paragraph();
  const known = { title: out.title.trim(), author: out.author.trim(), heading: out.heading };
  return {
    text: out.lines.join('\n').trim(),
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== '')),
  };
}
