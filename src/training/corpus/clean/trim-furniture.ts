/** What a book's pages and a site's pages add on every page: numbers, running heads and feet, credits. */
import { cellsOf } from './characters.ts';
import { isCredit, isHeading, isPageNumber, mayBeHead } from './headings.ts';
import type { Removal, Rule, Trimmed } from './rules.ts';

const FEWEST = 4;
/** Columns below which a line is no line of prose that a page could cut. */
const SHORTEST_LINE = 30;

/** Takes out page numbers, lines of credits, and lines that come back at the distance of a page. */
export function trimPages(text: string): Trimmed {
  const lines = text.split('\n');
  const heads = pageHeads(lines);
  const numbers = bareNumbers(lines);
  const removed: Removal[] = [];
  const kept = lines.filter((line, at) => {
    const rule: Rule | undefined =
      isPageNumber(line) || numbers.has(at)
        ? 'page-number'
        : isCredit(line)
          ? 'credit'
          : heads.has(at)
            ? 'running-head'
            : undefined;
    if (rule) removed.push({ rule, text: line.trim() });
    return !rule;
  });
  return { text: removed.length > 0 ? closeGaps(kept) : text, removed };
}

/** A page ends in the middle of a sentence: the gap its number leaves must not become a paragraph. */
function closeGaps(lines: readonly string[]): string {
  return lines.join('\n').replace(/(?<=[\p{L},，、—])\n{2,}(?=\p{Ll})/gu, '\n');
}

/** `Herland 23` and `24 Herland` are one head; its number tells nothing. */
const mask = (line: string): string => line.trim().replace(/\d+/g, '').replace(/\s+/g, ' ').trim();

/** Lines that recur at distances of about one page; a refrain comes sooner, a heading irregularly. */
function pageHeads(lines: readonly string[]): ReadonlySet<number> {
  const places = new Map<string, { at: number; offset: number }[]>();
  let offset = 0;
  lines.forEach((line, at) => {
    const key = mask(line);
    if (key.length > 1 && mayBeHead(line)) places.set(key, [...(places.get(key) ?? []), { at, offset }]);
    offset += line.length + 1;
  });
  const heads = [...places.values()].filter(
    (found) => found.length >= FEWEST && isPaged(found.map((place) => place.offset)),
  );
  return new Set(heads.flat().map(({ at }) => at));
}

function isPaged(offsets: readonly number[]): boolean {
  const gaps = offsets.slice(1).map((offset, i) => offset - offsets[i]!);
  const median = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]!;
  const regular = gaps.filter((gap) => Math.abs(gap - median) <= 0.35 * median).length;
  return median >= 300 && median <= 6000 && regular >= 0.7 * gaps.length;
}

/** Numbers alone on a line are page numbers when they rise and mostly interrupt a sentence or stand at a form feed. */
function bareNumbers(lines: readonly string[]): ReadonlySet<number> {
  const found = lines.flatMap((line, at) =>
    /^[\s\f]*\d{1,4}\s*$/.test(line) ? [{ at, value: Number(line.trim()) }] : [],
  );
  const rising = found.filter(
    ({ value }, i) => i === 0 || (value > found[i - 1]!.value && value <= found[i - 1]!.value + 3),
  );
  const interrupting = found.filter(
    ({ at }) => lines[at]!.includes('\f') || lines[at + 1]?.includes('\f') || isCutAt(lines, at),
  );
  const paged = found.length >= 3 && rising.length >= 0.8 * found.length && interrupting.length >= 0.5 * found.length;
  return new Set(paged ? found.map(({ at }) => at) : []);
}

function isCutAt(lines: readonly string[], at: number): boolean {
  const before =
    lines
      .slice(0, at)
      .findLast((line) => line.trim())
      ?.trim() ?? '';
  return /[\p{L},，、]$/u.test(before) && cellsOf(before) >= SHORTEST_LINE && !isHeading(before);
}

/**
 * First and last lines that the chapters of one book share: the book's title on every page of an epub, links to the next
 * chapter. `texts` are all chapters; fewer than four are left alone.
 */
export function trimSharedEdges(texts: readonly string[]): Trimmed[] {
  const shared = new Map<string, number>();
  for (const text of texts)
    for (const key of new Set(edgesOf(text).map(({ line }) => mask(line)))) shared.set(key, (shared.get(key) ?? 0) + 1);
  const needed = Math.max(FEWEST, texts.length * 0.5);
  return texts.map((text) => {
    const cut = edgesOf(text).filter(({ line }) => (shared.get(mask(line)) ?? 0) >= needed && mayBeHead(line));
    if (cut.length === 0) return { text, removed: [] };
    const gone = new Set(cut.map(({ at }) => at));
    const kept = text.split('\n').filter((_, at) => !gone.has(at));
    return {
      text: kept.join('\n').trim(),
      removed: cut.map(({ line }): Removal => ({ rule: 'running-head', text: line })),
    };
  });
}

function edgesOf(text: string): { line: string; at: number }[] {
  const solid = text.split('\n').flatMap((line, at) => (line.trim() ? [{ line: line.trim(), at }] : []));
  return solid.length <= 4 ? solid : [...solid.slice(0, 2), ...solid.slice(-2)];
}
