/**
 * Text that was read with the wrong table and saved again, as `ä½ å¥½` or `浣犲ソ` for 你好. A line is repaired only when it
 * is certain: all of it goes back to bytes, and those bytes are valid UTF-8 with several characters beyond ASCII, which
 * happens to honest text of that length by no accident.
 */
import { type CodePage, encodeCodePage } from './code-page.ts';

const HINTS: readonly [CodePage, RegExp][] = [
  [
    'windows-1252',
    /[\u00c2-\u00f4][\u0080-\u00bf\u2013-\u203a\u20ac\u2122\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc]/,
  ],
  ['gbk', /[\u4e00-\u9fff\ue000-\uf8ff]{2}/],
];
/** Repaired characters a line needs before chance is ruled out, by page: curly quotes alone may be wrong in English. */
const NEEDED: Readonly<Record<CodePage, number>> = { 'windows-1252': 1, gbk: 4, big5: 4 };
/** So many characters show already that most lines are honest. */
const GLANCE = 8;

/** The text with certain damage undone, and how many lines that was. */
export function repairMojibake(text: string): { readonly text: string; readonly lines: number } {
  let repaired = 0;
  const lines = text.split('\n').map((line) => {
    const better = repairLine(line);
    if (better === undefined) return line;
    repaired++;
    return better;
  });
  return repaired === 0 ? { text, lines: 0 } : { text: lines.join('\n'), lines: repaired };
}

function repairLine(line: string): string | undefined {
  for (const [page, hint] of HINTS) {
    if (!hint.test(line)) continue;
    const decoded = decodeAgain(line, page);
    if (decoded !== undefined) return decoded;
  }
  return undefined;
}

function decodeAgain(line: string, page: CodePage): string | undefined {
  if (!looksEncoded(line, page)) return undefined;
  const bytes = encodeCodePage(line, page);
  if (!bytes) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const foreign = [...text].filter((character) => character > '\x7f');
    const sane = !foreign.some((character) => /[\p{Cc}\p{Co}\p{Cn}]/u.test(character));
    return sane && foreign.length >= NEEDED[page] ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the first characters beyond ASCII, turned back to bytes, begin like UTF-8. */
function looksEncoded(line: string, page: CodePage): boolean {
  const foreign = line.replace(/\p{ASCII}+/gu, '').slice(0, GLANCE);
  const bytes = encodeCodePage(foreign, page);
  if (!bytes) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
