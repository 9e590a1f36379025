/** Prose as a file: plain text, Markdown, or the document with its spans. */
import type { Format, InputWork } from '../../../kernel/index.ts';
import type { Prose } from '../prose/prose.ts';

const encoder = new TextEncoder();
const proseOf = (work: InputWork): Prose => work.document as Prose;
const paragraphs = (text: string): string => text.trim().split(/\n+/).join('\n\n');

export const proseFormats: readonly Format[] = [
  {
    name: 'txt',
    medium: 'prose',
    mime: 'text/plain; charset=utf-8',
    extension: 'txt',
    summary: { en: 'plain text', zh: '纯文本' },
    write: (work) => encoder.encode(`${proseOf(work).text.trim()}\n`),
  },
  {
    name: 'md',
    medium: 'prose',
    mime: 'text/markdown; charset=utf-8',
    extension: 'md',
    summary: { en: 'Markdown', zh: 'Markdown' },
    write: (work) =>
      encoder.encode(`# ${proseOf(work).title || work.work.title}\n\n${paragraphs(proseOf(work).text)}\n`),
  },
  {
    name: 'json',
    medium: 'prose',
    mime: 'application/json',
    extension: 'json',
    summary: { en: 'the document, with who wrote which part', zh: '文档，标明每段由谁所写' },
    write: (work) => encoder.encode(`${JSON.stringify(work.document, null, 2)}\n`),
  },
];
