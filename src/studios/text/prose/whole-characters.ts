/**
 * Keeps byte-level tokens from breaking a character: after every token the bytes so far must be the beginning of valid
 * UTF-8 (RFC 3629), and a text may only end between characters. What may come next depends on the character under way:
 *
 *   whole ── E0 ─▶ 3-byte form, second byte A0–BF ── ─▶ one more ── ─▶ whole
 */

/** The character under way: nothing, or which bytes it still lacks. */
export type Under = keyof typeof NEXT;

/** Per state: the bytes that may follow, from–to, and the state after each. */
const NEXT = {
  whole: [
    [0x00, 0x7f, 'whole'],
    [0xc2, 0xdf, 'one'],
    [0xe0, 0xe0, 'after-e0'],
    [0xe1, 0xec, 'two'],
    [0xed, 0xed, 'after-ed'],
    [0xee, 0xef, 'two'],
    [0xf0, 0xf0, 'after-f0'],
    [0xf1, 0xf3, 'three'],
    [0xf4, 0xf4, 'after-f4'],
  ],
  one: [[0x80, 0xbf, 'whole']],
  two: [[0x80, 0xbf, 'one']],
  three: [[0x80, 0xbf, 'two']],
  'after-e0': [[0xa0, 0xbf, 'one']],
  'after-ed': [[0x80, 0x9f, 'one']],
  'after-f0': [[0x90, 0xbf, 'two']],
  'after-f4': [[0x80, 0x8f, 'two']],
} as const;

/** The state after a token, or undefined when the token cannot stand here. */
export function follow(under: Under, bytes: Uint8Array): Under | undefined {
  let state: Under | undefined = under;
  for (const byte of bytes) {
    state = NEXT[state].find(([from, to]) => byte >= from && byte <= to)?.[2];
    if (state === undefined) return undefined;
  }
  return state;
}

/** For each state, the tokens that may come next; special tokens, which write no bytes, are left out. */
export function listFitting(size: number, bytesOf: (id: number) => Uint8Array): Readonly<Record<Under, number[]>> {
  const all = Array.from({ length: size }, (_, id) => ({ id, bytes: bytesOf(id) })).filter(
    ({ bytes }) => bytes.length > 0,
  );
  const fits = (under: Under): number[] =>
    all.filter(({ bytes }) => follow(under, bytes) !== undefined).map(({ id }) => id);
  const states = Object.keys(NEXT) as Under[];
  return Object.fromEntries(states.map((under) => [under, fits(under)])) as Record<Under, number[]>;
}
