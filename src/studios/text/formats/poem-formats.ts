/** A poem as a file: plain text, Markdown with its proof, a page to look at, or the document itself. */
import type { Format, InputWork } from '../../../kernel/index.ts';
import { formatPoem } from '../verse/format-poem.ts';
import { isFreeVerse } from '../verse/free-verse.ts';
import type { Poem } from '../verse/poem.ts';
import { renderPage } from './poem-page.ts';

const encoder = new TextEncoder();
const poemOf = (work: InputWork): Poem => work.document as Poem;

export const poemFormats: readonly Format[] = [
  {
    name: 'txt',
    mime: 'text/plain; charset=utf-8',
    extension: 'txt',
    summary: { en: 'plain text', zh: '纯文本' },
    write: (work) => encoder.encode(`${poemOf(work).title}\n\n${formatPoem(poemOf(work))}\n`),
  },
  {
    name: 'md',
    mime: 'text/markdown; charset=utf-8',
    extension: 'md',
    summary: { en: 'Markdown with the proof of the form', zh: 'Markdown，附格律证明' },
    write: (work) => encoder.encode(formatMarkdown(poemOf(work))),
  },
  {
    name: 'svg',
    mime: 'image/svg+xml',
    extension: 'svg',
    summary: { en: 'a page set in columns, with the tones marked', zh: '竖排页面，标注平仄' },
    write: (work) => encoder.encode(renderPage(poemOf(work))),
  },
  {
    name: 'json',
    mime: 'application/json',
    extension: 'json',
    summary: { en: 'the document with its proof', zh: '带证明的文档' },
    write: (work) => encoder.encode(`${JSON.stringify(work.document, null, 2)}\n`),
  },
];

function formatMarkdown(poem: Poem): string {
  if (isFreeVerse(poem)) return `# ${poem.title}\n\n${formatPoem(poem).replaceAll('\n', '  \n')}\n`;
  const rows = poem.proof.syllables.map(
    ({ character, line, place, required, found, pinyin, rhyme }) =>
      `| ${line + 1}.${place + 1} | ${character} | ${pinyin} | ${required} | ${found} | ${rhyme ?? ''} |`,
  );
  const verdict = poem.proof.valid
    ? '格律无误 · no violations'
    : poem.proof.violations.map(({ message }) => `${message.zh} ${message.en}`).join('\n');
  return [
    `# ${poem.title}`,
    formatPoem(poem).replaceAll('\n', '  \n'),
    `${poem.form} · ${poem.rhymeBook} · ${verdict}`,
    '| 位置 place | 字 | 读音 reading | 应 required | 是 found | 韵 rhyme |\n|---|---|---|---|---|---|\n' +
      rows.join('\n'),
    '',
  ].join('\n\n');
}
