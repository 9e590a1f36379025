/** What stands before and after an author's own words: Project Gutenberg's frame, a table of contents. */
import { cellsOf } from './characters.ts';
import { isHeading } from './headings.ts';
import type { Removal, Trimmed } from './rules.ts';

/** What the frame says of the book. */
export interface Unframed extends Trimmed {
  readonly title?: string;
  readonly author?: string;
}

const START = /^\s*\*{2,}\s*START OF (?:THE|THIS) PROJECT GUTENBERG.*$/im;
const OLD_START = /^\s*\*END\s*\*?\s*THE SMALL PRINT.*$/im;
const END = /^\s*(?:\*{2,}\s*END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the |this )?Project Gutenberg).*$/im;

/** Takes off the header and licence of Project Gutenberg, its producers, notes and places of pictures. */
export function trimGutenberg(text: string): Unframed {
  if (!/Project Gutenberg/i.test(text)) return { text, removed: [] };
  const start = START.exec(text) ?? OLD_START.exec(text);
  const end = END.exec(text);
  const from = start ? start.index + start[0].length : 0;
  const to = end && end.index > from ? end.index : text.length;
  const head = text.slice(0, from);
  const inner = text.slice(from, to).replace(/^\s*(?:(?:Produced|Prepared|E-text prepared) by [\s\S]*?\n\s*\n)/i, '');
  const body = inner
    .replace(/^\[Illustration(?::[^\]]*)?\]\s*$/gm, '')
    .replace(/^\[?Transcriber['’]s Notes?:?[\s\S]*?(?:\]\s*$|\n\s*\n)/gim, '')
    .trim();
  const field = (name: string): string | undefined => new RegExp(`^${name}:\\s*(.+)$`, 'mi').exec(head)?.[1]?.trim();
  const removed: Removal[] = [head, text.slice(to)]
    .filter((part) => part.trim())
    .map((part) => ({ rule: 'gutenberg', text: part }));
  const known = { title: field('Title'), author: field('Author') };
  return { text: body, removed, ...Object.fromEntries(Object.entries(known).filter(([, value]) => value)) };
}

const TITLE = /^[\s　]*(?:目\s*[录錄次]|(?:table of )?contents)[.:：]?\s*$/i;
const LONGEST_ENTRY = 90;
const FEWEST = 3;

/** Takes out a table of contents: the entries after its title, up to where the first of them comes again as a heading. */
export function trimContents(text: string): Trimmed {
  const lines = text.split('\n');
  const title = lines.findIndex((line) => TITLE.test(line));
  if (title < 0 || title > lines.length * 0.3 + 20) return { text, removed: [] };
  const end = endOfContents(lines, title + 1);
  const entries = lines.slice(title + 1, end).filter((line) => line.trim());
  if (entries.length < FEWEST) return { text, removed: [] };
  const removed: Removal[] = [{ rule: 'contents', text: lines.slice(title, end).join('\n') }];
  return { text: [...lines.slice(0, title), ...lines.slice(end)].join('\n'), removed };
}

function endOfContents(lines: readonly string[], from: number): number {
  const seen = new Set<string>();
  let last = from;
  for (let at = from; at < lines.length; at++) {
    const line = lines[at]!.trim();
    if (line === '') continue;
    const entry = entryOf(line);
    if (seen.has(entry) || cellsOf(line) > LONGEST_ENTRY || /[。！？]$/.test(line)) return seen.has(entry) ? at : last;
    seen.add(entry);
    // A heading that no entry follows opens the text; it is only known by what comes after it.
    if (!isHeading(line) || isEntry(lines, at)) last = at + 1;
  }
  return last;
}

/** An entry is followed by another short line, a heading of the text by prose. */
function isEntry(lines: readonly string[], at: number): boolean {
  const next = lines.slice(at + 1).find((line) => line.trim());
  return next !== undefined && cellsOf(next.trim()) <= LONGEST_ENTRY && !/[。！？]$/.test(next.trim());
}

/** `Chapter I.  The Storm ........ 12` → `chapter i the storm`. */
function entryOf(line: string): string {
  return line
    .toLowerCase()
    .replace(/[\s.·…_-]*\d*\s*$/, '')
    .replace(/[\p{P}\s]+/gu, ' ')
    .trim();
}
