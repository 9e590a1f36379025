/**
 * Paragraphs that were cut into lines of equal width are made whole again. A break was forced when the next word would not
 * have fitted; in wrapped prose nearly all breaks are, in verse and dialogue few, which is how they are told apart. Works
 * for Chinese and for languages with blanks.
 */
import { cellsOf, HAN, SENTENCE_END } from './characters.ts';

export interface Joined {
  readonly text: string;
  /** Line breaks that were removed. */
  readonly joined: number;
}

const INDENT = /^(?: {2,}|　+)/;
/** Share of forced breaks above which a text, and then each block in it, counts as wrapped. */
const WRAPPED_TEXT = 0.5;
const WRAPPED_BLOCK = 0.6;
const NARROWEST = 24;
const WIDEST = 130;

/** Joins wrapped lines; a text that is not wrapped comes back as it was, without the indentation of its paragraphs. */
export function joinWrappedLines(text: string): Joined {
  const blocks = text
    .replace(/\f/g, '\n')
    .split(/\n{2,}/)
    .map((block) => block.split('\n').filter((line) => line.trim()));
  const width = wrapWidth(blocks.flat());
  const breaks = blocks.flatMap((lines) => lines.slice(1).map((line, i) => isForced(lines[i]!, line, width)));
  const wrapped = width >= NARROWEST && width <= WIDEST && breaks.length > 2 && share(breaks) >= WRAPPED_TEXT;
  let joined = 0;
  const rejoined = blocks.flatMap((lines) => {
    if (!wrapped) return [lines.map((line) => line.trim()).join('\n')];
    const whole = joinBlock(lines, width);
    joined += whole.joined;
    return whole.paragraphs;
  });
  return { text: rejoined.filter((block) => block !== '').join('\n\n'), joined };
}

/** The width that lines were cut to: what all but the few longest keep to. */
function wrapWidth(lines: readonly string[]): number {
  const widths = lines.map((line) => cellsOf(line.trimEnd())).sort((a, b) => a - b);
  return widths[Math.floor(widths.length * 0.97)] ?? 0;
}

function isForced(line: string, next: string, width: number): boolean {
  if (INDENT.test(next) && !INDENT.test(line)) return false;
  const first = /^\S+/.exec(next.trim())?.[0] ?? '';
  const word = HAN.test(first) ? first.slice(0, 2) : first; // Chinese breaks anywhere but before a mark
  return cellsOf(line.trimEnd()) + 1 + cellsOf(word) > width - 1;
}

const share = (flags: readonly boolean[]): number => flags.filter(Boolean).length / Math.max(1, flags.length);

function joinBlock(lines: readonly string[], width: number): { paragraphs: string[]; joined: number } {
  const forced = lines.slice(1).map((line, i) => isForced(lines[i]!, line, width));
  const paragraphs: string[] = [];
  let joined = 0;
  const prose = share(forced) >= WRAPPED_BLOCK || (lines.length === 2 && forced[0] === true);
  lines.forEach((line, i) => {
    const starts = i === 0 || (INDENT.test(line) && !INDENT.test(lines[i - 1]!)) || endsParagraph(lines[i - 1]!, width);
    if (starts && prose) paragraphs.push(line.trim());
    else if (prose) {
      paragraphs.push(seam(paragraphs.pop()!, line.trim()));
      joined++;
    } else paragraphs.push(i === 0 ? line.trim() : `${paragraphs.pop()}\n${line.trim()}`);
  });
  return { paragraphs, joined };
}

/** A short line that ends a sentence ends its paragraph even where no blank line follows. */
function endsParagraph(line: string, width: number): boolean {
  return cellsOf(line) < width * 0.75 && SENTENCE_END.test(line.trim()) && HAN.test(line);
}

function seam(left: string, right: string): string {
  if (/\p{L}-$/u.test(left) && /^\p{Ll}/u.test(right)) return left + right; // 'well-' + 'known'; a cut word keeps its hyphen
  const close =
    /[\p{Script=Han}，。、；：？！“”‘’（）《》「」『』…—]$/u.test(left) &&
    /^[\p{Script=Han}，。、；：？！“”‘’（）《》「」『』…—]/u.test(right);
  return left + (close ? '' : ' ') + right;
}
