import { createHash } from 'node:crypto';
import { OsError } from './error.ts';

/** Plain data that survives JSON unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A SHA-256 digest in lower-case hex, 64 characters. */
export type Sha256 = string;

/**
 * JSON with sorted keys and no white space, so that equal data has equal bytes.
 * After RFC 8785 (JCS); numbers are written as JavaScript writes them. Undefined properties are left out.
 * Throws `core/not-json` for NaN and infinities.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new OsError({
      kind: 'bug',
      code: 'core/not-json',
      message: `canonicalJson: ${value} is not a JSON number.`,
      hint: 'Replace it by null or a string before it is hashed.',
    });
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item as Json)).join(',')}]`;
  const entries = Object.entries(value as Readonly<Record<string, Json | undefined>>)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** SHA-256 of bytes, or of a string as UTF-8. */
export function sha256(content: Uint8Array | string): Sha256 {
  return createHash('sha256').update(content).digest('hex');
}

/** SHA-256 of the canonical JSON of a value. */
export function hashJson(value: Json): Sha256 {
  return sha256(canonicalJson(value));
}
