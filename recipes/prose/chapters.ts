/** Chapters of the open novels: Chinese (simplified) and English. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface Chapter {
  readonly book: string;
  readonly author: string;
  readonly language: 'zh' | 'en';
  /** Number of the chapter in its book. */
  readonly n: number;
  readonly title: string;
  /** Paragraphs, a line each. */
  readonly text: string;
}

/** Reads `text_zh_novels` and `text_en_books` of a data folder. */
export function readChapters(folder: string): Chapter[] {
  return [
    ...readFile(join(folder, 'text_zh_novels', 'novels.jsonl.gz'), 'zh'),
    ...readFile(join(folder, 'text_en_books', 'prose.jsonl.gz'), 'en'),
  ];
}

function readFile(path: string, language: Chapter['language']): Chapter[] {
  if (!existsSync(path)) throw new Error(`there is no ${path}`);
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
  return lines.map((line) => {
    const { book, author, n, chapter, text } = JSON.parse(line) as Record<string, string> & { n: number };
    return { book: book!, author: author!, language, n, title: chapter ?? '', text: tidy(text!) };
  });
}

/** One line break between paragraphs, no white space at their ends. */
function tidy(text: string): string {
  return text
    .split(/\n+/)
    .map((line) => line.replace(/[\u3000\s]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
