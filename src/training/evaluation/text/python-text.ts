/** Where Python and JavaScript cut text differently: what counts as white space, and characters instead of UTF-16 units. */

const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const SPACES = new RegExp(`[${SPACE}]+`, 'u');
const TRAILING = new RegExp(`[${SPACE}]+$`, 'u');
const LEADING = new RegExp(`^[${SPACE}]+`, 'u');

/** `str.split()` of Python: words between white space. */
export function splitWords(text: string): string[] {
  return text.split(SPACES).filter((word) => word !== '');
}

/** `str.rstrip()` of Python. */
export function trimEnd(text: string): string {
  return text.replace(TRAILING, '');
}

/** `str.strip()` of Python. */
export function trim(text: string): string {
  return trimEnd(text).replace(LEADING, '');
}
