/**
 * A poem as a page: an SVG set the old way, columns from right to left, tones marked beside the characters.
 *
 *      columns ◀─ ◀─ ◀─ title
 *      ┌──────────────────────┐
 *      │  千  遥  应  玉   星 │     ○ level   ● oblique   red: rhyme
 *      │  里  遥  怜  笛   夜 │     a wider gap parts the stanzas
 *      │印                    │
 *      └──────────────────────┘
 *
 * Every character has its own coordinates, so that any viewer shows the same page; fonts are asked for, not embedded.
 */
import { findForms } from '../verse/forms/index.ts';
import { isFreeVerse } from '../verse/free-verse.ts';
import type { Poem, SyllableProof } from '../verse/poem.ts';

const SIZE = 40;
const STEP = 50;
const COLUMN = 84;
const MARGIN = 72;
const PAPER = '#f7f2e6';
const INK = '#2a2622';
const FAINT = '#b9ad97';
const SEAL = '#a8372c';
const FONT = "'LXGW WenKai','Kaiti SC','STKaiti','KaiTi','Noto Serif CJK SC','Songti SC',serif";

interface Column {
  readonly characters: readonly SyllableProof[];
  readonly mark: string;
  readonly gapBefore: boolean;
}

/** The whole page as SVG text; width and height follow the poem (pixels). */
export function renderPage(poem: Poem): string {
  const columns = columnsOf(poem);
  const longest = Math.max(...columns.map(({ characters }) => characters.length + 1), [...poem.title].length);
  const gaps = columns.filter(({ gapBefore }) => gapBefore).length;
  const width = 2 * MARGIN + (columns.length + 1.4) * COLUMN + gaps * COLUMN * 0.5;
  const height = 2 * MARGIN + longest * STEP + 40;
  let x = width - MARGIN - COLUMN / 2;
  const parts = [titleColumn(poem.title, x)];
  x -= COLUMN * 1.2;
  for (const column of columns) {
    if (column.gapBefore) x -= COLUMN * 0.5;
    parts.push(verseColumn(column, x));
    x -= COLUMN;
  }
  parts.push(seal(MARGIN * 0.62, height - MARGIN - 30), colophon(poem, width, height));
  return page(width, height, poem.title, parts.join('\n'));
}

function columnsOf(poem: Poem): Column[] {
  const form = findForms(poem.form)[0];
  if (isFreeVerse(poem)) return freeColumns(poem);
  const breaks = new Set(form?.stanzas.slice(1));
  return poem.lines.map((_, line) => ({
    characters: poem.proof.syllables.filter((syllable) => syllable.line === line),
    mark: form?.lines[line]?.mark ?? (line % 2 === 0 ? '，' : '。'),
    gapBefore: breaks.has(line),
  }));
}

/** Free verse claims no tones, so none are marked; an empty line is a wider gap. */
function freeColumns({ lines }: Poem): Column[] {
  const bare = (character: string, line: number, place: number): SyllableProof => ({
    character,
    line,
    place,
    required: '中',
    found: '?',
    pinyin: '',
  });
  return lines.flatMap((text, line) =>
    text === ''
      ? []
      : [
          {
            characters: [...text].map((character, place) => bare(character, line, place)),
            mark: '',
            gapBefore: lines[line - 1] === '',
          },
        ],
  );
}

function titleColumn(title: string, x: number): string {
  return [...title]
    .map((character, i) => glyph(character, x, MARGIN + i * STEP * 0.8, SIZE * 0.72, '#5d5449'))
    .join('');
}

function verseColumn({ characters, mark }: Column, x: number): string {
  const glyphs = characters.map((syllable, i) => {
    const y = MARGIN + i * STEP;
    return (
      glyph(syllable.character, x, y, SIZE, syllable.rhyme === undefined ? INK : SEAL) +
      tone(syllable, x + SIZE * 0.72, y)
    );
  });
  const end = MARGIN + characters.length * STEP - SIZE * 0.3;
  return glyphs.join('') + glyph(mark, x + SIZE * 0.55, end - SIZE * 0.1, SIZE * 0.6, FAINT);
}

function tone({ found }: SyllableProof, x: number, y: number): string {
  if (found === '?') return '';
  const fill = found === '仄' ? FAINT : 'none';
  return `<circle cx="${round(x)}" cy="${round(y + 2)}" r="3.4" fill="${fill}" stroke="${FAINT}" stroke-width="1.2"/>`;
}

function seal(x: number, y: number): string {
  const box = `<rect x="${round(x)}" y="${round(y)}" width="44" height="44" rx="5" fill="${SEAL}"/>`;
  return box + glyph('诗', x + 22, y + 22, 28, PAPER);
}

function colophon(poem: Poem, width: number, height: number): string {
  const text = escaped(isFreeVerse(poem) ? '自由诗' : `${poem.form.replace('/', ' · ')} · ${poem.rhymeBook}`);
  return `<text x="${round(width - MARGIN)}" y="${round(height - 26)}" font-size="15" fill="${FAINT}" text-anchor="end">${text}</text>`;
}

function glyph(character: string, x: number, y: number, size: number, fill: string): string {
  const position = `x="${round(x)}" y="${round(y + size * 0.36)}" font-size="${round(size)}"`;
  return `<text ${position} fill="${fill}" text-anchor="middle">${escaped(character)}</text>`;
}

function page(width: number, height: number, title: string, body: string): string {
  const size = `width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${FONT}" role="img" aria-label="${escaped(title)}">
<rect width="100%" height="100%" fill="${PAPER}"/>
<rect x="14" y="14" width="${round(width - 28)}" height="${round(height - 28)}" fill="none" stroke="${FAINT}" stroke-opacity=".55"/>
${body}
</svg>
`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
