/** What of a foreign file is looked at, so that none can fill the memory or keep us busy. */
import { inflateRawSync, inflateSync } from 'node:zlib';

/** Characters of one text, and of all texts of a file. */
export const LONGEST_TEXT = 8 * 2 ** 20;
export const LONGEST_IN_ALL = 16 * 2 ** 20;
/** Texts of one file, and parts that are walked over to find them. */
export const MOST_TEXTS = 64;
export const MOST_PARTS = 100_000;
/** How deep JSON may be nested. */
export const DEEPEST = 64;

/** Unpacks zlib data up to the longest text; undefined where it is broken or would be longer. */
export function unpack(bytes: Uint8Array, { raw = false } = {}): Uint8Array | undefined {
  try {
    const options = { maxOutputLength: LONGEST_TEXT };
    return raw ? inflateRawSync(bytes, options) : inflateSync(bytes, options);
  } catch {
    return undefined;
  }
}

/** The JSON of a text; undefined where it is none, too long or too deep. */
export function parseJson(text: string): unknown {
  if (text.length > LONGEST_TEXT || isDeep(text)) return undefined;
  try {
    // Some generators write NaN, which is no JSON.
    return JSON.parse(text.replace(/([[:,]\s{0,9})(?:NaN|-?Infinity)(?=\s{0,9}[,\]}])/g, '$1null'), keepLarge as never);
  } catch {
    return undefined;
  }
}

/** Seeds of 64 bits do not fit into our numbers: they stay the digits that they were. */
function keepLarge(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  const isLarge = typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context.source ?? '');
  return isLarge ? context.source : value;
}

/** Counts brackets outside strings. */
function isDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > DEEPEST) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}
