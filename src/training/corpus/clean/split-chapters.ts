/** A whole novel in one file as its chapters, so that held-out pages can be whole chapters. */
import { sha256 } from '../../../core/index.ts';
import type { CorpusDocument } from '../document.ts';
import { isHeading } from './headings.ts';

const SHORTEST = 200;
/** Characters of a stretch of a text without chapters; one shorter than three of them stays whole. */
const STRETCH = 8000;

/**
 * The chapters of a text; front matter goes with the first. A long text with fewer than two headings is cut between
 * paragraphs into stretches, a short one stays as it is.
 */
export function splitChapters<D extends CorpusDocument>(document: D): D[] {
  const lines = document.text.split('\n');
  const starts = lines.flatMap((line, at) => (isHeading(line) ? [at] : []));
  const chapters = partsOf(lines, starts);
  const parts = chapters.length < 2 ? stretchesOf(lines, document.title) : chapters;
  if (parts.length < 2) return [document];
  return parts.map((part, i) => {
    const text = part.lines.join('\n').trim();
    return {
      ...document,
      id: `${document.id}${document.id.includes('#') ? '.' : '#'}${i + 1}`,
      title: part.title ?? document.title,
      book: document.book ?? document.title,
      text,
      bytes: Buffer.byteLength(text),
      sha256: sha256(text),
    };
  });
}

/** Headings close upon each other (BOOK I, CHAPTER I) open one part, whose title is the last of them. */
function partsOf(
  lines: readonly string[],
  starts: readonly number[],
): { title: string | undefined; lines: string[] }[] {
  const bounds = [0, ...starts.filter((start) => start > 0), lines.length];
  const parts: { title: string | undefined; lines: string[] }[] = [];
  for (let i = 0; i + 1 < bounds.length; i++) {
    const part = lines.slice(bounds[i], bounds[i + 1]);
    const title = isHeading(part[0] ?? '') ? part[0]!.trim() : undefined;
    const last = parts.at(-1);
    const short = last && last.lines.join('').length < SHORTEST;
    if (short) {
      last.lines.push(...part);
      last.title = title ?? last.title;
    } else parts.push({ title, lines: part });
  }
  return parts;
}

function stretchesOf(lines: readonly string[], title: string): { title: string; lines: string[] }[] {
  if (lines.reduce((sum, line) => sum + line.length, 0) < 3 * STRETCH) return [];
  const stretches: string[][] = [[]];
  let size = 0;
  for (const line of lines) {
    if (size >= STRETCH && line.trim() !== '') {
      stretches.push([]);
      size = 0;
    }
    stretches.at(-1)!.push(line);
    size += line.length;
  }
  return stretches.map((part, i) => ({ title: `${title} (${i + 1}/${stretches.length})`, lines: part }));
}
