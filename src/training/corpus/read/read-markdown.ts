/** Markdown to plain text: headings keep their words, emphasis and links lose their marks, code and pictures go. */
import type { Piece } from '../document.ts';

/** Reads one text; `title` and `author` come from front matter or the first heading. */
export function readMarkdown(source: string): Piece {
  const { fields, body } = splitFrontMatter(source.replace(/\r\n?/g, '\n'));
  const heading = /^#\s+(.+?)\s*#*$/m.exec(body)?.[1] ?? /^(\S.*)\n=+\s*$/m.exec(body)?.[1];
  const text = body
    .replace(/^(`{3,}|~{3,})[\s\S]*?(?:^\1[`~]*\s*$|$(?![\s\S]))/gm, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\[[^\]]+\]:\s+\S+.*$/gm, '')
    .replace(/^#{1,6}[ \t]+(.*?)[ \t]*#*$/gm, '$1')
    .replace(/^(\S.*)\n[=-]{3,}[ \t]*$/gm, '$1')
    .replace(/^[ \t]*(?:[-*_][ \t]*){3,}$/gm, '')
    .replace(/^ {0,3}>[ \t]?/gm, '')
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?!\w)/g, '$1')
    .replace(/(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)/g, '$1')
    .replace(/`([^`\n]+)`/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+.!-])/g, '$1')
    .replace(/<\/?[a-z][^>\n]*>/gi, '')
    .replace(/\n{3,}/g, '\n\n');
  return { text: text.trim(), title: fields.title ?? heading, author: fields.author, licence: fields.license };
}

function splitFrontMatter(source: string): {
  readonly fields: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const found = /^---\n([\s\S]*?)\n(?:---|\.\.\.)\s*(?:\n|$)/.exec(source);
  if (!found) return { fields: {}, body: source };
  const lines = [...found[1]!.matchAll(/^(\w+):\s*(.*)$/gm)];
  const fields = lines.map(([, key, value]) => [
    key!.toLowerCase().replace('licence', 'license'),
    value!.replace(/^(["'])(.*)\1$/, '$2'),
  ]);
  return { fields: Object.fromEntries(fields), body: source.slice(found[0].length) };
}
