/**
 * The fingerprint of a line: 50 bits, in two words, that stand for it in the novelty index.
 *
 *   明 at 0 ─┐
 *   月 at 1 ─┼─ xor ─▶ raw word ── seal with the length ─▶ bucket (18 bits) and rest (32 bits)
 *   光 at 2 ─┘
 *
 * Every character is scrambled together with its place, and the results are joined by xor (Zobrist hashing), so replacing
 * one character of a line costs two scrambles, whatever its length: this is what makes the search for near copies quick.
 * It is no cryptographic hash and need not be one: nobody gains by forging a collision.
 */

/** Bits of a fingerprint that choose its bucket; the other 32 are stored. */
export const BUCKET_BITS = 18;
/** Number of buckets of an index. */
export const BUCKETS = 1 << BUCKET_BITS;
/** Bits of a whole fingerprint: a line that is not in an index of n lines is taken for one with probability n / 2^50. */
export const FINGERPRINT_BITS = BUCKET_BITS + 32;

const BUCKET_SALT = 0x9e3779b9;
const REST_SALT = 0x7f4a7c15;

/** Scrambles one 32-bit word, one to one (the finaliser of MurmurHash3, Appleby 2011). */
function scramble(word: number): number {
  let x = word;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** What the character (a code point) at a place (from 0) adds to the raw bucket word. */
export function bucketTerm(codePoint: number, place: number): number {
  return scramble((codePoint + (place << 18)) ^ BUCKET_SALT);
}

/** What the character (a code point) at a place (from 0) adds to the raw rest word. */
export function restTerm(codePoint: number, place: number): number {
  return scramble(scramble((codePoint + (place << 18)) ^ REST_SALT) + REST_SALT);
}

/** The bucket (0 … 2^18 − 1) of a line with this raw bucket word and this many characters. */
export function sealBucket(raw: number, length: number): number {
  return scramble(raw ^ Math.imul(length, BUCKET_SALT)) >>> (32 - BUCKET_BITS);
}

/** The stored 32 bits of a line with this raw rest word and this many characters. */
export function sealRest(raw: number, length: number): number {
  return scramble(raw ^ Math.imul(length, REST_SALT));
}

/** The two raw words of a line and its number of characters. */
export interface RawFingerprint {
  readonly bucket: number;
  readonly rest: number;
  readonly length: number;
}

/** The raw words of a line, before they are sealed. */
export function rawFingerprint(line: string): RawFingerprint {
  let bucket = 0;
  let rest = 0;
  let length = 0;
  for (let i = 0; i < line.length; i++) {
    const codePoint = line.codePointAt(i)!;
    if (codePoint > 0xffff) i += 1;
    bucket ^= bucketTerm(codePoint, length);
    rest ^= restTerm(codePoint, length);
    length += 1;
  }
  return { bucket, rest, length };
}
